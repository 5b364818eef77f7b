/* UTF-16 becomes UTF-8, in pieces of any size: what Windows exports. */
/* SPDX-License-Identifier: MIT */
#include "utf16.h"

#include "utf8.h"

enum {
	FIRST_HIGH = 0xd800,
	FIRST_LOW = 0xdc00,
	LAST_LOW = 0xdfff,
	BEHIND_PAIRS = 0x10000,
	REPLACEMENT = 0xfffd,
};

bool utf16_begins(struct utf16 *utf16, struct slice text)
{
	const bool big = slice_starts(text, SLICE("\xfe\xff"));

	*utf16 = (struct utf16){ .on = big || slice_starts(text, SLICE("\xff\xfe")), .big = big };
	return utf16->on;
}

/* One unit; a pair is put when its second one is there. */
static size_t put_unit(struct utf16 *utf16, uint32_t unit, char *to)
{
	const bool low = unit >= FIRST_LOW && unit <= LAST_LOW;
	size_t n = 0;

	if (utf16->pair && low) {
		utf16->pair = false;
		return utf8_put(to, BEHIND_PAIRS + ((utf16->high - FIRST_HIGH) << 10) + (unit - FIRST_LOW));
	}
	if (utf16->pair)
		n = utf8_put(to, REPLACEMENT);
	utf16->pair = unit >= FIRST_HIGH && unit < FIRST_LOW;
	utf16->high = unit;
	return utf16->pair ? n : n + utf8_put(to + n, low ? REPLACEMENT : unit);
}

size_t utf16_put(struct utf16 *utf16, struct slice from, char *to)
{
	size_t n = 0;

	for (size_t i = 0; i < from.len; i++) {
		const unsigned char byte = (unsigned char)from.ptr[i];
		if (utf16->odd)
			n += put_unit(utf16, (uint32_t)(utf16->big ? utf16->byte << 8 | byte : byte << 8 | utf16->byte),
				      to + n);
		utf16->odd = !utf16->odd;
		utf16->byte = byte;
	}
	return n;
}

size_t utf16_end(struct utf16 *utf16, char *to)
{
	const size_t n = utf16->pair || utf16->odd ? utf8_put(to, REPLACEMENT) : 0;

	utf16->pair = utf16->odd = false;
	return n;
}
