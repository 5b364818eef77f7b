/* Zones of time stamps: offsets, and the names that have one meaning nearly everywhere. */
/* SPDX-License-Identifier: MIT */
#include "notation.h"

#include <stdlib.h>

enum {
	HALF_HOUR = 1800,
	HOURS_MAX = 14, /* Kiribati */
	QUARTER = 900,
};

/* Names that mean different zones in different countries have the meaning of RFC 822 (CST), or none (IST). */
static const struct zone_name {
	struct slice name;
	int half_hours;
} names[] = {
	{ { "UTC", 3 }, 0 },	{ { "GMT", 3 }, 0 },	{ { "WET", 3 }, 0 },   { { "WEST", 4 }, 2 },
	{ { "BST", 3 }, 2 },	{ { "CET", 3 }, 2 },	{ { "CEST", 4 }, 4 },  { { "MEZ", 3 }, 2 },
	{ { "MESZ", 4 }, 4 },	{ { "EET", 3 }, 4 },	{ { "EEST", 4 }, 6 },  { { "MSK", 3 }, 6 },
	{ { "EST", 3 }, -10 },	{ { "EDT", 3 }, -8 },	{ { "CST", 3 }, -12 }, { { "CDT", 3 }, -10 },
	{ { "MST", 3 }, -14 },	{ { "MDT", 3 }, -12 },	{ { "PST", 3 }, -16 }, { { "PDT", 3 }, -14 },
	{ { "AKST", 4 }, -18 }, { { "AKDT", 4 }, -16 }, { { "HST", 3 }, -20 }, { { "AST", 3 }, -8 },
	{ { "ADT", 3 }, -6 },	{ { "NST", 3 }, -7 },	{ { "NDT", 3 }, -5 },  { { "BRT", 3 }, -6 },
	{ { "JST", 3 }, 18 },	{ { "KST", 3 }, 18 },	{ { "HKT", 3 }, 16 },  { { "SGT", 3 }, 16 },
	{ { "AWST", 4 }, 16 },	{ { "ACST", 4 }, 19 },	{ { "ACDT", 4 }, 21 }, { { "AEST", 4 }, 20 },
	{ { "AEDT", 4 }, 22 },	{ { "NZST", 4 }, 24 },	{ { "NZDT", 4 }, 26 }, { { "SAST", 4 }, 4 },
};

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool notation_zone_name(struct slice *text, int32_t *offset)
{
	size_t n = 0;

	while (n < text->len && n < 5 && text->ptr[n] >= 'A' && text->ptr[n] <= 'Z')
		n++;
	if (n < 3 || n > 4 || (n < text->len && is_word(text->ptr[n])))
		return false;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (!slice_equal(slice_first(*text, n), names[i].name))
			continue;
		*offset = names[i].half_hours * HALF_HOUR;
		*text = slice_after(*text, n);
		return true;
	}
	return false;
}

/* "+02:00", "-0330", "Z", and "+02" where no blank stands before it; what comes near to one is a message. */
static bool take_offset(struct slice *text, bool close, int32_t *offset, bool *utc)
{
	struct slice rest = *text;

	if (!zone_read_offset(&rest, offset, utc) || (rest.len > 0 && is_word(rest.ptr[0])))
		return false;
	if (!close && !*utc && rest.ptr - text->ptr < 5)
		return false;
	if (*offset % QUARTER != 0 || *offset > HOURS_MAX * 3600 || *offset < -HOURS_MAX * 3600)
		return false;
	*text = rest;
	return true;
}

bool notation_zone(struct slice *text, struct datetime *out)
{
	struct slice rest = *text;
	bool utc = false, ignored, close = text->ptr[-1] != ' ';
	int32_t of_name, behind;

	if (notation_zone_name(&rest, &of_name)) {
		utc = of_name == 0 && rest.ptr[-1] == 'C';
		out->offset = of_name;
		/* "GMT+02:00", and "CET+0130" as fail2ban reads it; no place is further away than that. */
		struct slice more = rest;
		if (more.len > 0 && more.ptr[0] != 'Z' && take_offset(&more, true, &behind, &ignored) &&
		    abs(of_name + behind) <= HOURS_MAX * 3600) {
			out->offset += behind;
			rest = more;
		}
	} else if (!take_offset(&rest, close, &out->offset, &utc)) {
		return false;
	}
	out->utc = utc && out->offset == 0;
	out->has_offset = true;
	*text = rest;
	return true;
}
