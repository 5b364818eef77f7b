/* Lengths of time in rules: minutes, as siemstress writes them, or durations. */
/* SPDX-License-Identifier: MIT */
#include "rule.h"

#include "duration.h"
#include "stamp.h"

#define TIME_MAX (36525 * DAY)

bool rule_read_time(const json_t *value, int64_t *microseconds, struct error *err)
{
	if (json_is_string(value)) {
		const struct slice text = { json_string_value(value), json_string_length(value) };
		return duration_read(text, microseconds) ||
		       error_set(err, "'%s' is no duration: write 90s, 10m, 24h, 7d or minutes as a number",
				 json_string_value(value));
	}
	if (!json_is_number(value))
		return error_set(err, "must be a number of minutes or a duration like \"90s\"");
	const double minutes = json_number_value(value);
	if (!(minutes >= 0 && minutes <= (double)TIME_MAX / (double)MINUTE))
		return error_set(err, "must be from 0 to 100 years");
	*microseconds = (int64_t)(minutes * (double)MINUTE + 0.5);
	return true;
}
