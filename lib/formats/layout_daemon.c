/* Heads of log lines of some daemons, behind the stamp: Asterisk, unbound, FreeSWITCH, macOS, ClickHouse. */
/* SPDX-License-Identifier: MIT */
#include "layout.h"

#include "level.h"

/* "[" digits "]" at the start of *text, moved behind it. */
static bool take_number(struct slice *text, struct slice *number)
{
	const size_t n = slice_find(slice_first(*text, text->len < 20 ? text->len : 20), ']');

	*number = slice_after(slice_first(*text, n), n > 0);
	if (text->len == 0 || text->ptr[0] != '[' || n == text->len || !head_is_number(*number))
		return false;
	*text = slice_after(*text, n + 1);
	return true;
}

/* "NOTICE[1234][C-00000001] chan_sip.c: ", "WARNING[1234]: chan_sip.c:4175 retrans_pkt: ": Asterisk. */
static bool read_asterisk(struct head *head)
{
	struct slice rest = head->rest, name, pid, file;
	size_t n = 0;

	head_blanks(&rest);
	while (n < rest.len && rest.ptr[n] >= 'A' && rest.ptr[n] <= 'Z')
		n++;
	name = slice_first(rest, n);
	rest = slice_after(rest, n);
	if ((level_severity(name) == LEVEL_NONE && !slice_is(name, "SECURITY")) || !take_number(&rest, &pid))
		return false;
	if (slice_starts(rest, SLICE("[C-")) && slice_find(rest, ']') < 16) {
		n = slice_find(rest, ']');
		parsed_extend_first(head->out, "call_id", slice_after(slice_first(rest, n), 1));
		rest = slice_after(rest, n + 1);
	}
	rest = slice_after(rest, rest.len > 0 && rest.ptr[0] == ':');
	head_blanks(&rest);
	n = slice_find(slice_first(rest, rest.len < HEAD_NAME_MAX ? rest.len : HEAD_NAME_MAX), ':');
	file = slice_first(rest, n);
	if (n < 3 || n >= rest.len || !head_is_path(file))
		return false;
	head_level(head, name, slice_is(name, "SECURITY") ? 5 : level_severity(name));
	head_number(head, pid, false);
	if (!head_file(head, slice_first(rest, slice_find(rest, ' '))))
		head_component(head, file);
	head->rest = slice_after(rest, head->file ? slice_find(rest, ' ') : n + 1);
	return head->done = true;
}

/* "unbound[1234:0] info: ": pid and thread, then the level. */
static bool read_unbound(struct head *head)
{
	struct slice rest = head->rest, name, numbers, level;
	size_t n, colon;

	head_blanks(&rest);
	n = slice_find(slice_first(rest, head_word(rest)), '[');
	name = slice_first(rest, n);
	rest = slice_after(rest, n);
	n = slice_find(slice_first(rest, head_word(rest)), ']');
	if (!head_is_name(name) || n + 2 >= rest.len || rest.ptr[n] != ']' || rest.ptr[n + 1] != ' ')
		return false;
	numbers = slice_after(slice_first(rest, n), 1);
	colon = slice_find(numbers, ':');
	rest = slice_after(rest, n + 2);
	n = slice_find(slice_first(rest, head_word(rest)), ':');
	level = slice_first(rest, n);
	if (colon == numbers.len || level_severity(level) == LEVEL_NONE || n == rest.len ||
	    !head_is_number(slice_first(numbers, colon)) || !head_is_number(slice_after(numbers, colon + 1)))
		return false;
	parsed_text(head->out, FIELD_SOURCE_PROCESS, name);
	head_number(head, slice_first(numbers, colon), false);
	head_number(head, slice_after(numbers, colon + 1), true);
	head_level(head, level, level_severity(level));
	head->rest = slice_after(rest, n + 1);
	return head->done = true;
}

