/* What a store holds, table by table. */
/* SPDX-License-Identifier: MIT */
#include "stats.h"

#include "../lib/memory.h"

#include <inttypes.h>
#include <stdlib.h>

/* Names are gathered first: no store is asked two things at once. */
struct names {
	char **list;
	size_t count, room;
};

static void add_name(void *data, const char *name)
{
	struct names *names = data;

	names->list = memory_grow(names->list, &names->room, names->count + 1, sizeof *names->list);
	names->list[names->count++] = memory_text(slice_of(name));
}

static void add_time(struct buffer *to, const char *name, const char *text, struct zone *zone)
{
	struct stamp stamp = { .digits = 3 };
	struct id id;

	if (!id_read(slice_of(text), &id))
		return;
	stamp.time = (int64_t)id.milliseconds * MILLISECOND;
	stamp.offset = zone_offset_at(zone, stamp.time);
	buffer_printf(to, ",\"%s\":\"", name);
	to->len += stamp_print(buffer_room(to, STAMP_TEXT_MAX), &stamp);
	buffer_add_char(to, '"');
}

/* Names of tables have nothing in them that JSON would escape (store_name_check). */
static void write_table(struct store *store, const char *name, struct zone *zone, struct output *out)
{
	struct error why;
	struct store_about about;
	struct store_table *table = store_table(store, name, (enum record_kind)0, &why);
	struct buffer *text = &out->text;

	if (table == NULL || !store_about(table, &about, &why))
		store_give_up(STATUS_FAILED, &why);
	buffer_printf(text, "{\"table\":\"%s\",\"kind\":\"%s\",\"rows\":%" PRIu64, table->name,
		      record_kind_name(table->kind), about.rows);
	if (table->kind == RECORD_EVENT || table->kind == RECORD_SIEM) {
		add_time(text, "first", about.first, zone);
		add_time(text, "last", about.last, zone);
	}
	if (about.bytes > 0)
		buffer_printf(text, ",\"bytes\":%" PRIu64, about.bytes);
	buffer_add(text, SLICE("}\n"));
	output_line(out);
}

enum status stats_run(struct store *store, const char *only, struct zone *zone, struct output *out)
{
	struct names names = { 0 };
	struct error why;
	const size_t found = only != NULL ? 1 : 0;

	if (only != NULL)
		write_table(store, only, zone, out);
	else if (!store_tables(store, add_name, &names, &why))
		store_give_up(STATUS_FAILED, &why);
	for (size_t i = 0; i < names.count; i++) {
		write_table(store, names.list[i], zone, out);
		free(names.list[i]);
	}
	free(names.list);
	return names.count + found > 0 ? STATUS_OK : STATUS_REFUSED;
}
