/* compose: what "docker compose logs" shows, the container before a bar, around JSON or key=value pairs. */
/* SPDX-License-Identifier: MIT */
#include "object.h"
#include "pairs.h"
#include "table.h"

static const char *const samples[] = {
	"shop-1  | {\"time\":\"2024-06-10T12:00:00Z\",\"level\":\"warn\",\"msg\":\"login failed\"}",
	"traefik  | time=\"2024-06-10T12:00:00Z\" level=debug msg=\"Handling TCP connection\"",
	NULL,
};

enum {
	NAME_MAX_BYTES = 128, /* of a container with the blanks behind */
};

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
	       c == '-';
}

/* "name  | ", moved behind. */
static bool take_name(struct slice *line, struct slice *name)
{
	size_t max = line->len < NAME_MAX_BYTES ? line->len : NAME_MAX_BYTES, n = 0, bar;

	while (n < max && is_name(line->ptr[n]))
		n++;
	for (bar = n; bar < max && line->ptr[bar] == ' '; bar++)
		continue;
	if (n == 0 || bar == n || bar + 1 >= max || line->ptr[bar] != '|' || line->ptr[bar + 1] != ' ')
		return false;
	*name = slice_first(*line, n);
	*line = slice_after(*line, bar + 2);
	return true;
}

static bool to_object(struct slice text, struct parsed *out, struct slice *object)
{
	unsigned hints;
	size_t count;

	if (object_check(text, &out->work[WORK_UNIQUE], object))
		return true;
	return pairs_logfmt(text, &out->work[WORK_LINE], &hints, &count) && (hints & (hints - 1)) != 0 &&
	       object_check(buffer_slice(&out->work[WORK_LINE]), &out->work[WORK_UNIQUE], object);
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice name, object;

	if (!take_name(&line, &name))
		return parsed_miss(out, line, "the name of a container, and a bar");
	if (!to_object(line, out, &object))
		return line.len > 0 && line.ptr[0] == '{'
			   ? object_miss(line, out)
			   : parsed_miss(out, line, "a JSON object, or pairs of key=value");
	parsed_text(out, FIELD_SOURCE_PROCESS, name);
	object_read(context, object, out);
	return true;
}

const struct format format_compose = {
	.name = "compose",
	.what = "docker compose logs: container | JSON or key=value",
	.samples = samples,
	.is_output = true,
	.read = read,
};