/* "99.83% ": how idle FreeSWITCH is; the level comes behind. */
static void skip_share(struct head *head)
{
	struct slice rest = head->rest;
	size_t n = 0;

	head_blanks(&rest);
	while (n < rest.len && n < 6 && ((rest.ptr[n] >= '0' && rest.ptr[n] <= '9') || rest.ptr[n] == '.'))
		n++;
	if (n > 0 && slice_starts(slice_after(rest, n), SLICE("% [")))
		head->rest = slice_after(rest, n + 1);
}

/* "(libsystem) [com.apple.sshd:auth] " before the message: the library, and subsystem and category. */
static void skip_origin(struct head *head)
{
	size_t n;

	head_blanks(&head->rest);
	if (head->rest.len > 0 && head->rest.ptr[0] == '(' && (n = slice_find(head->rest, ')')) < HEAD_NAME_MAX)
		head->rest = slice_after(head->rest, n + (n < head->rest.len));
	head_blanks(&head->rest);
	n = slice_find(head->rest, ']');
	if (head->rest.len == 0 || head->rest.ptr[0] != '[' || n >= HEAD_NAME_MAX || n == head->rest.len)
		return;
	head_component(head, slice_after(slice_first(head->rest, n), 1));
	head->rest = slice_after(head->rest, n + 1);
}

/* "0x1234  Default  0x0  98  0  sshd: ": thread, type, activity, pid, ttl and program of macOS's log(1). */
static bool read_unified(struct head *head)
{
	struct slice rest = head->rest, cells[5];
	size_t colon;

	head_blanks(&rest);
	for (int i = 0; i < 5; i++) {
		const size_t n = head_word(rest);
		cells[i] = slice_first(rest, n);
		rest = slice_after(rest, n);
		head_blanks(&rest);
	}
	colon = slice_find(slice_first(rest, rest.len < HEAD_NAME_MAX ? rest.len : HEAD_NAME_MAX), ':');
	if (!slice_starts(cells[0], SLICE("0x")) || !slice_starts(cells[2], SLICE("0x")) || !head_is_number(cells[3]) ||
	    !head_is_number(cells[4]) || colon == 0 || colon == rest.len || colon == HEAD_NAME_MAX)
		return false;
	head_thread(head, cells[0]);
	head_number(head, cells[3], false);
	head_level(head, cells[1],
		   slice_is(cells[1], "Fault")	 ? 2
		   : slice_is(cells[1], "Error") ? 3
		   : slice_is(cells[1], "Debug") ? 7
						 : 6);
	parsed_text(head->out, FIELD_SOURCE_PROCESS, slice_first(rest, colon));
	head->rest = slice_after(rest, colon + 1);
	skip_origin(head);
	return head->done = true;
}

/* "[ 123 ] {query} <Error> TCPHandler: ": ClickHouse. */
static bool read_clickhouse(struct head *head)
{
	struct slice rest = head->rest, tid, query, level;
	size_t n;

	head_blanks(&rest);
	if (!slice_starts(rest, SLICE("[ ")) || (n = slice_find(rest, ']')) == rest.len)
		return false;
	tid = slice_trim(slice_after(slice_first(rest, n), 1));
	rest = slice_after(rest, n + 1);
	n = slice_find(rest, '}');
	if (!head_is_number(tid) || !slice_starts(rest, SLICE(" {")) ||
	    !slice_starts(slice_after(rest, n), SLICE("} <")))
		return false;
	query = slice_after(slice_first(rest, n), 2);
	rest = slice_after(rest, n + 3);
	n = slice_find(rest, '>');
	level = slice_first(rest, n);
	if (level_severity(level) == LEVEL_NONE || n == rest.len)
		return false;
	head_number(head, tid, true);
	head_level(head, level, level_severity(level));
	if (query.len > 0)
		parsed_extend_first(head->out, "query_id", query);
	head->rest = slice_after(rest, n + 1);
	return true;
}

bool layout_daemon(struct head *head)
{
	skip_share(head);
	if (read_asterisk(head) || read_unbound(head) || read_unified(head))
		return true;
	if (!read_clickhouse(head))
		return false;
	head_read(head);
	return true;
}
