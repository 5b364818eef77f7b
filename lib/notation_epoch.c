/* Time stamps that count: seconds to nanoseconds since 1970 (epoch.h), and TAI64N. */
/* SPDX-License-Identifier: MIT */
#include "epoch.h"
#include "notation.h"

#define FIRST_SECOND INT64_C(1000000000) /* September 2001: who counts in logs has ten digits */
#define LAST_SECOND  INT64_C(4294967295)
#define FIRST_ELEVEN INT64_C(10000000000)
#define LAST_ELEVEN  INT64_C(32536799999)	  /* the end of the year 3000, in the last of zones */
#define TAI64N_1970  UINT64_C(0x400000000000000a) /* ten seconds: no leap seconds, as daemontools count */

enum {
	TAI64N_LEN = 25, /* "@", 16 digits of seconds, 8 of nanoseconds */
	MICROSECOND_DIGITS = 6,
};

static size_t count_digits(struct slice text)
{
	size_t n = 0;

	while (n < text.len && text.ptr[n] >= '0' && text.ptr[n] <= '9')
		n++;
	return n;
}

/* Nothing behind that would make it part of another number or word. */
static bool ends(struct slice text)
{
	const char c = text.len > 0 ? text.ptr[0] : ' ';

	return !(c >= '0' && c <= '9') && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && c != '.' && c != '_' && c != '-';
}

bool notation_epoch(struct slice *text, struct datetime *out)
{
	size_t n = count_digits(*text), fraction;
	int64_t seconds;

	if (n + 1 < text->len && text->ptr[n] == '.') {
		fraction = count_digits(slice_after(*text, n + 1));
		n += fraction > 0 ? 1 + fraction : 0;
	}
	if (!ends(slice_after(*text, n)) || !epoch_read(slice_first(*text, n), &out->stamp))
		return false;
	seconds = out->stamp.time / SECOND;
	if (seconds < FIRST_SECOND || seconds > LAST_ELEVEN || (seconds > LAST_SECOND && seconds < FIRST_ELEVEN))
		return false;
	out->absolute = true;
	*text = slice_after(*text, n);
	return true;
}

/* Hexadecimal digits, all of them; false where one is none. */
static bool read_hex(struct slice digits, uint64_t *number)
{
	*number = 0;
	for (size_t i = 0; i < digits.len; i++) {
		const char c = digits.ptr[i];
		unsigned value = c >= '0' && c <= '9' ? (unsigned)c - '0' : ((unsigned)c | 0x20) - 'a' + 10;
		if (value > 15)
			return false;
		*number = *number << 4 | value;
	}
	return true;
}

bool notation_tai64n(struct slice *text, struct datetime *out)
{
	uint64_t seconds, nanoseconds;

	if (text->len < TAI64N_LEN || !read_hex(slice_first(slice_after(*text, 1), 16), &seconds) ||
	    !read_hex(slice_first(slice_after(*text, 17), 8), &nanoseconds))
		return false;
	if (seconds < TAI64N_1970 || seconds - TAI64N_1970 > (uint64_t)LAST_SECOND || nanoseconds > 999999999)
		return false;
	out->absolute = true;
	out->stamp = (struct stamp){ .utc = true, .digits = MICROSECOND_DIGITS };
	out->stamp.time = (int64_t)(seconds - TAI64N_1970) * SECOND + (int64_t)(nanoseconds / 1000);
	*text = slice_after(*text, TAI64N_LEN);
	return true;
}
