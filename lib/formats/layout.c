/* Heads of log lines that follow no library's habits: glog, logcat, Redis, MongoDB, cells between bars. */
/* SPDX-License-Identifier: MIT */
#include "layout.h"

#include "../notation.h"
#include "level.h"
#include "postgres.h"
#include "routeros.h"

enum {
	CELL_PIPES_MAX = 8,
};

/* "I0612 12:00:00.000000", "I20240612 12:00:00.000000": glog and klog; *rest is moved behind. */
bool layout_glog(struct slice *rest, struct datetime *datetime, struct head *head)
{
	const int severity = rest->len > 16 ? level_letter(rest->ptr[0]) : LEVEL_NONE;
	struct slice text = *rest, word, behind;
	size_t n;

	if (severity == LEVEL_NONE || text.ptr[1] < '0' || text.ptr[1] > '9')
		return false;
	text = slice_after(text, 1);
	if (!notation_read(&text, "md H:M:Sf", datetime) && !notation_read(&text, "Ymd H:M:Sf", datetime))
		return false;
	head_blanks(&text);
	n = slice_find(text, ' ');
	behind = slice_after(text, n < text.len ? n + 1 : n);
	word = slice_first(behind, slice_find(behind, ']'));
	if (!head_is_number(slice_first(text, n)) || word.len == behind.len || !head_file(head, word))
		return false;
	head_level(head, slice_first(*rest, 1), severity);
	head_number(head, slice_first(text, n), true);
	*rest = slice_after(behind, word.len + 1);
	return head->done = true;
}

/* "  1702  2395 D WindowManager: ", "D/WindowManager( 1702): ": Android's logcat, behind its stamp. */
static bool read_logcat_long(struct head *head)
{
	struct slice rest = head->rest, pid, tid, letter;
	size_t colon;

	head_blanks(&rest);
	pid = slice_first(rest, slice_find(rest, ' '));
	rest = slice_after(rest, pid.len);
	head_blanks(&rest);
	tid = slice_first(rest, slice_find(rest, ' '));
	rest = slice_after(rest, tid.len);
	head_blanks(&rest);
	if (rest.len < 3 || rest.ptr[1] != ' ' || !head_is_number(pid) || !head_is_number(tid) ||
	    level_letter(rest.ptr[0]) == LEVEL_NONE)
		return false;
	letter = slice_first(rest, 1);
	rest = slice_after(rest, 2);
	colon = slice_find(slice_first(rest, rest.len < HEAD_NAME_MAX ? rest.len : HEAD_NAME_MAX), ':');
	if (colon == rest.len || colon == HEAD_NAME_MAX)
		return false;
	head_number(head, pid, false);
	head_number(head, tid, true);
	head_level(head, letter, level_letter(letter.ptr[0]));
	head_component(head, slice_trim(slice_first(rest, colon)));
	head->rest = slice_after(rest, colon + 1);
	return head->done = true;
}

/* "D/WindowManager( 1702): " */
static bool read_logcat_brief(struct head *head)
{
	struct slice rest = head->rest, tag;
	size_t open, close;

	head_blanks(&rest);
	if (rest.len < 6 || rest.ptr[1] != '/' || level_letter(rest.ptr[0]) == LEVEL_NONE)
		return false;
	tag = slice_first(rest, rest.len < HEAD_NAME_MAX ? rest.len : HEAD_NAME_MAX);
	open = slice_find(tag, '(');
	close = slice_find(tag, ')');
	if (open < 3 || close == tag.len || close < open || !slice_starts(slice_after(rest, close + 1), SLICE(":")))
		return false;
	head_level(head, slice_first(rest, 1), level_letter(rest.ptr[0]));
	head_component(head, slice_trim(slice_after(slice_first(rest, open), 2)));
	head_number(head, slice_trim(slice_after(slice_first(rest, close), open + 1)), false);
	head->rest = slice_after(rest, close + 2);
	return head->done = true;
}

/* "I NETWORK  [initandlisten] ": MongoDB up to 4.2. */
static bool read_mongo(struct head *head)
{
	struct slice rest = head->rest, letter, name;
	size_t close;

	head_blanks(&rest);
	if (rest.len < 8 || rest.ptr[1] != ' ' || level_letter(rest.ptr[0]) == LEVEL_NONE)
		return false;
	letter = slice_first(rest, 1);
	rest = slice_after(rest, 2);
	name = slice_first(rest, head_word(rest));
	rest = slice_after(rest, name.len);
	head_blanks(&rest);
	close = slice_find(slice_first(rest, head_word(rest)), ']');
	if (rest.len == 0 || rest.ptr[0] != '[' || close == head_word(rest))
		return false;
	head_level(head, letter, level_letter(letter.ptr[0]));
	if (!slice_equal(name, SLICE("-")))
		head_component(head, name);
	head_thread(head, slice_after(slice_first(rest, close), 1));
	head->rest = slice_after(rest, close + 1);
	return head->done = true;
}

