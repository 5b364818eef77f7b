/* A piece of text: pointer and length together, any byte value, no NUL at the end. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_SLICE_H
#define SIEM_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
	const char *ptr;
	size_t len;
};

/* A slice of a string literal, and one of a C string. Both borrow. */
#define SLICE(literal) ((struct slice){ (literal), sizeof(literal) - 1 })
static inline struct slice slice_of(const char *text)
{
	return (struct slice){ text, text ? strlen(text) : 0 };
}

static inline bool slice_equal(struct slice a, struct slice b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Equal to a C string? */
static inline bool slice_is(struct slice a, const char *text)
{
	return slice_equal(a, slice_of(text));
}

static inline bool slice_starts(struct slice a, struct slice with)
{
	return a.len >= with.len && (with.len == 0 || memcmp(a.ptr, with.ptr, with.len) == 0);
}

/* What is left after the first n bytes; n is at most s.len. */
static inline struct slice slice_after(struct slice s, size_t n)
{
	return (struct slice){ s.ptr + n, s.len - n };
}

/* The first n bytes; n is at most s.len. */
static inline struct slice slice_first(struct slice s, size_t n)
{
	return (struct slice){ s.ptr, n };
}

/* Offset of the first byte c, or s.len where there is none. */
static inline size_t slice_find(struct slice s, char c)
{
	const char *at = s.len ? memchr(s.ptr, c, s.len) : NULL;
	return at ? (size_t)(at - s.ptr) : s.len;
}

/* Without blanks (space, tab) at both ends. */
struct slice slice_trim(struct slice s);

/* Nothing but spaces, tabs and carriage returns, or nothing at all? */
static inline bool slice_is_blank(struct slice s)
{
	size_t n = 0;

	while (n < s.len && (s.ptr[n] == ' ' || s.ptr[n] == '\t' || s.ptr[n] == '\r'))
		n++;
	return n == s.len;
}

/* Equal but for the case of ASCII letters? */
bool slice_equal_nocase(struct slice a, struct slice b);

/* Order by bytes, as memcmp; a prefix comes first. */
int slice_compare(struct slice a, struct slice b);

/*
 * Reads a whole decimal number, an optional '-' and at least one digit,
 * nothing before or after. False, and *out untouched, where s is anything
 * else or lies outside [min, max].
 */
bool slice_number(struct slice s, int64_t min, int64_t max, int64_t *out);

#endif
