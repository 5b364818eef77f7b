/* Square brackets in the head of a log line: level, thread, pid, component, or already the message. */
/* SPDX-License-Identifier: MIT */
#include "head.h"

#include "level.h"

/* Length of the brackets at the start, those within them counted; 0: they are not closed. */
static size_t bracket_length(struct slice text)
{
	const size_t max = text.len < HEAD_BRACKET_MAX ? text.len : HEAD_BRACKET_MAX;
	int depth = 0;

	for (size_t i = 0; i < max; i++) {
		depth += text.ptr[i] == '[';
		depth -= text.ptr[i] == ']';
		if (depth == 0)
			return i + 1;
	}
	return 0;
}

/* "INFO", "core:error": true if there is a level in it. */
static bool take_level(struct head *head, struct slice inner)
{
	const size_t colon = slice_find(inner, ':');
	const struct slice name = colon < inner.len ? slice_after(inner, colon + 1) : inner;
	int severity = level_severity(name);

	if (severity == LEVEL_NONE && name.len == 1 && colon == inner.len)
		severity = level_letter(name.ptr[0]);
	if (head->level || severity == LEVEL_NONE)
		return false;
	if (colon < inner.len)
		head_component(head, slice_first(inner, colon));
	head_level(head, name, severity);
	return true;
}

/* "Server thread/INFO": Minecraft's thread and level. */
static bool take_thread_level(struct head *head, struct slice inner)
{
	size_t slash = inner.len;

	while (slash > 0 && inner.ptr[slash - 1] != '/')
		slash--;
	if (head->level || slash < 2 || !level_stands_alone(slice_after(inner, slash)))
		return false;
	head_thread(head, slice_first(inner, slash - 1));
	head_level(head, slice_after(inner, slash), level_severity(slice_after(inner, slash)));
	return true;
}

/* "0.012s", "12ms" close behind the stamp's bracket: how long a virtual machine of Java has been running. */
static bool take_uptime(struct head *head, struct slice inner)
{
	size_t n = 0;

	while (n < inner.len && ((inner.ptr[n] >= '0' && inner.ptr[n] <= '9') || inner.ptr[n] == '.'))
		n++;
	if (n == 0 || head->level || (!slice_is(slice_after(inner, n), "s") && !slice_is(slice_after(inner, n), "ms")))
		return false;
	parsed_extend_first(head->out, "uptime", inner);
	return true;
}

/* "pid 4803:tid 3814", "pid: 12", "1234", "tid=3", "28228:140093368055552". */
static bool take_numbers(struct head *head, struct slice inner)
{
	const struct slice words[] = { SLICE("pid"), SLICE("tid") };
	struct slice behind;
	size_t colon = slice_find(inner, ':');

	if (colon < inner.len && head_is_number(slice_first(inner, colon)) &&
	    head_is_number(slice_after(inner, colon + 1))) {
		head_number(head, slice_first(inner, colon), false);
		head_number(head, slice_after(inner, colon + 1), true);
		return true;
	}
	for (size_t i = 0; i < 2; i++) {
		if (!slice_starts(inner, words[i]))
			continue;
		inner = slice_after(inner, words[i].len);
		if (inner.len > 0 && (inner.ptr[0] == ':' || inner.ptr[0] == '='))
			inner = slice_after(inner, 1);
		head_blanks(&inner);
		colon = slice_find(inner, ':');
		if (!head_is_number(slice_first(inner, colon)))
			return false;
		head_number(head, slice_first(inner, colon), i == 1);
		if (colon == inner.len)
			return true;
		inner = slice_after(inner, colon + 1);
	}
	if (!head_is_number(inner) || (head->level && !head->bracket))
		return false;
	behind = head->rest;
	head_blanks(&behind);
	/* So small are the numbers of threads, as log4net writes them. */
	head_number(head, inner, inner.len < 3 && behind.len > 0 && behind.ptr[0] != '[' && head_level_ahead(behind));
	return true;
}

