/* The table of --advise: how many alerts each limit and time would give. */
/* SPDX-License-Identifier: MIT */
#include "advise_inside.h"

#include "terminal.h"
#include "stamp.h"

#include <inttypes.h>

enum {
	NAME_SHOWN = 200, /* bytes of the name of a rule */
	NUMBER_MAX = 24,  /* bytes of a number with its sign, star and NUL */
};

void advise_add_time(struct buffer *to, int64_t time)
{
	static const struct {
		int64_t length;
		const char *name;
	} units[] = {
		{ DAY, "d" }, { HOUR, "h" }, { MINUTE, "m" }, { SECOND, "s" }, { MILLISECOND, "ms" }, { 1, "us" }
	};

	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (time >= units[i].length)
			buffer_printf(to, "%" PRId64 "%s", time / units[i].length, units[i].name);
		time %= units[i].length;
	}
}

static void add_cell(struct buffer *to, size_t width, int64_t number, bool own)
{
	char text[NUMBER_MAX];

	snprintf(text, sizeof text, "%" PRId64 "%s", number, own ? "*" : "");
	buffer_printf(to, " %*s", (int)width, text);
}

static size_t width_of(const struct advise *advise)
{
	size_t width = strlen("alerts");

	for (size_t i = 0; i < advise->count + advise->limit_count; i++) {
		char text[NUMBER_MAX];
		const uint64_t number =
		    i < advise->count ? advise->alerts[i] : (uint64_t)advise->limits[i - advise->count];
		const size_t len = (size_t)snprintf(text, sizeof text, "%" PRIu64 "*", number);
		width = len > width ? len : width;
	}
	return width;
}

static void add_heading(struct buffer *to, const struct advise *advise, size_t width)
{
	char name[NAME_SHOWN];

	buffer_printf(to, "%s: alerts, by time_int (down) and event_limit (across); * as the rule has it\n",
		      terminal_text(name, sizeof name, slice_of(advise->rule->name)));
	buffer_add(to, SLICE("time_int"));
	for (size_t l = 0; l < advise->limit_count; l++)
		if (advise_has_limit(advise->rule))
			add_cell(to, width, advise->limits[l], advise->limits[l] == advise->rule->event_limit);
		else
			buffer_printf(to, " %*s", (int)width, "alerts");
	buffer_add_char(to, '\n');
}

static void add_row(struct buffer *to, const struct advise *advise, size_t t, size_t width)
{
	const size_t start = to->len;

	advise_add_time(to, advise->times[t]);
	if (advise->times[t] == advise->rule->time_int)
		buffer_add_char(to, '*');
	while (to->len < start + strlen("time_int"))
		buffer_add_char(to, ' ');
	for (size_t l = 0; l < advise->limit_count; l++)
		add_cell(to, width, (int64_t)advise->alerts[t * advise->limit_count + l], false);
	buffer_add_char(to, '\n');
}

void advise_table(const struct advise *advise, struct buffer *to)
{
	const size_t width = width_of(advise);

	add_heading(to, advise, width);
	for (size_t t = 0; t < advise->time_count; t++)
		add_row(to, advise, t, width);
}
