/* The topics that MikroTik's RouterOS puts before its messages, and the packets that its firewall logs. */
/* SPDX-License-Identifier: MIT */
#include "routeros.h"

#include "level.h"
#include "payload.h"
#include "web.h"

#include "../level.h"

enum {
	TOPICS_MAX = 96, /* bytes of them */
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '!';
}

/* Length of the words joined by commas at the start; 0 where there are no two. */
static size_t topics_length(struct slice text)
{
	const size_t max = text.len < TOPICS_MAX ? text.len : TOPICS_MAX;
	size_t n = 0, commas = 0;

	for (; n < max && text.ptr[n] != ' '; n++) {
		commas += text.ptr[n] == ',';
		if (!is_letter(text.ptr[n]) && (text.ptr[n] != ',' || n == 0 || text.ptr[n - 1] == ','))
			return 0;
	}
	return commas > 0 && n < max && text.ptr[n - 1] != ',' ? n : 0;
}

/* The worst of the levels among the topics. */
static struct slice level_of(struct slice topics)
{
	static const char *const levels[] = { "critical", "error", "warning", "info", "debug" };
	struct slice level = { 0 };

	while (topics.len > 0) {
		const size_t n = slice_find(topics, ',');
		const struct slice word = slice_first(topics, n);
		for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
			if (slice_is(word, levels[i]) && (level.len == 0 || level_word(word) < level_word(level)))
				level = word;
		topics = slice_after(topics, n < topics.len ? n + 1 : n);
	}
	return level;
}

bool routeros_topics(struct slice *text, struct parsed *out)
{
	const struct slice topics = slice_first(*text, topics_length(*text));
	const struct slice level = level_of(topics);

	if (level.len == 0)
		return false;
	parsed_extend(out, "topics", topics);
	level_set(level, level_word(level), out);
	*text = slice_trim(slice_after(*text, topics.len));
	return true;
}

/* The word behind a mark, up to a blank or comma; empty where the mark is missing. */
static struct slice word_behind(struct slice text, struct slice mark)
{
	const char *at = text.len > 0 ? memmem(text.ptr, text.len, mark.ptr, mark.len) : NULL;

	if (at == NULL)
		return (struct slice){ 0 };
	text = slice_after(text, (size_t)(at - text.ptr) + mark.len);
	text = slice_first(text, slice_find(text, ','));
	if (text.len > 0 && text.ptr[0] == '(') /* "(unknown 0)" */
		return (struct slice){ 0 };
	return slice_first(text, slice_find(text, ' '));
}

/* "192.0.2.7:54321->198.51.100.7:22" */
static void read_ends(struct slice text, struct parsed *out)
{
	const char *arrow = text.len > 0 ? memmem(text.ptr, text.len, "->", 2) : NULL, *start = arrow;
	struct slice to;

	if (arrow == NULL)
		return;
	while (start > text.ptr && start[-1] != ' ')
		start--;
	to = slice_after(text, (size_t)(arrow + 2 - text.ptr));
	to = slice_first(to, slice_find(to, ','));
	parsed_text(out, FIELD_SOURCE_HOST,
		    web_host((struct slice){ start, (size_t)(arrow - start) }, &out->source_port));
	parsed_text(out, FIELD_DEST_HOST, web_host(slice_first(to, slice_find(to, ' ')), &out->dest_port));
}

/* "forward: in:ether1 out:bridge, src-mac 00:11:22:33:44:55, proto TCP (SYN), 192.0.2.7:54321->198.51.100.7:22, len 60"
 */
static void read_packet(struct slice text, struct parsed *out)
{
	const struct slice protocol = word_behind(text, SLICE(" proto "));

	if (protocol.len == 0 || parsed_has(out, FIELD_SOURCE_HOST))
		return;
	parsed_text(out, FIELD_PROTOCOL, protocol);
	web_text(out, SLICE("in_interface"), word_behind(text, SLICE(" in:")));
	web_text(out, SLICE("out_interface"), word_behind(text, SLICE(" out:")));
	web_text(out, SLICE("src_mac"), word_behind(text, SLICE(" src-mac ")));
	read_ends(text, out);
}

void payload_routeros(struct format_context *context, struct slice message, struct parsed *out)
{
	struct slice text = message;

	(void)context;
	if (message.len > 0 && is_letter(message.ptr[0]) && routeros_topics(&text, out))
		read_packet(text, out);
}
