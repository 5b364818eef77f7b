/* How many lines were read, and by which format. */
/* SPDX-License-Identifier: MIT */
#include "parse_counts.h"

#include "buffer.h"

#include <err.h>
#include <inttypes.h>

uint64_t *parse_counts_of(struct parse_counts *counts, const struct format *format)
{
	size_t i = 0;

	if (format == NULL)
		return &counts->unparsed;
	while (formats[i] != format)
		i++;
	return &counts->of[i];
}

uint64_t parse_counts_events(const struct parse_counts *counts)
{
	uint64_t sum = counts->passed + counts->unparsed;

	for (size_t i = 0; i < FORMATS_MAX; i++)
		sum += counts->of[i];
	return sum;
}

static void add_part(struct buffer *text, const char **before, uint64_t count, const char *what)
{
	if (count == 0)
		return;
	buffer_printf(text, "%s%" PRIu64 " %s", *before, count, what);
	*before = ", ";
}

/* The format that counts most of those not told yet, which are left above 0; -1: there is none. */
static int most(const uint64_t left[FORMATS_MAX])
{
	int best = -1;

	for (int i = 0; i < FORMATS_MAX; i++)
		if (left[i] > 0 && (best < 0 || left[i] > left[best]))
			best = i;
	return best;
}

static void add_parts(struct buffer *text, const struct parse_counts *counts)
{
	uint64_t left[FORMATS_MAX];
	const char *before = ": ";

	memcpy(left, counts->of, sizeof left);
	for (int i; (i = most(left)) >= 0; left[i] = 0)
		add_part(text, &before, left[i], formats[i]->name);
	add_part(text, &before, counts->passed, "passed as events");
	add_part(text, &before, counts->unparsed, "unparsed");
	add_part(text, &before, counts->earlier, "before --since");
}

void parse_counts_tell(const struct parse_counts *counts)
{
	const uint64_t events = parse_counts_events(counts);
	struct buffer text = { 0 };

	buffer_printf(&text, "%" PRIu64 " line%s", counts->lines, counts->lines == 1 ? "" : "s");
	if (events + counts->earlier != counts->lines)
		buffer_printf(&text, ", %" PRIu64 " event%s", events, events == 1 ? "" : "s");
	add_parts(&text, counts);
	/* No line is refused here, as others do with what is no event; who reads the lines of all asks for it. */
	buffer_printf(&text, "; %" PRIu64 " blank, 0 refused", counts->blank);
	if (counts->skipped > 0)
		buffer_printf(&text, "; %" PRIu64 " bytes before --since were not read", counts->skipped);
	warnx("%.*s", (int)text.len, text.ptr);
	buffer_clear(&text);
}
