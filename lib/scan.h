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

#ifdef __SSE2__

/* Bits of the sixteen bytes at p that are not plain. */
static inline unsigned scan_odd16(const char *p)
{
	__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
	/* As signed bytes, what is above 0x7f is below 0x20 as well. */
	__m128i odd = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));

	odd = _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
	odd = _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
	odd = _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f)));
	return (unsigned)_mm_movemask_epi8(odd);
}

static inline const char *scan_plain(const char *p, const char *end)
{
	for (; end - p >= 16; p += 16) {
		unsigned odd = scan_odd16(p);
		if (odd != 0)
			return p + __builtin_ctz(odd);
	}
	while (p < end && scan_is_plain((unsigned char)*p))
		p++;
	return p;
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

#endif
#endif
