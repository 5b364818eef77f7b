/* Lines that go on with the one before: stack traces, indented text, what no format knows. */
/* SPDX-License-Identifier: MIT */
#include "continuation.h"

/* How lines of stack traces start that are not indented, or have lost it on their way. */
static const char *const starts[] = {
	"Caused by: ",	 /* Java */
	"Suppressed: ",	 /* Java */
	"at ",		 /* Java, .NET, JavaScript */
	"--- End of ",	 /* .NET */
	"goroutine ",	 /* Go */
	"created by ",	 /* Go */
	"\xe2\x80\xa6 ", /* "… 12 more" */
};

static bool is_indented(struct slice line)
{
	return line.len > 0 && (line.ptr[0] == ' ' || line.ptr[0] == '\t');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "... 12 more", "... 3 common frames omitted"; "#0 /srv/www/index.php(12): f()". */
static bool is_counted(struct slice line)
{
	if (slice_starts(line, SLICE("... ")))
		return line.len > 4 && is_digit(line.ptr[4]);
	return line.len > 2 && line.ptr[0] == '#' && is_digit(line.ptr[1]);
}

static bool is_marked(struct slice line)
{
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		if (slice_starts(line, slice_of(starts[i])))
			return true;
	return is_counted(line);
}

struct continuation continuation_after(struct slice first, bool stamped)
{
	return (struct continuation){ .begun = true, .stamped = stamped, .indented = is_indented(first) };
}

bool continuation_is(const struct continuation *before, struct slice line, bool known)
{
	if (!before->begun)
		return false;
	if (is_indented(line) ? !before->indented : is_marked(line))
		return true;
	return before->stamped && !known;
}
