/* Finding the first byte of a kind, sixteen bytes at a time where the machine can (SSE2), else eight. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_SCAN_H
#define SIEM_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Is the byte one that a JSON string holds as it is: printable ASCII but for quote and backslash? */
static inline bool scan_is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

enum {
	SCAN_STEP = 16, /* bytes */
};

#ifdef __SSE2__

/* Bits of the sixteen bytes at p that are not plain, DEL left aside. */
static inline __m128i scan_odd16(__m128i bytes)
{
	/* As signed bytes, what is above 0x7f is below 0x20 as well. */
	__m128i odd = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));

	odd = _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
	return _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
}

/* Up to the first byte that is not plain, or end. */
static inline const char *scan_plain(const char *p, const char *end)
{
	for (; end - p >= 16; p += 16) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i odd = _mm_or_si128(scan_odd16(bytes), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f)));
		unsigned bits = (unsigned)_mm_movemask_epi8(odd);
		if (bits != 0)
			return p + __builtin_ctz(bits);
	}
	while (p < end && scan_is_plain((unsigned char)*p))
		p++;
	return p;
}

/* Up to the first byte of a string that is being read which is not plain, or end; it may pass over DEL. */
static inline const char *scan_string(const char *p, const char *end)
{
	for (; end - p >= 16; p += 16) {
		unsigned bits =
		    (unsigned)_mm_movemask_epi8(scan_odd16(_mm_loadu_si128((const __m128i *)(const void *)p)));
		if (bits != 0)
			return p + __builtin_ctz(bits);
	}
	while (p < end && scan_is_plain((unsigned char)*p))
		p++;
	return p;
}

/* As scan_plain, and copies what it passes to to, where SCAN_STEP bytes more can be written. */
static inline const char *scan_copy(char *to, const char *p, const char *end)
{
	for (; end - p >= SCAN_STEP; p += SCAN_STEP, to += SCAN_STEP) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i odd = _mm_or_si128(scan_odd16(bytes), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f)));
		unsigned bits = (unsigned)_mm_movemask_epi8(odd);
		_mm_storeu_si128((__m128i *)(void *)to, bytes);
		if (bits != 0)
			return p + __builtin_ctz(bits);
	}
	while (p < end && scan_is_plain((unsigned char)*p))
		*to++ = *p++;
	return p;
}

/* As scan_copy, where 15 bytes behind end can be read: no loop over the last ones. */
static inline const char *scan_copy_slack(char *to, const char *p, const char *end)
{
	for (; p < end; p += SCAN_STEP, to += SCAN_STEP) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i odd = _mm_or_si128(scan_odd16(bytes), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f)));
		unsigned bits = (unsigned)_mm_movemask_epi8(odd);
		_mm_storeu_si128((__m128i *)(void *)to, bytes);
		if (bits != 0) {
			p += __builtin_ctz(bits);
			return p < end ? p : end;
		}
	}
	return end;
}

/* As scan_plain, where 15 bytes behind end can be read: no loop over the last ones. */
static inline const char *scan_plain_slack(const char *p, const char *end)
{
	for (; p < end; p += 16) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i odd = _mm_or_si128(scan_odd16(bytes), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f)));
		unsigned bits = (unsigned)_mm_movemask_epi8(odd);
		if (bits != 0) {
			p += __builtin_ctz(bits);
			return p < end ? p : end;
		}
	}
	return end;
}

/* Up to the first byte that is one of three, or end; 15 bytes behind end can be read. */
static inline const char *scan_any_slack(const char *p, const char *end, char a, char b, char c)
{
	for (; p < end; p += 16) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i as = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(a)), bs = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b));
		__m128i cs = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
		unsigned bits = (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(as, bs), cs));
		if (bits != 0) {
			p += __builtin_ctz(bits);
			return p < end ? p : end;
		}
	}
	return end;
}

/* The same, where nothing behind end can be read. */
static inline const char *scan_any(const char *p, const char *end, char a, char b, char c)
{
	const char *whole = p + ((end - p) & ~15), *stop = scan_any_slack(p, whole, a, b, c);

	if (stop < whole)
		return stop;
	while (stop < end && *stop != a && *stop != b && *stop != c)
		stop++;
	return stop;
}

/* Where a text of two bytes or more starts first, or end; 16 bytes behind end can be read. */
static inline const char *scan_text_slack(const char *p, const char *end, const char *text, size_t len)
{
	const __m128i first = _mm_set1_epi8(text[0]), second = _mm_set1_epi8(text[1]);

	for (; p < end; p += 16) {
		__m128i here = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)p), first);
		__m128i next = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)(p + 1)), second);
		unsigned bits = (unsigned)_mm_movemask_epi8(_mm_and_si128(here, next));
		for (; bits != 0; bits &= bits - 1) {
			const char *at = p + __builtin_ctz(bits);
			if (at >= end || (size_t)(end - at) < len)
				return end;
			if (memcmp(at + 2, text + 2, len - 2) == 0)
				return at;
		}
	}
	return end;
}

