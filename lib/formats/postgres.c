/* What PostgreSQL writes behind its stamp, as people set log_line_prefix, and its lines in columns. */
/* SPDX-License-Identifier: MIT */
#include "postgres.h"

#include "columns.h"
#include "level.h"
#include "web.h"

enum {
	CSV_LEVEL = 10, /* columns between stamp and level */
	CSV_MIN = 22,	/* columns of a line */
	PAIRS_MAX = 8,
};

static void set_user(struct head *head, struct slice user)
{
	if (!web_unknown(user) && !slice_is(user, "[unknown]"))
		parsed_text(head->out, FIELD_USER, user);
}

static void set_text(struct head *head, const char *name, struct slice text)
{
	if (!web_unknown(text) && !slice_is(text, "[unknown]"))
		parsed_extend(head->out, name, text);
}

/* "192.0.2.7(54321)", "192.0.2.7:54321", "192.0.2.7", "[local]" */
static void set_client(struct head *head, struct slice client)
{
	const size_t open = slice_find(client, '(');
	struct slice host = slice_first(client, open), port;

	if (web_unknown(client) || client.ptr[0] == '[')
		return;
	if (open < client.len) {
		port = slice_after(client, open + 1);
		(void)slice_number(slice_first(port, slice_find(port, ')')), 0, UINT16_MAX, &head->out->source_port);
	} else {
		host = web_host(client, &head->out->source_port);
	}
	parsed_text(head->out, FIELD_SOURCE_HOST, host);
}

/* A number in brackets and a colon at the start of *text, moved behind them; false where there is none. */
static bool take_pid(struct slice *text, struct slice *pid)
{
	const size_t close = slice_find(*text, ']');

	if (text->len == 0 || text->ptr[0] != '[' || close + 1 >= text->len || text->ptr[close + 1] != ':')
		return false;
	*pid = slice_after(slice_first(*text, close), 1);
	*text = slice_after(*text, close + 2);
	return head_is_number(*pid);
}

/* ":192.0.2.7(54321):anna@shop:[1234]:FATAL:" */
static bool read_colons(struct head *head)
{
	struct slice rest = slice_after(head->rest, 1), client, account, pid;
	size_t n = slice_find(rest, '(');

	if (slice_starts(rest, SLICE("[local]:")) || rest.ptr[0] == ':')
		n = slice_find(rest, ':');
	else
		n += slice_find(slice_after(rest, n), ')') + 1;
	if (n >= rest.len || rest.ptr[n] != ':')
		return false;
	client = slice_first(rest, n);
	rest = slice_after(rest, n + 1);
	n = slice_find(rest, ':');
	account = slice_first(rest, n);
	if (n == rest.len || slice_find(account, '@') == n)
		return false;
	rest = slice_after(rest, n + 1);
	if (!take_pid(&rest, &pid) || !head_level_ahead(rest))
		return false;
	n = slice_find(account, '@');
	set_client(head, client);
	set_user(head, slice_first(account, n));
	set_text(head, "database", slice_after(account, n + 1));
	head_number(head, pid, false);
	head->rest = rest;
	head_read(head);
	return true;
}

static void set_pair(struct head *head, struct slice key, struct slice value)
{
	if (slice_is(key, "user"))
		set_user(head, value);
	else if (slice_is(key, "db"))
		set_text(head, "database", value);
	else if (slice_is(key, "app"))
		set_text(head, "application", value);
	else if (slice_is(key, "client") || slice_is(key, "host"))
		set_client(head, value);
}

/* "user=anna,db=shop,app=psql,client=192.0.2.7" */
static void read_pairs(struct head *head, struct slice pairs)
{
	for (int i = 0; i < PAIRS_MAX && pairs.len > 0; i++) {
		const size_t n = slice_find(pairs, ','), equals = slice_find(slice_first(pairs, n), '=');
		if (equals < n)
			set_pair(head, slice_first(pairs, equals), slice_after(slice_first(pairs, n), equals + 1));
		pairs = slice_after(pairs, n < pairs.len ? n + 1 : n);
	}
}

/* " [1234]: [1-1] user=anna,db=shop,app=psql,client=192.0.2.7 FATAL:" */
static bool read_badger(struct head *head)
{
	struct slice rest = head->rest, pid, pairs, behind;

	head_blanks(&rest);
	if (!take_pid(&rest, &pid))
		return false;
	head_blanks(&rest);
	if (rest.len > 0 && rest.ptr[0] == '[')
		rest = slice_after(rest, head_word(rest));
	head_blanks(&rest);
	pairs = slice_first(rest, slice_find(rest, ' '));
	behind = slice_after(rest, pairs.len);
	head_blanks(&behind);
	if (!slice_starts(pairs, SLICE("user=")) || !head_level_ahead(behind))
		return false;
	head_number(head, pid, false);
	read_pairs(head, pairs);
	head->rest = behind;
	head_read(head);
	return true;
}

/* ,"anna","shop",1234,"192.0.2.7:54321",session,line,"tag",start,transactions,,LEVEL,SQLSTATE,"message",.. */
static bool read_columns(struct head *head)
{
	struct slice rest = slice_after(head->rest, 1), value[CSV_LEVEL + 3];

	if (columns_count(rest, ',') < CSV_MIN)
		return false;
	for (size_t i = 0; i < sizeof value / sizeof value[0]; i++)
		value[i] = columns_next_quoted(&rest, ',');
	if (!head_is_number(value[2]) || level_severity(value[CSV_LEVEL]) == LEVEL_NONE)
		return false;
	set_user(head, value[0]);
	set_text(head, "database", value[1]);
	head_number(head, value[2], false);
	set_client(head, value[3]);
	head_level(head, value[CSV_LEVEL], level_severity(value[CSV_LEVEL]));
	set_text(head, "code", value[CSV_LEVEL + 1]);
	head->rest = columns_undouble(value[CSV_LEVEL + 2], parsed_own(head->out, FIELD_MESSAGE));
	return head->done = true;
}

bool postgres_behind(struct head *head)
{
	if (head->rest.len < 2)
		return false;
	if (head->rest.ptr[0] == ',')
		return read_columns(head);
	return head->rest.ptr[0] == ':' ? read_colons(head) : read_badger(head);
}
