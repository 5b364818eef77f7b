/* A list of ids that others wrote: the evidence of alerts. */
/* SPDX-License-Identifier: MIT */
#include "ids.h"

#include "event.h"
#include "json.h"
#include "memory.h"
#include "refuse.h"

#include <err.h>
#include <stdlib.h>

static bool add(struct ids *ids, struct slice text)
{
	struct id id;

	if (!id_read(text, &id))
		return false;
	ids->list = memory_grow(ids->list, &ids->room, ids->count + 1, sizeof *ids->list);
	ids->list[ids->count++] = id;
	return true;
}

/* The members of source_ids; false where one of them is no id. */
static bool add_list(struct ids *ids, struct slice list, struct buffer *scratch)
{
	struct json_walk walk = json_walk(list);
	struct slice key, value;
	bool ok = true;

	while (json_next(&walk, &key, &value))
		ok &= add(ids, json_text(value, scratch));
	return ok;
}

static bool add_line(struct ids *ids, struct slice line, struct buffer *scratch)
{
	const struct slice text = slice_trim(line.ptr[line.len - 1] == '\r' ? slice_first(line, line.len - 1) : line);
	struct event event;
	struct error why;

	if (add(ids, text))
		return true;
	if (!event_read(&event, text, &why))
		return false;
	if (event_has(&event, FIELD_SOURCE_IDS))
		return add_list(ids, event_value(&event, FIELD_SOURCE_IDS), scratch);
	return add(ids, event_text(&event, FIELD_ID, scratch));
}

static int compare(const void *left, const void *right)
{
	return id_compare(*(const struct id *)left, *(const struct id *)right);
}

/* Sorts, and leaves each id once. */
static void settle(struct ids *ids)
{
	size_t kept = 0;

	if (ids->count > 0)
		qsort(ids->list, ids->count, sizeof *ids->list, compare);
	for (size_t i = 0; i < ids->count; i++)
		if (kept == 0 || id_compare(ids->list[kept - 1], ids->list[i]) != 0)
			ids->list[kept++] = ids->list[i];
	ids->count = kept;
}

enum status ids_read(struct ids *ids, const char *path)
{
	char *paths[] = { (char *)(uintptr_t)path };
	struct buffer scratch = { 0 };
	struct refuse refuse = { .rejects = -1 };
	struct slice line;
	struct input in;
	enum status status;

	input_init(&in, paths, 1, EVENT_LINE_MAX);
	while (ids->count <= IDS_MAX && input_line(&in, &line))
		if (!slice_is_blank(line) && !add_line(ids, line, &scratch))
			refuse_line(&refuse, &in, line, "no id, and no event that has one");
	buffer_clear(&scratch);
	status = refuse_end(&refuse);
	status = status_worse(status, input_close(&in));
	if (ids->count > IDS_MAX) {
		warnx("%s: more than %d ids", path, IDS_MAX);
		status = STATUS_FAILED;
	}
	settle(ids);
	return status;
}

void ids_clear(struct ids *ids)
{
	free(ids->list);
	*ids = (struct ids){ 0 };
}
