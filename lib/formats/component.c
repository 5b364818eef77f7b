/* Names in the head of a log line: components, programs, files; or already a word of the message. */
/* SPDX-License-Identifier: MIT */
#include "head.h"

#include "level.h"
#include "tag.h"

enum {
	PID_ROOM = 20,	      /* bytes of "[1234]:" */
	COLUMN_GAP = 2,	      /* blanks that show that the layout has columns */
	COLUMN_GAP_ALONE = 3, /* the same, where there is no level */
};

/* "channel.LEVEL:", as Monolog writes them. */
static bool take_channel(struct head *head, struct slice name)
{
	size_t n = name.len;
	struct slice level;

	while (n > 0 && name.ptr[n - 1] != '.')
		n--;
	level = slice_after(name, n);
	if (n < 2 || head->level || !level_stands_alone(level))
		return false;
	head_component(head, slice_first(name, n - 1));
	head_level(head, level, level_severity(level));
	return head->done = true;
}

/* "name:" and a blank. Without a level before it or behind it, it might be any word of a message. */
static bool take_before_colon(struct head *head, size_t n)
{
	const struct slice name = slice_first(head->rest, n - 1);
	struct slice behind = slice_after(head->rest, n);

	if (!head_is_name(name))
		return false;
	head_blanks(&behind);
	if (!take_channel(head, name)) {
		if (!head->level && !head_level_ahead(behind))
			return false;
		head_component(head, name);
		head->done = head->level;
	}
	head->rest = behind;
	return true;
}

/* "sshd[77]: " is a program, also where the bracket stands in a column of its own. */
static bool take_tag(struct head *head)
{
	const size_t n = head_word(head->rest);
	struct slice behind = slice_after(head->rest, n);
	size_t blanks = head_count_blanks(behind), close;
	struct tag tag;

	if (tag_split(head->rest, &tag) && tag.pid.ptr != NULL && head_is_number(tag.pid) && head_is_name(tag.name)) {
		parsed_text(head->out, FIELD_SOURCE_PROCESS, tag.name);
		head_number(head, tag.pid, false);
		head->component = true;
		head->rest = tag.message;
		head->done = !head_level_ahead(tag.message);
		return true;
	}
	behind = slice_after(behind, blanks);
	close = slice_find(slice_first(behind, behind.len < PID_ROOM ? behind.len : PID_ROOM), ']');
	if (blanks == 0 || behind.len < 3 || behind.ptr[0] != '[')
		return false;
	if (close + 1 >= behind.len || behind.ptr[close + 1] != ':' ||
	    !head_is_number(slice_after(slice_first(behind, close), 1)) || !head_is_name(slice_first(head->rest, n)))
		return false;
	head_component(head, slice_first(head->rest, n));
	head_number(head, slice_after(slice_first(behind, close), 1), false);
	head->rest = slice_after(behind, close + 2);
	return true;
}

static bool has_capital(struct slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] >= 'A' && word.ptr[i] <= 'Z')
			return true;
	return false;
}

/* A name behind which a separator, a column's gap or another cell shows that it is a component. */
static bool is_component(const struct head *head, struct slice name, struct slice behind)
{
	const size_t gap = head_count_blanks(behind);

	behind = slice_after(behind, gap);
	if (gap == 0 || behind.len == 0)
		return false;
	if (behind.ptr[0] == '-' || behind.ptr[0] == ':' || behind.ptr[0] == '|') {
		if (!head_separator(behind))
			return false;
		behind = slice_after(behind, 1);
		head_blanks(&behind);
		return head->level || head_level_ahead(behind);
	}
	if (!head->level)
		return gap >= COLUMN_GAP_ALONE;
	return gap >= COLUMN_GAP || (head_is_path(name) && (behind.ptr[0] == '[' || has_capital(name)));
}

/* "chrome.exe - ", "chrome.exe *64 - ": Proxifier. */
static bool take_program(struct head *head, size_t n)
{
	struct slice behind = slice_after(head->rest, n);

	if (n < 5 || !slice_equal_nocase(slice_after(slice_first(head->rest, n), n - 4), SLICE(".exe")))
		return false;
	if (slice_starts(behind, SLICE(" *64")))
		behind = slice_after(behind, 4);
	if (!slice_starts(behind, SLICE(" - ")))
		return false;
	parsed_text(head->out, FIELD_SOURCE_PROCESS, slice_first(head->rest, n));
	head->component = head->done = true;
	head->rest = slice_after(behind, 3);
	return true;
}

/* "in limiter: ": Flask, behind the level. */
static void skip_in(struct head *head)
{
	struct slice rest = head->rest;
	size_t n;

	if (!head->level || !slice_starts(rest, SLICE("in ")))
		return;
	rest = slice_after(rest, 3);
	n = head_word(rest);
	if (n > 1 && rest.ptr[n - 1] == ':')
		head->rest = rest;
}

/* "user@database ERROR: ": PostgreSQL. */
static bool take_account(struct head *head, struct slice name, struct slice behind)
{
	const size_t at = slice_find(name, '@');

	head_blanks(&behind);
	if (head->level || at == 0 || at + 1 >= name.len || !head_is_name(name) || !head_level_ahead(behind))
		return false;
	parsed_text(head->out, FIELD_USER, slice_first(name, at));
	parsed_extend_first(head->out, "database", slice_after(name, at + 1));
	head->rest = behind;
	return true;
}

/* "http-nio-8080-exec-1 WARN ", "main ERROR ": a thread, where a level stands behind it and nothing before. */
static bool take_thread(struct head *head, struct slice name, struct slice behind)
{
	const struct slice level =
	    slice_first(slice_after(behind, behind.len > 0), head_word(slice_after(behind, behind.len > 0)));
	bool digit = false;

	if (head->level || head->thread || behind.len < 2 || behind.ptr[1] == ' ' || !level_stands_alone(level))
		return false;
	for (size_t i = 0; i < name.len; i++)
		digit |= name.ptr[i] >= '0' && name.ptr[i] <= '9';
	if (!slice_is(name, "main") && (!digit || slice_find(name, '-') == name.len))
		return false;
	head_thread(head, name);
	head->rest = behind;
	return true;
}

bool head_name(struct head *head)
{
	size_t n;
	struct slice name, behind;

	skip_in(head);
	n = head_word(head->rest);
	name = slice_first(head->rest, n);
	behind = slice_after(head->rest, n);
	if (head->component || n < 2)
		return false;
	if (take_tag(head) || take_program(head, n) || take_account(head, name, behind))
		return true;
	if ((behind.len == 0 || behind.ptr[0] == ' ' || behind.ptr[0] == '\t') && head_file(head, name)) {
		head->rest = behind;
		return true;
	}
	if (name.ptr[n - 1] == ':')
		return take_before_colon(head, n);
	if (head_is_name(name) && take_thread(head, name, behind))
		return true;
	if (!head_is_name(name) || !is_component(head, name, behind))
		return false;
	head_component(head, name);
	head->rest = behind;
	head_blanks(&behind);
	head->done = head->level && (behind.len == 0 || behind.ptr[0] != '[');
	return true;
}
