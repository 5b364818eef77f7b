/* Bytes that grow: text is built in it. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_BUFFER_H
#define SIEM_BUFFER_H

#include "slice.h"

/* {0} is an empty buffer; buffer_clear releases the memory and leaves {0}. */
struct buffer {
	char *ptr;
	size_t len;
	size_t size;
};

/* Makes the room at least len + more bytes; ends the program when there is no memory. */
void buffer_grow(struct buffer *b, size_t more);
void buffer_clear(struct buffer *b);

/* Room for more bytes behind the text; returns where they start. The caller raises len. */
static inline char *buffer_room(struct buffer *b, size_t more)
{
	if (b->size - b->len < more)
		buffer_grow(b, more);
	return b->ptr + b->len;
}

static inline void buffer_add(struct buffer *b, struct slice s)
{
	if (s.len == 0)
		return;
	memcpy(buffer_room(b, s.len), s.ptr, s.len);
	b->len += s.len;
}

static inline void buffer_add_char(struct buffer *b, char c)
{
	*buffer_room(b, 1) = c;
	b->len++;
}

void buffer_add_number(struct buffer *b, int64_t n);

/* As printf; for texts that are short and rare. */
void buffer_printf(struct buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The text as a slice, borrowed until the buffer changes. */
static inline struct slice buffer_slice(const struct buffer *b)
{
	return (struct slice){ b->ptr, b->len };
}

/* The text as a C string (a NUL is kept behind it), borrowed until the buffer changes. */
const char *buffer_text(struct buffer *b);

#endif
