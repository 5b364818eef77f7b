/* Short decimal numbers, all digits in one go: how many there are nobody can foretell, and a loop would have to. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_DIGITS_H
#define SIEM_DIGITS_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

enum {
	DIGITS_MAX = 8, /* of such a number */
};

/* How many digits stand at p, of eight bytes that can be read; *n is their number, undefined where there is none. */
static inline unsigned digits_read(const char *p, uint32_t *n)
{
	const uint64_t pair = UINT64_C(0x000000ff000000ff);
	uint64_t bytes, odd;
	unsigned count;

	memcpy(&bytes, p, sizeof bytes);
	bytes = le64toh(bytes) ^ UINT64_C(0x3030303030303030);
	/* The high bit of each byte above 9; behind the first one they may be wrong. */
	odd = ((bytes + UINT64_C(0x7676767676767676)) | bytes) & UINT64_C(0x8080808080808080);
	count = odd != 0 ? (unsigned)__builtin_ctzll(odd) / 8 : DIGITS_MAX;
	bytes <<= (64 - 8 * count) & 63; /* zeros before them */
	bytes = bytes * 10 + (bytes >> 8);
	bytes =
	    ((bytes & pair) * UINT64_C(0x000f424000000064) + (bytes >> 16 & pair) * UINT64_C(0x0000271000000001)) >> 32;
	*n = (uint32_t)bytes;
	return count;
}

/* A number below 100,000,000 as eight digits, not letters yet, the first in the lowest byte. */
static inline uint64_t digits_of(uint32_t n)
{
	uint64_t v = n / 10000 | (uint64_t)(n % 10000) << 32;
	uint64_t hundreds = v * 5243 >> 19 & UINT64_C(0x0000007f0000007f), tens;

	v = hundreds | (v - hundreds * 100) << 16;
	tens = v * 103 >> 10 & UINT64_C(0x000f000f000f000f);
	return tens | (v - tens * 10) << 8;
}

#endif