/* Up to the first byte that is not ASCII, or end. */
static inline const char *scan_ascii(const char *p, const char *end)
{
	for (; end - p >= 16; p += 16) {
		unsigned bits = (unsigned)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)p));
		if (bits != 0)
			return p + __builtin_ctz(bits);
	}
	while (p < end && (unsigned char)*p < 0x80)
		p++;
	return p;
}

/* Are the first len (at most 16) bytes the same? All sixteen of both must be readable. */
static inline bool scan_same16(const char *a, const char *b, size_t len)
{
	__m128i same = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)a),
				      _mm_loadu_si128((const __m128i *)(const void *)b));

	return ((unsigned)_mm_movemask_epi8(same) | ~0u << len) == ~0u;
}

/* A bit for each of sixteen bytes that is this one. */
static inline unsigned scan_bytes16(const void *p, char c)
{
	return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(p), _mm_set1_epi8(c)));
}

/* A bit for each of eight words, aligned as cache lines are, that is this one. */
static inline unsigned scan_words8(const void *words, uint64_t word)
{
	const __m128i *p = words, wanted = _mm_set1_epi64x((long long)word);
	const __m128i low =
	    _mm_packs_epi32(_mm_cmpeq_epi32(_mm_load_si128(p), wanted), _mm_cmpeq_epi32(_mm_load_si128(p + 1), wanted));
	const __m128i high = _mm_packs_epi32(_mm_cmpeq_epi32(_mm_load_si128(p + 2), wanted),
					     _mm_cmpeq_epi32(_mm_load_si128(p + 3), wanted));
	const __m128i halves = _mm_packs_epi16(low, high);
	const __m128i swapped = _mm_or_si128(_mm_slli_epi16(halves, 8), _mm_srli_epi16(halves, 8));

	return (unsigned)_mm_movemask_epi8(_mm_packs_epi16(_mm_and_si128(halves, swapped), _mm_setzero_si128()));
}

#else

/* High bit of each of eight bytes that is not plain; bytes above a set one may be set wrongly. */
static inline uint64_t scan_odd8(uint64_t bytes)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
	uint64_t quote = bytes ^ ones * '"', slash = bytes ^ ones * '\\', del = bytes ^ ones * 0x7f;

	return (bytes | (bytes - ones * 0x20) | (quote - ones) | (slash - ones) | (del - ones)) & highs;
}

/* Up to the first byte that is not plain, or end. */
static inline const char *scan_plain(const char *p, const char *end)
{
	uint64_t bytes;

	for (; end - p >= 8; p += 8) {
		memcpy(&bytes, p, sizeof bytes);
		if (scan_odd8(bytes) != 0)
			break;
	}
	while (p < end && scan_is_plain((unsigned char)*p))
		p++;
	return p;
}

static inline const char *scan_string(const char *p, const char *end)
{
	return scan_plain(p, end);
}

static inline const char *scan_copy(char *to, const char *p, const char *end)
{
	const char *odd = scan_plain(p, end);

	memcpy(to, p, (size_t)(odd - p));
	return odd;
}

static inline const char *scan_copy_slack(char *to, const char *p, const char *end)
{
	return scan_copy(to, p, end);
}

static inline const char *scan_plain_slack(const char *p, const char *end)
{
	return scan_plain(p, end);
}

static inline const char *scan_any_slack(const char *p, const char *end, char a, char b, char c)
{
	while (p < end && *p != a && *p != b && *p != c)
		p++;
	return p;
}

static inline const char *scan_any(const char *p, const char *end, char a, char b, char c)
{
	return scan_any_slack(p, end, a, b, c);
}

static inline const char *scan_text_slack(const char *p, const char *end, const char *text, size_t len)
{
	const char *at = p < end ? memmem(p, (size_t)(end - p), text, len) : NULL;

	return at != NULL ? at : end;
}

static inline const char *scan_ascii(const char *p, const char *end)
{
	while (p < end && (unsigned char)*p < 0x80)
		p++;
	return p;
}

static inline bool scan_same16(const char *a, const char *b, size_t len)
{
	return memcmp(a, b, len) == 0;
}

static inline unsigned scan_bytes16(const void *p, char c)
{
	unsigned bits = 0;

	for (unsigned i = 0; i < 16; i++)
		bits |= (unsigned)(((const char *)p)[i] == c) << i;
	return bits;
}

static inline unsigned scan_words8(const void *words, uint64_t word)
{
	unsigned bits = 0;

	for (unsigned i = 0; i < 8; i++)
		bits |= (unsigned)(memcmp((const char *)words + i * sizeof word, &word, sizeof word) == 0) << i;
	return bits;
}

#endif
#endif
