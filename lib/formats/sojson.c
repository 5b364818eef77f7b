/* sojson: a document that is one JSON array or object, or several objects over several lines; asked for by its name. */
/* SPDX-License-Identifier: MIT */
#include "object.h"
#include "table.h"

#include "../json.h"

static const char *const samples[] = {
	"[{\"time\":\"2024-06-10T12:00:00Z\",\"host\":\"web1\",\"message\":\"started\"}]",
	NULL,
};

/* The only member of an array. */
static bool only_member(struct slice array, struct slice *member)
{
	struct json_walk walk = json_walk(array);
	struct slice key, next;

	return json_next(&walk, &key, member) && !json_next(&walk, &key, &next);
}

/* Is the line an array of one? More of them are told apart before, where the whole document is there (pieces.h). */
static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct json_fault fault;
	const char *end = line.ptr + line.len, *stop;

	if (line.len > 0 && line.ptr[0] == '[') {
		stop = json_check(line.ptr, end, NULL, &fault);
		if (stop == NULL && out->miss != NULL)
			miss_note(out->miss, fault.at, fault.what, true);
		if (stop == NULL)
			return false;
		if (json_blanks(stop, end) != end)
			return parsed_miss(out, slice_after(line, (size_t)(stop - line.ptr)),
					   "nothing behind the array");
		if (!only_member(slice_first(line, (size_t)(stop - line.ptr)), &line))
			return parsed_miss(out, slice_after(line, 1), "one object alone in the array");
	}
	if (!object_check(line, &out->work[WORK_UNIQUE], &line))
		return object_miss(line, out);
	object_read(context, line, out);
	return true;
}

const struct format format_sojson = {
	.name = "sojson",
	.what = "a document that is one JSON array or object, over any number of lines",
	.samples = samples,
	.is_output = true,
	.read = read,
};