/* A cell between bars; false where the message starts. */
static bool read_piped_cell(struct head *head, struct slice cell)
{
	cell = slice_trim(cell);
	if (!head->level && level_severity(cell) != LEVEL_NONE)
		head_level(head, cell, level_severity(cell));
	else if (head_is_number(cell) && head->out->source_pid < 0)
		head_number(head, cell, false);
	else if (!head->component && head_is_name(cell))
		head_component(head, cell);
	else
		return cell.len == 0;
	return true;
}

/* "|INFO|component|message", "|component|pid|message": cells between bars, the last one is the message. */
static bool read_piped(struct head *head)
{
	struct slice rest = head->rest;

	head_blanks(&rest);
	if (rest.len == 0 || rest.ptr[0] != '|')
		return false;
	for (int cells = 0; cells < CELL_PIPES_MAX && rest.len > 0 && rest.ptr[0] == '|'; cells++) {
		size_t n = 1 + slice_find(slice_after(rest, 1), '|');
		if (n == rest.len || !read_piped_cell(head, slice_after(slice_first(rest, n), 1)))
			break;
		rest = slice_after(rest, n);
	}
	head->rest = slice_after(rest, rest.len > 0 && rest.ptr[0] == '|');
	if (head->level && !head->component)
		head_read(head);
	return true;
}

/* "4018:M ", "[4018] ": Redis; the sign behind the stamp is the level. */
static bool read_redis(struct head *head, struct slice prefix)
{
	static const struct {
		char sign;
		int severity;
		struct slice name;
	} signs[] = {
		{ '.', 7, { "debug", 5 } },
		{ '-', 7, { "verbose", 7 } },
		{ '*', 5, { "notice", 6 } },
		{ '#', 4, { "warning", 7 } },
	};
	const size_t open = prefix.len > 0 && prefix.ptr[0] == '[';
	const size_t n = slice_find(slice_after(prefix, open), open ? ']' : ':');
	const struct slice pid = slice_first(slice_after(prefix, open), n);

	if (!head_is_number(pid) || prefix.len != open + n + (open ? 1 : 2) || head->rest.len < 3 ||
	    head->rest.ptr[2] != ' ')
		return false;
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		if (head->rest.ptr[1] != signs[i].sign)
			continue;
		head_number(head, pid, false);
		head_level(head, signs[i].name, signs[i].severity);
		head->rest = slice_after(head->rest, 3);
		return head->done = true;
	}
	return false;
}

/* "1234:" close before the stamp: Zabbix. */
static bool read_pid(struct head *head, struct slice prefix)
{
	if (prefix.len < 2 || prefix.ptr[prefix.len - 1] != ':' || !head_is_number(slice_first(prefix, prefix.len - 1)))
		return false;
	head_number(head, slice_first(prefix, prefix.len - 1), false);
	return true;
}

/* "<W>", "E", "[W]" before a stamp: a level of one letter; of "W," of Ruby the whole word comes behind the stamp. */
static bool read_letter(struct head *head, struct slice prefix)
{
	if (prefix.len == 2 && prefix.ptr[1] == ',')
		return level_letter(prefix.ptr[0]) != LEVEL_NONE || prefix.ptr[0] == 'A';
	if (prefix.len == 3 && ((prefix.ptr[0] == '<' && prefix.ptr[2] == '>') || prefix.ptr[0] == '['))
		prefix = (struct slice){ prefix.ptr + 1, 1 };
	if (prefix.len != 1 || level_letter(prefix.ptr[0]) == LEVEL_NONE)
		return false;
	head_level(head, prefix, level_letter(prefix.ptr[0]));
	return true;
}

/* "nova-api.log.1": lines that grep or a collector joined bear the name of their file. */
static bool read_file_name(struct head *head, struct slice prefix)
{
	for (size_t i = 0; i + 4 <= prefix.len; i++) {
		if (prefix.ptr[i] == ' ')
			return false;
		if (memcmp(prefix.ptr + i, ".log", 4) != 0)
			continue;
		if (slice_find(prefix, ' ') < prefix.len)
			return false;
		parsed_extend_first(head->out, "log_file", prefix);
		return true;
	}
	return false;
}

/* "system,error,critical login failure ..": RouterOS. */
static bool read_topics(struct head *head)
{
	struct slice rest = head->rest;

	head_blanks(&rest);
	if (!routeros_topics(&rest, head->out))
		return false;
	head->rest = rest;
	return head->level = head->done = true;
}

bool layout_behind(struct head *head)
{
	return postgres_behind(head) || layout_daemon(head) || read_topics(head) || read_logcat_long(head) ||
	       read_logcat_brief(head) || read_mongo(head) || read_piped(head);
}

bool layout_before(struct head *head, struct slice prefix)
{
	return read_redis(head, prefix) || read_pid(head, prefix) || read_letter(head, prefix) ||
	       read_file_name(head, prefix);
}
