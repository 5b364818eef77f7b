/* Rules over rules: SIEM events that wait to be fed back. */
/* SPDX-License-Identifier: MIT */
#include "feedback.h"

struct head {
	size_t len;
	enum fed fed;
};

struct buffer *feedback_buffer(struct feedback *feedback)
{
	feedback->unwritten.len = 0;
	return feedback->wanted ? &feedback->unwritten : NULL;
}

void feedback_add(struct feedback *feedback, struct slice line, enum fed fed)
{
	const struct head head = { line.len - 1, fed };

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

bool feedback_line(const struct buffer *lines, size_t *at, struct slice *line, enum fed *fed)
{
	struct head head;

	if (*at == lines->len)
		return false;
	memcpy(&head, lines->ptr + *at, sizeof head);
	*line = (struct slice){ lines->ptr + *at + sizeof head, head.len };
	*fed = head.fed;
	*at += sizeof head + head.len;
	return true;
}

void feedback_clear(struct feedback *feedback)
{
	buffer_clear(&feedback->lines);
	buffer_clear(&feedback->unwritten);
	*feedback = (struct feedback){ 0 };
}
