/* Rules over rules: SIEM events that wait to be fed back. */
/* SPDX-License-Identifier: MIT */
#include "feedback.h"

struct head {
	size_t len;
	enum fed fed;
	int64_t time;
};

struct buffer *feedback_buffer(struct feedback *feedback)
{
	feedback->unwritten.len = 0;
	return feedback->wanted ? &feedback->unwritten : NULL;
}

void feedback_add(struct feedback *feedback, struct slice line, enum fed fed, int64_t time)
{
	const struct head head = { line.len - 1, fed, time };

	if (!feedback->wanted)
		return;
	buffer_add(&feedback->lines, (struct slice){ (const char *)&head, sizeof head });
	buffer_add(&feedback->lines, slice_first(line, head.len));
}

bool feedback_take(struct feedback *feedback, struct buffer *lines)
{
	const struct buffer empty = *lines;

	if (feedback->lines.len == 0)
		return false;
	*lines = feedback->lines;
	feedback->lines = empty;
	feedback->lines.len = 0;
	return true;
}

bool feedback_line(const struct buffer *lines, size_t *at, struct fed_line *line)
{
	struct head head;

	if (*at == lines->len)
		return false;
	memcpy(&head, lines->ptr + *at, sizeof head);
	*line = (struct fed_line){ { lines->ptr + *at + sizeof head, head.len }, head.fed, head.time };
	*at += sizeof head + head.len;
	return true;
}

void feedback_clear(struct feedback *feedback)
{
	buffer_clear(&feedback->lines);
	buffer_clear(&feedback->unwritten);
	*feedback = (struct feedback){ 0 };
}
