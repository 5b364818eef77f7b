/* What was seen of the keys of rules, told as lines of JSON. */
/* SPDX-License-Identifier: MIT */
#include "explain_inside.h"

#include "json.h"
#include "memory.h"

#include <inttypes.h>
#include <stdlib.h>

/* A key of a rule, to be told. */
struct row {
	const struct look *look;
	const struct key *key;
	const struct record *record;
};

static int64_t limit_of(const struct rule *rule)
{
	return rule->step_count > 0 ? (int64_t)rule->step_count : rule->event_limit;
}

/* How much of the limit there was, in percent. */
static double nearness(const struct row *row)
{
	const int64_t limit = limit_of(row->look->rule);

	return (double)row->record->most * 100 / (double)(limit > 0 ? limit : 1);
}

static int by_nearness(const void *a, const void *b)
{
	const struct row *left = a, *right = b;
	const double one = nearness(left), two = nearness(right);
	int order;

	if (one != two)
		return one > two ? -1 : 1;
	if (left->record->episodes != right->record->episodes)
		return left->record->episodes > right->record->episodes ? -1 : 1;
	order = strcmp(left->look->rule->name, right->look->rule->name);
	return order != 0 ? order : slice_compare(left->key->text, right->key->text);
}

/* One of its values, or all of it as JSON. */
static bool is_wanted(const struct explain *explain, struct slice key)
{
	const char *name;
	json_t *value;
	bool wanted = explain->wanted == NULL || slice_is(key, explain->wanted);

	if (wanted)
		return true;
	json_t *json = json_loadb(key.ptr, key.len, 0, NULL);
	json_object_foreach(json, name, value)
	{
		char *text = json_is_string(value) ? NULL : json_dumps(value, JSON_ENCODE_ANY);
		const char *shown = text ? text : json_string_value(value);
		wanted |= shown != NULL && strcmp(shown, explain->wanted) == 0;
		free(text);
	}
	json_decref(json);
	return wanted;
}

static void add_member(struct buffer *to, const char *name, int64_t number)
{
	buffer_printf(to, ",\"%s\":%" PRId64, name, number);
}

static void write_measure(const struct row *row, struct buffer *to)
{
	const struct record *record = row->record;
	char stamp[STAMP_TEXT_MAX];
	const struct stamp at = { .time = record->at, .utc = true, .digits = record->at % SECOND == 0 ? 0 : 6 };

	add_member(to, "percent", (int64_t)nearness(row));
	add_member(to, "most", record->most);
	add_member(to, row->look->rule->step_count > 0 ? "steps" : "event_limit", limit_of(row->look->rule));
	buffer_add(to, SLICE(",\"most_at\":"));
	json_add_string(to, (struct slice){ stamp, stamp_print(stamp, &at) });
	add_member(to, "at_end", record->end);
}

static void write_row(const struct row *row, struct buffer *to)
{
	buffer_add(to, SLICE("{\"source_rule\":"));
	json_add_string(to, slice_of(row->look->rule->name));
	buffer_add(to, SLICE(",\"key\":"));
	buffer_add(to, row->key->text);
	if (explain_measures(row->look->shape))
		write_measure(row, to);
	if (row->look->shape == &ruletype_expect)
		add_member(to, "came", (int64_t)row->record->came);
	add_member(to, "events", (int64_t)row->record->events);
	add_member(to, "episodes", (int64_t)row->record->episodes);
	buffer_add(to, SLICE("}\n"));
}

static bool is_told(const struct explain *explain, const struct row *row)
{
	if (explain->near > 0)
		return row->record->episodes == 0 && nearness(row) >= explain->near * 100;
	return is_wanted(explain, row->key->text);
}

/* Adds those of a rule that are to be told. */
static size_t gather(const struct explain *explain, const struct look *look, struct row *rows)
{
	struct key **keys = keys_list(&look->records);
	size_t count = 0;

	for (size_t i = 0; i < look->records.count; i++) {
		rows[count] = (struct row){ look, keys[i], (const struct record *)(const void *)keys[i]->state };
		count += is_told(explain, &rows[count]);
	}
	free(keys);
	return count;
}

void explain_write(const struct explain *explain, struct output *out)
{
	size_t room = 0, count = 0;
	struct row *rows;

	for (size_t i = 0; i < explain->count; i++)
		room += explain->looks[i].records.count;
	rows = memory_new(room + 1, sizeof *rows);
	for (size_t i = 0; i < explain->count; i++)
		count += gather(explain, &explain->looks[i], rows + count);
	qsort(rows, count, sizeof *rows, by_nearness);
	for (size_t i = 0; i < count; i++) {
		write_row(&rows[i], &out->text);
		output_line(out);
	}
	free(rows);
}
