/* What is no text in a line of log: colours, and NULs or a byte order mark before it. */
/* SPDX-License-Identifier: MIT */
#include "plain.h"

#include "input.h"

/* Length of "ESC[1;31m" or "ESC[K" at the start; 0: it is none. */
static size_t colour_length(struct slice text)
{
	size_t n = 2;

	if (!slice_starts(text, SLICE("\x1b[")))
		return 0;
	while (n < text.len && ((text.ptr[n] >= '0' && text.ptr[n] <= '9') || text.ptr[n] == ';' || text.ptr[n] == ':'))
		n++;
	return n < text.len && (text.ptr[n] == 'm' || text.ptr[n] == 'K') ? n + 1 : 0;
}

/* Behind NULs and marks. */
static struct slice behind_start(struct slice line)
{
	const struct slice mark = SLICE("\xef\xbb\xbf");

	for (;;) {
		if (line.len > 0 && line.ptr[0] == '\0')
			line = slice_after(line, 1);
		else if (slice_starts(line, mark))
			line = slice_after(line, mark.len);
		else
			return line;
	}
}

bool plain_text(struct slice line, struct buffer *to, struct slice *plain)
{
	struct slice rest = behind_start(line);
	const char *escape;

	to->len = 0;
	buffer_room(to, rest.len + INPUT_SLACK);
	while (rest.len > 0 && (escape = memchr(rest.ptr, '\x1b', rest.len)) != NULL) {
		const size_t n = (size_t)(escape - rest.ptr), colour = colour_length(slice_after(rest, n));
		buffer_add(to, slice_first(rest, n + (colour == 0)));
		rest = slice_after(rest, n + (colour == 0 ? 1 : colour));
	}
	buffer_add(to, rest);
	memset(buffer_room(to, INPUT_SLACK), 0, INPUT_SLACK);
	*plain = buffer_slice(to);
	return to->len < line.len && !slice_is_blank(*plain);
}
