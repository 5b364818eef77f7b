/* Why a line was read by no format: told on standard error, for siem-parse --why. */
/* SPDX-License-Identifier: MIT */
#include "why.h"

#include "buffer.h"
#include "formats/format.h"
#include "terminal.h"

#include <err.h>
#include <inttypes.h>

enum {
	FOUND_MAX = 256,    /* bytes that are looked at .. */
	FOUND_COLUMNS = 24, /* .. and what is shown of them */
};

void why_begin(struct why *why, const struct input *in)
{
	why->line = 0;
	terminal_text(why->file, sizeof why->file, slice_of(input_name(in)));
}

static void add_found(struct buffer *to, struct slice rest)
{
	if (rest.len == 0) {
		buffer_add(to, SLICE(", found the end of the line"));
		return;
	}
	buffer_add(to, SLICE(", found \""));
	terminal_add(to, slice_first(rest, rest.len < FOUND_MAX ? rest.len : FOUND_MAX), FOUND_COLUMNS);
	buffer_add_char(to, '"');
}

void why_tell(const struct why *why, struct slice text, struct slice start)
{
	const struct miss *miss = &why->miss;
	const size_t at = miss->format != NULL ? (size_t)(miss->at - text.ptr) : 0;
	struct buffer words = { 0 };

	if (miss->format == NULL || (at <= text.len - start.len && !miss->lone))
		buffer_add(&words, SLICE("no format reads how it starts"));
	else
		buffer_printf(&words, "nearest is %s, up to column %zu: %s%s", miss->format->name, at + 1,
			      miss->fault ? "" : "expected ", miss->what);
	add_found(&words, miss->format != NULL ? slice_after(text, at) : text);
	warnx("%s:%" PRIu64 ": unparsed; %.*s", why->file, why->line, (int)words.len, words.ptr);
	buffer_clear(&words);
}