/* "QuorumPeer[myid=1]/0.0.0.0:2181:FastLeaderElection@774": ZooKeeper's thread, class and line. */
static bool take_class_at(struct head *head, struct slice inner)
{
	size_t at = inner.len, colon;

	while (at > 0 && inner.ptr[at - 1] != '@')
		at--;
	if (at < 2 || !head_is_number(slice_after(inner, at)))
		return false;
	for (colon = at - 1; colon > 0 && inner.ptr[colon - 1] != ':'; colon--)
		;
	head_component(head, slice_after(slice_first(inner, at - 1), colon));
	head_thread(head, slice_first(inner, colon > 0 ? colon - 1 : 0));
	parsed_extend_first(head->out, "line", slice_after(inner, at));
	return true;
}

/* "req-38101a0b-.. user project - - -", "-": OpenStack's request, close behind the component. */
static bool take_request(struct head *head, struct slice inner)
{
	size_t n = slice_find(inner, ' ');

	if (!head->component || !head->level || head->bracket)
		return false;
	if (slice_equal(inner, SLICE("-")) || slice_equal(inner, SLICE("(null)")))
		return head->done = true;
	if (!slice_starts(inner, SLICE("req-")) && !slice_starts(inner, SLICE("None req-")))
		return false;
	parsed_extend_first(head->out, "request_id", slice_first(inner, inner.ptr[0] == 'r' ? n : inner.len));
	return head->done = true;
}

/* What stands behind brackets that hold a name: a level or component, then it was the thread. */
static bool names_thread(struct head *head)
{
	struct slice behind = head->rest;
	size_t n = 0;

	head_blanks(&behind);
	if (behind.len == 0 || behind.ptr[0] == '(' || head_level_ahead(behind))
		return true;
	if (!head->level)
		return false;
	while (n < behind.len && n < HEAD_NAME_MAX && behind.ptr[n] != ' ')
		n++;
	if (n < 2)
		return false;
	return behind.ptr[n - 1] == ':'
		   ? head_is_name(slice_first(behind, n - 1))
		   : head_is_path(slice_first(behind, n)) ||
			 (head_is_name(slice_first(behind, n)) && slice_starts(slice_after(behind, n), SLICE(" - ")));
}

static bool is_event_code(struct slice inner)
{
	return slice_starts(inner, SLICE("MY-")) && head_is_number(slice_after(inner, 3));
}

/* A name of one word or several. */
static bool take_name(struct head *head, struct slice inner)
{
	const bool path = head_is_path(inner), close = head->rest.len > 0 && head->rest.ptr[0] == '[';

	if (head->level && is_event_code(inner)) {
		parsed_extend_first(head->out, "event_code", inner);
		head->coded = true;
	} else if (!head->component && path) {
		if (!head_file(head, inner))
			head_component(head, inner);
	} else if (!head->component && !head->thread && !head->coded && !close && names_thread(head)) {
		head_thread(head, inner);
	} else if (!head->component && (head->level || close) && head_is_name(inner)) {
		head_component(head, inner);
	} else if (head->component && head->bracket && head->level && !head->thread && head_is_name(inner)) {
		parsed_extend_first(head->out, "node", inner);
		head->done = true;
	} else {
		return false;
	}
	return true;
}

/* "gc,start" close behind a level: the tags of Java's own log. */
static bool take_tags(struct head *head, struct slice inner)
{
	struct slice rest = inner;

	if (head->component || !head->level || !head->bracket || slice_find(inner, ',') == inner.len)
		return false;
	while (rest.len > 0) {
		const size_t n = slice_find(rest, ',');
		if (!head_is_name(slice_first(rest, n)))
			return false;
		rest = slice_after(rest, n + (n < rest.len));
	}
	head_component(head, inner);
	return true;
}

bool head_bracket(struct head *head)
{
	const struct head before = *head;
	const size_t n = bracket_length(head->rest);
	struct slice inner;

	if (n < 3)
		return false;
	inner = slice_trim((struct slice){ head->rest.ptr + 1, n - 2 });
	head->rest = slice_after(head->rest, n);
	if (take_level(head, inner) || take_thread_level(head, inner) || take_numbers(head, inner) ||
	    take_uptime(head, inner) || take_tags(head, inner) || take_class_at(head, inner) ||
	    take_request(head, inner) || take_name(head, inner)) {
		head->bracket = true;
		return true;
	}
	*head = before;
	return false;
}
