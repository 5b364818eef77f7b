/* The program that logged: "sshd(pam_unix)[123]: message" and what comes near to it. */
/* SPDX-License-Identifier: MIT */
#include "tag.h"

#include "../digits.h"
#include "../scan.h"

enum {
	WORDS_MAX = 48,	     /* bytes of a name of several words */
	PID_DIGITS_MAX = 16, /* leading zeros among them */
};

/* "[123]" at the start: its length, and what stands inside. 0 where there is none. */
static size_t pid_brackets(struct slice text, struct slice *inner)
{
	size_t n, max = text.len < TAG_MAX ? text.len : TAG_MAX;

	if (text.len == 0 || text.ptr[0] != '[')
		return 0;
	n = (size_t)(scan_any_slack(text.ptr, text.ptr + max, ']', ']', ']') - text.ptr);
	if (n == max)
		return 0;
	*inner = (struct slice){ text.ptr + 1, n - 1 };
	return n + 1;
}

static bool is_number(struct slice text)
{
	size_t n = 0;

	while (n < text.len && text.ptr[n] >= '0' && text.ptr[n] <= '9')
		n++;
	return n > 0 && n == text.len;
}

/* A number of 32 bits; -1 where it is none. */
static int64_t pid_number(struct slice text)
{
	int64_t n = 0;

	if (text.len == 0 || text.len > PID_DIGITS_MAX)
		return -1;
	for (size_t i = 0; i < text.len; i++) {
		unsigned digit = (unsigned char)text.ptr[i] - '0';
		if (digit > 9)
			return -1;
		n = n * 10 + digit;
	}
	return n <= INT32_MAX ? n : -1;
}

/* "1.4.1": starts with a digit, holds a point, no blank. */
static bool is_version(struct slice text)
{
	if (text.len == 0 || text.ptr[0] < '0' || text.ptr[0] > '9')
		return false;
	return slice_find(text, '.') < text.len && slice_find(text, ' ') == text.len;
}

/* Length of a name of several words; 0: it is none. */
static size_t words_length(struct slice text)
{
	size_t max = text.len < WORDS_MAX ? text.len : WORDS_MAX, n = 0, close, blank;
	struct slice inner;

	while (n < max && text.ptr[n] != ':' && text.ptr[n] != '[' && text.ptr[n] != ']')
		n++;
	if (n == 0 || n == max)
		return 0;
	if (text.ptr[n] == ':') {
		blank = slice_find(slice_first(text, n), ' ');
		return blank < n && is_version(slice_after(slice_first(text, n), blank + 1)) ? n : 0;
	}
	close = pid_brackets(slice_after(text, n), &inner);
	return close > 0 && is_number(inner) && n + close < text.len && text.ptr[n + close] == ':' ? n : 0;
}

/* Length of the name at the start: up to a blank, colon or bracket. 0: there is none. words: it may be several. */
static size_t name_length(struct slice text, bool *words)
{
	size_t max = text.len < TAG_MAX ? text.len : TAG_MAX;
	size_t n = (size_t)(scan_any_slack(text.ptr, text.ptr + max, ' ', '[', ':') - text.ptr);

	if (n == max)
		return 0;
	*words = text.ptr[n] == ' ';
	return *words ? words_length(text) : n;
}

/* The colon behind a tag and the blank behind that; false where they do not show that it was one. */
static bool skip_colon(struct slice *rest, bool with_pid)
{
	bool colon = rest->len > 0 && rest->ptr[0] == ':';

	if (colon)
		*rest = slice_after(*rest, 1);
	/* "10:15:00 .." is no program; with a pid the text may stand close to the colon, or there is none. */
	if (!with_pid && (!colon || (rest->len > 0 && rest->ptr[0] != ' ')))
		return false;
	if (rest->len > 0 && rest->ptr[0] == ' ')
		*rest = slice_after(*rest, 1);
	return true;
}

bool tag_split(struct slice text, struct tag *tag)
{
	size_t n = name_length(text, &tag->words), brackets;

	tag->pid = (struct slice){ 0 };
	if (n == 0)
		return false;
	brackets = pid_brackets(slice_after(text, n), &tag->pid);
	tag->name = slice_first(text, n);
	tag->message = slice_after(text, n + brackets);
	if (brackets == 0 && text.ptr[n] == '[')
		return false;
	return skip_colon(&tag->message, brackets > 0);
}

/* "[4711]", a short number: its length and value. 0: it is none, and may be anything. */
static inline size_t plain_pid(struct slice text, int64_t *pid)
{
	uint32_t number;
	const size_t n = digits_read(text.ptr + 1, &number);

	if (n == 0 || n + 1 >= text.len || text.ptr[n + 1] != ']')
		return 0;
	*pid = number;
	return n + 2;
}

void tag_pid(struct slice pid, struct parsed *out)
{
	out->source_pid = pid_number(pid);
	if (out->source_pid < 0 && pid.len > 0)
		parsed_extend(out, "procid", pid);
}

/* "sshd[4711]: message", as most are; false, and nothing done, for all others. */
static bool read_plain(struct slice text, struct parsed *out)
{
	const size_t max = text.len < TAG_MAX ? text.len : TAG_MAX;
	const size_t n = (size_t)(scan_any_slack(text.ptr, text.ptr + max, ' ', '[', ':') - text.ptr);
	int64_t pid = -1;
	size_t brackets;

	if (n == 0 || n == max || text.ptr[n] == ' ')
		return false;
	brackets = text.ptr[n] == '[' ? plain_pid(slice_after(text, n), &pid) : 0;
	if (n + brackets + 1 >= text.len || text.ptr[n + brackets] != ':' || text.ptr[n + brackets + 1] != ' ')
		return false;
	parsed_text(out, FIELD_SOURCE_PROCESS, slice_first(text, n));
	parsed_text(out, FIELD_MESSAGE, slice_after(text, n + brackets + 2));
	out->source_pid = pid;
	return true;
}

bool tag_read(struct slice text, struct parsed *out)
{
	struct tag tag;

	if (read_plain(text, out))
		return true;
	/* A colon alone, as Cisco's ASA writes behind its name. */
	if (text.len > 0 && text.ptr[0] == ':' && (text.len == 1 || text.ptr[1] == ' '))
		text = slice_after(text, text.len == 1 ? 1 : 2);
	if (!tag_split(text, &tag)) {
		parsed_text(out, FIELD_MESSAGE, text);
		return false;
	}
	parsed_text(out, FIELD_SOURCE_PROCESS, tag.name);
	parsed_text(out, FIELD_MESSAGE, tag.message);
	tag_pid(tag.pid, out);
	return !tag.words;
}
