/* emerge: Gentoo's emerge.log: seconds since 1970, a colon, and what emerge did. */
/* SPDX-License-Identifier: MIT */
#include "syslog.h"
#include "table.h"

#include "../epoch.h"

static const char *const samples[] = {
	"1718020800:  >>> emerge (1 of 2) sys-apps/util-linux-2.39.3 to /",
	"1718020860:  ::: completed emerge (1 of 2) sys-apps/util-linux-2.39.3 to /",
	"1718020861: Started emerge on: Jun 10, 2024 12:01:01",
	NULL,
};

enum {
	SECONDS_LEN = sizeof "1718020800" - 1,
};

/* The package that a line is about: behind "(1 of 2) " or "success: ", up to a blank. */
static struct slice package_of(struct slice text)
{
	static const struct slice starts[] = {
		{ ">>> emerge (", 12 },
		{ "::: completed emerge (", 22 },
		{ "=== (", 5 },
		{ ">>> unmerge success: ", 21 },
	};
	struct slice rest = { 0 };

	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		if (slice_starts(text, starts[i]))
			rest = slice_after(text, starts[i].len);
	if (rest.len > 0 && rest.ptr[0] >= '0' && rest.ptr[0] <= '9') {
		rest = slice_after(rest, slice_find(rest, ')'));
		rest = slice_after(rest, rest.len > 2 ? 2 : rest.len);
	}
	rest = slice_first(rest, slice_find(rest, ' '));
	return slice_find(rest, '/') < rest.len ? rest : (struct slice){ 0 };
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice package;

	(void)context;
	if (line.len < SECONDS_LEN + 2 || !epoch_read(slice_first(line, SECONDS_LEN), &out->stamp))
		return parsed_miss(out, line, "seconds since 1970");
	if (line.ptr[SECONDS_LEN] != ':' || line.ptr[SECONDS_LEN + 1] != ' ')
		return parsed_miss(out, slice_after(line, SECONDS_LEN), "a colon and a blank");
	out->has_stamp = true;
	line = slice_after(line, SECONDS_LEN + 1);
	syslog_blanks(&line);
	package = package_of(line);
	parsed_text(out, FIELD_SOURCE_PROCESS, SLICE("emerge"));
	parsed_text(out, FIELD_MESSAGE, line);
	if (package.len > 0)
		parsed_extend(out, "package", package);
	return true;
}

const struct format format_emerge = {
	.name = "emerge",
	.what = "Gentoo's emerge.log",
	.samples = samples,
	.sure = true,
	.read = read,
};
