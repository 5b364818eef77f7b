/* Bytes that grow: text is built in it. */
/* SPDX-License-Identifier: MIT */
#include "buffer.h"

#include "memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buffer_grow(struct buffer *b, size_t more)
{
	size_t need;

	if (__builtin_add_overflow(b->len, more, &need))
		need = SIZE_MAX; /* memory_grow has the words */
	b->ptr = memory_grow(b->ptr, &b->size, need, 1);
}

void buffer_clear(struct buffer *b)
{
	free(b->ptr);
	*b = (struct buffer){ 0 };
}

void buffer_add_number(struct buffer *b, int64_t n)
{
	char digits[20];
	size_t at = sizeof digits;
	uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (n < 0)
		digits[--at] = '-';
	buffer_add(b, (struct slice){ digits + at, sizeof digits - at });
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0)
		return;
	buffer_room(b, (size_t)len + 1);
	va_start(args, format);
	vsnprintf(b->ptr + b->len, (size_t)len + 1, format, args);
	va_end(args);
	b->len += (size_t)len;
}

const char *buffer_text(struct buffer *b)
{
	*buffer_room(b, 1) = '\0';
	return b->ptr;
}
