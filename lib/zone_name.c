/* Time zones by their short names: UTC, CEST, PDT .. */
/* SPDX-License-Identifier: MIT */
#include "zone_name.h"

struct zone_name {
	char name[8];
	int16_t minutes; /* east of UTC */
};

/* By their longitude; of tz database, as far as the names are letters. */
static const struct zone_name names[] = {
	{ "HST", -600 }, { "AKST", -540 }, { "AKDT", -480 }, { "PST", -480 }, { "PDT", -420 },	{ "MST", -420 },
	{ "MDT", -360 }, { "CST", -360 },  { "CDT", -300 },  { "EST", -300 }, { "EDT", -240 },	{ "AST", -240 },
	{ "ADT", -180 }, { "NST", -210 },  { "NDT", -150 },  { "BRT", -180 }, { "BRST", -120 }, { "UTC", 0 },
	{ "GMT", 0 },	 { "WET", 0 },	   { "BST", 60 },    { "WEST", 60 },  { "CET", 60 },	{ "MET", 60 },
	{ "WAT", 60 },	 { "CEST", 120 },  { "MEST", 120 },  { "MESZ", 120 }, { "MEZ", 60 },	{ "EET", 120 },
	{ "CAT", 120 },	 { "SAST", 120 },  { "EEST", 180 },  { "MSK", 180 },  { "EAT", 180 },	{ "IDT", 180 },
	{ "MSD", 240 },	 { "PKT", 300 },   { "IST", 330 },   { "WIB", 420 },  { "ICT", 420 },	{ "HKT", 480 },
	{ "SGT", 480 },	 { "AWST", 480 },  { "PHT", 480 },   { "JST", 540 },  { "KST", 540 },	{ "ACST", 570 },
	{ "AEST", 600 }, { "ACDT", 630 },  { "AEDT", 660 },  { "NZST", 720 }, { "NZDT", 780 },
};

bool zone_name_read(struct slice word, int32_t *offset)
{
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (slice_equal_nocase(word, slice_of(names[i].name))) {
			*offset = names[i].minutes * 60;
			return true;
		}
	return false;
}
