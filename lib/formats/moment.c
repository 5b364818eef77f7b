/* Stamps of any notation as points in time: what they leave out comes from the context. */
/* SPDX-License-Identifier: MIT */
#include "moment.h"

/* The time of day without a date is that of the latest day which does not put it after the reference. */
static struct stamp clock_stamp(struct format_context *context, struct civil civil)
{
	struct stamp stamp;
	const int64_t reference = context->year->reference;
	int64_t day = (reference + zone_offset_at(context->zone, reference) * SECOND) / DAY;

	civil_from_days(day, &civil.year, &civil.month, &civil.day);
	stamp = zone_stamp(context->zone, &civil);
	if (stamp.time <= reference)
		return stamp;
	civil_from_days(day - 1, &civil.year, &civil.month, &civil.day);
	return zone_stamp(context->zone, &civil);
}

struct stamp moment_stamp(struct format_context *context, struct datetime *datetime)
{
	struct civil *civil = &datetime->civil;

	if (datetime->absolute)
		return datetime->stamp;
	if (civil->month == 0)
		return clock_stamp(context, *civil);
	if (civil->year == 0)
		year_set(context->year, context->zone, civil);
	if (!datetime->has_offset)
		return zone_stamp(context->zone, civil);
	return (struct stamp){
		.time = civil_time(civil) - datetime->offset * SECOND,
		.offset = datetime->offset,
		.utc = datetime->utc,
		.digits = civil->digits,
		.leap = civil->second == 60,
	};
}

bool moment_read(struct format_context *context, struct slice text, struct parsed *out)
{
	struct datetime datetime = { 0 };

	if (!datetime_read(&text, DATETIME_WITHIN, context->year->reference, &datetime))
		return false;
	out->stamp = moment_stamp(context, &datetime);
	return out->has_stamp = true;
}
