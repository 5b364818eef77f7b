/* The time that is asked for on the command line, as the range of ids that lie in it. */
/* SPDX-License-Identifier: MIT */
#include "period.h"

#include "range.h"

/* The last id that a point in time can have. */
static struct id id_ceiling(int64_t time)
{
	struct id id = id_floor(time);

	id.hash_high = UINT16_MAX;
	id.hash_low = UINT64_MAX;
	return id;
}

bool period_asked(const struct period *period)
{
	return period->last > 0 || period->range != NULL || period->since != NULL || period->until != NULL;
}

/* With the clock of the machine there is no end: what comes from one that is ahead is not hidden. */
static bool last_ids(const struct period *period, struct zone *zone, struct id *low, struct id *high, struct error *err)
{
	int64_t now = wall_clock();

	if (period->now != NULL && !zone_read_time(zone, slice_of(period->now), now, &now, err))
		return false;
	if (period->now != NULL)
		*high = id_ceiling(now);
	*low = id_floor(now - period->last);
	return true;
}

static bool range_ids(const struct period *period, struct zone *zone, struct id *low, struct id *high,
		      struct error *err)
{
	struct range range;

	if (!range_read(&range, zone, slice_of(period->range), err))
		return false;
	*low = id_floor(range.from);
	*high = id_ceiling(range.to);
	return true;
}

static bool bound_ids(const struct period *period, struct zone *zone, struct id *low, struct id *high,
		      struct error *err)
{
	const int64_t now = wall_clock();
	int64_t since = INT64_MIN, until = INT64_MAX;

	if (period->since != NULL && !zone_read_time(zone, slice_of(period->since), now, &since, err))
		return error_within(err, "--since");
	if (period->until != NULL && !zone_read_time(zone, slice_of(period->until), now, &until, err))
		return error_within(err, "--until");
	if (since >= until)
		return error_set(err, "--since is not earlier than --until");
	if (period->since != NULL)
		*low = id_floor(since);
	if (period->until != NULL)
		*high = id_ceiling(until - MILLISECOND);
	return true;
}

bool period_ids(const struct period *period, struct zone *zone, struct id *low, struct id *high, struct error *err)
{
	const bool bounds = period->since != NULL || period->until != NULL;

	if ((period->last > 0) + (period->range != NULL) + bounds > 1)
		return error_set(err, "--last, --range, and --since with --until do not go together");
	if (period->last > 0)
		return last_ids(period, zone, low, high, err);
	if (period->range != NULL)
		return range_ids(period, zone, low, high, err);
	return bound_ids(period, zone, low, high, err);
}
