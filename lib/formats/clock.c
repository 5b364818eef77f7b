/* Times of the day without a date. */
/* SPDX-License-Identifier: MIT */
#include "clock.h"

/* The day of a point in time as the zone's calendar has it, some days back. */
static void day_before(struct zone *zone, int64_t time, int days, struct civil *civil)
{
	const int64_t local = time + zone_offset_at(zone, time) * SECOND;
	const int64_t day = local / DAY - (local % DAY < 0) - days;

	civil_from_days(day, &civil->year, &civil->month, &civil->day);
}

bool clock_read(struct format_context *context, struct slice *text, struct stamp *stamp)
{
	enum { DATE = sizeof "2000-01-01T" - 1, CLOCK_MAX = sizeof "11:29:42.123456789" - 1 };
	char whole[DATE + CLOCK_MAX] = "2000-01-01T";
	const size_t n = text->len < CLOCK_MAX ? text->len : CLOCK_MAX;
	struct slice rest = { whole, DATE + n };
	struct civil civil;

	if (n < sizeof "11:29:42" - 1 || text->ptr[2] != ':')
		return false;
	memcpy(whole + DATE, text->ptr, n);
	if (!civil_read_iso(&rest, &civil))
		return false;
	day_before(context->zone, context->year->reference, 0, &civil);
	*stamp = zone_stamp(context->zone, &civil);
	if (stamp->time > context->year->reference) {
		day_before(context->zone, context->year->reference, 1, &civil);
		*stamp = zone_stamp(context->zone, &civil);
	}
	*text = slice_after(*text, (size_t)(rest.ptr - whole) - DATE);
	return true;
}
