/* A JSON object of any program, read into our fields: looking for what the table of attributes knows. */
/* SPDX-License-Identifier: MIT */
#include "object.h"

#include "../json.h"
#include "suits.h"
#include "when.h"

enum {
	DEPTH_MAX = 6, /* objects inside each other that are looked into */
	WEIGHT = 32,   /* how much more a weight counts than depth */
	MACHINE =
	    64, /* how much more an account of a machine (WEB1$) counts than one of a person: it acts for another */
};

struct look {
	struct format_context *context;
	struct object_finds *finds;
	char path[ATTRIBUTE_NAME_MAX];
};

/* Our events put one level around it, and must be JSON for all that read them. */
static bool fits(struct slice object, struct buffer *scratch)
{
	struct json_fault fault;
	size_t brackets = 0;

	for (size_t i = 0; i < object.len && brackets < JSON_DEPTH_MAX; i++)
		brackets += object.ptr[i] == '{' || object.ptr[i] == '[';
	if (brackets < JSON_DEPTH_MAX)
		return true;
	scratch->len = 0;
	buffer_add_char(scratch, '[');
	buffer_add(scratch, object);
	buffer_add_char(scratch, ']');
	return json_check(scratch->ptr, scratch->ptr + scratch->len, NULL, &fault) != NULL;
}

bool object_check(struct slice text, struct buffer *unique, struct slice *object)
{
	struct names names = { 0 };
	struct json_fault fault;
	const char *end = text.ptr + text.len, *stop;

	if (text.len < 2 || text.ptr[0] != '{')
		return false;
	stop = json_check(text.ptr, end, &names, &fault);
	if (stop == NULL || json_blanks(stop, end) != end)
		return false;
	*object = slice_first(text, (size_t)(stop - text.ptr));
	if (!fits(*object, unique))
		return false;
	if (!names.repeated)
		return true;
	unique->len = 0;
	if (names_unique(unique, *object))
		*object = buffer_slice(unique);
	return true;
}

bool object_miss(struct slice text, struct parsed *out)
{
	struct json_fault fault;
	const char *end = text.ptr + text.len, *stop;

	if (out->miss == NULL || text.len == 0 || text.ptr[0] != '{')
		return parsed_miss(out, text, "a JSON object");
	stop = json_check(text.ptr, end, NULL, &fault);
	if (stop == NULL)
		miss_note(out->miss, fault.at, fault.what, true);
	else if (json_blanks(stop, end) != end)
		miss_note(out->miss, json_blanks(stop, end), "nothing behind the JSON object", false);
	else
		miss_note(out->miss, text.ptr, "fewer objects inside each other", false);
	return false;
}

/* Puts a name behind the path of len bytes, as the table writes names; returns the new length, 0 where it is none of
 * them. */
static size_t append_name(char *path, size_t len, struct slice key)
{
	if (len > 0)
		path[len++] = '.';
	for (size_t i = 0; i < key.len; i++) {
		char c = key.ptr[i];
		if (c == '_' || c == '-')
			continue;
		if (c == '\\' || len >= ATTRIBUTE_NAME_MAX - 1)
			return 0;
		path[len++] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
	}
	return len;
}

static void keep(struct look *look, enum attribute attribute, struct object_find find)
{
	struct object_find *best = &look->finds->of[attribute];

	if (best->row == NULL || find.cost < best->cost)
		*best = find;
}

/* A time, or the parts of one. */
static void offer_time(struct look *look, struct object_find find)
{
	struct object_find *best = &look->finds->of[ATTRIBUTE_TIME];
	struct slice text = suits_text(find.value);
	struct stamp stamp;

	if (when_read(look->context, text, find.row->attribute == ATTRIBUTE_TIME_UTC, &stamp)) {
		if (best->row != NULL && best->cost <= find.cost)
			return;
		*best = find;
		look->finds->stamp = stamp;
	} else if (find.row->attribute == ATTRIBUTE_DATE) {
		keep(look, ATTRIBUTE_DATE, find);
	} else if (when_is_clock(text)) {
		keep(look, ATTRIBUTE_CLOCK, find);
	}
}

static void offer(struct look *look, struct object_find find)
{
	const struct attribute_row *row = find.row;
	struct slice text = suits_text(find.value);

	switch (row->attribute) {
	case ATTRIBUTE_TIME:
	case ATTRIBUTE_TIME_UTC:
	case ATTRIBUTE_DATE:
		offer_time(look, find);
		return;
	case ATTRIBUTE_OFFSET:
		keep(look, ATTRIBUTE_OFFSET, find);
		return;
	case ATTRIBUTE_PROTOCOL:
		if (text.len > 5 && slice_equal_nocase(slice_first(text, 5), SLICE("HTTP/"))) {
			keep(look, ATTRIBUTE_HTTP_VERSION, find);
			return;
		}
		break;
	case ATTRIBUTE_USER:
		if (text.len > 0 && text.ptr[text.len - 1] == '$')
			find.cost += MACHINE;
		break;
	default:
		break;
	}
	if (suits(row, find.value))
		keep(look, row->attribute, find);
}

/* A scalar, or a list: the first of its members counts, or all of them as the bytes of a message. */
static void offer_value(struct look *look, const struct attribute_row *row, struct slice value, unsigned depth)
{
	struct object_find find = {
		.row = row, .value = value, .cost = row->weight * WEIGHT + depth, .top = depth == 0
	};
	struct json_walk walk;
	struct slice key;

	if (json_kind(value) == JSON_KIND_ARRAY && row->attribute != ATTRIBUTE_MESSAGE) {
		walk = json_walk(value);
		if (!json_next(&walk, &key, &find.value) || json_kind(find.value) >= JSON_KIND_ARRAY)
			return;
		find.top = false;
	}
	if (json_kind(find.value) != JSON_KIND_NULL)
		offer(look, find);
}

static void look_into(struct look *look, struct slice object, size_t base, unsigned depth)
{
	struct json_walk walk = json_walk(object);
	struct slice key, value;

	while (json_next(&walk, &key, &value)) {
		size_t len = append_name(look->path, base, key);
		const struct attribute_row *row;
		if (len == 0)
			continue;
		row = attribute_find((struct slice){ look->path, len });
		if (json_kind(value) == JSON_KIND_OBJECT) {
			bool inside = row != NULL && row->attribute == ATTRIBUTE_INSIDE;
			if (depth < DEPTH_MAX)
				look_into(look, value, inside ? 0 : len, depth + 1);
			continue;
		}
		for (; row != NULL; row = attribute_same(row, row + 1) ? row + 1 : NULL)
			if (row->attribute != ATTRIBUTE_INSIDE)
				offer_value(look, row, value, depth);
	}
}

/* Under "host" web servers write the machine that was asked for; under "service" firewalls the one of a port. A level
 * that is a word has one name for all. */
static void settle_meanings(struct object_finds *finds)
{
	struct object_find *host = &finds->of[ATTRIBUTE_LOG_SOURCE], *vhost = &finds->of[ATTRIBUTE_VHOST];
	struct object_find *process = &finds->of[ATTRIBUTE_PROCESS];
	bool web = finds->of[ATTRIBUTE_METHOD].row != NULL && finds->of[ATTRIBUTE_PATH].row != NULL;

	if (web && host->row != NULL && strcmp(host->row->name, "host") == 0) {
		if (vhost->row == NULL)
			*vhost = *host;
		host->row = NULL;
	}
	if (finds->of[ATTRIBUTE_LEVEL].row != NULL && json_kind(finds->of[ATTRIBUTE_LEVEL].value) == JSON_KIND_STRING)
		finds->of[ATTRIBUTE_LEVEL_NAME] = finds->of[ATTRIBUTE_LEVEL];
	if (process->row != NULL && process->row->weight >= ATTRIBUTE_DOUBTFUL &&
	    finds->of[ATTRIBUTE_DEST_PORT].row != NULL)
		process->row = NULL;
}

/*
 * Does the object hold a member of the name under which an attribute goes to extended? Then that stays what it is,
 * unless it is empty. One with escapes might be any of them.
 */
static void respect_names(struct slice object, struct object_finds *finds)
{
	struct json_walk walk = json_walk(object);
	struct slice key, value;
	int found[ATTRIBUTE_COUNT], count = 0;

	for (int i = ATTRIBUTE_EXTENDED; i < ATTRIBUTE_COUNT; i++)
		if (finds->of[i].row != NULL)
			found[count++] = i;
	while (count > 0 && json_next(&walk, &key, &value))
		for (int i = 0; i < count; i++) {
			if (memchr(key.ptr, '\\', key.len) == NULL && !slice_equal(key, attribute_name(found[i])))
				continue;
			if (slice_is(value, "\"\"") && memchr(key.ptr, '\\', key.len) == NULL)
				finds->empty[found[i]] = value.ptr;
			else
				finds->of[found[i]].row = NULL;
		}
}

static bool has_member(struct slice object, struct slice name)
{
	struct json_walk walk = json_walk(object);
	struct slice key, value;

	while (json_next(&walk, &key, &value))
		if (slice_equal(key, name) || memchr(key.ptr, '\\', key.len) != NULL)
			return true;
	return false;
}

/* Helpers and rules know these names as words: an object of that name (Okta's outcome) makes room for them. */
static struct slice name_of_rest(struct slice object, struct slice key, struct slice value)
{
	static const struct {
		struct slice name, as;
	} words[] = { { { "outcome", 7 }, { "event_outcome", 13 } }, { { "category", 8 }, { "event_category", 14 } } };

	for (size_t i = 0; i < 2 && (value.ptr[0] == '{' || value.ptr[0] == '['); i++)
		if (slice_equal(key, words[i].name) && !has_member(object, words[i].as))
			return words[i].as;
	return key;
}

/* The members that were not taken. */
static void add_rest(struct slice object, const struct object_finds *finds, struct buffer *extended)
{
	struct json_walk walk = json_walk(object);
	struct slice key, value;
	const char *taken[2 * ATTRIBUTE_COUNT];
	size_t count = 0;

	for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
		if (finds->of[i].taken)
			taken[count++] = finds->of[i].value.ptr;
		if (finds->of[i].row != NULL && finds->empty[i] != NULL)
			taken[count++] = finds->empty[i];
	}
	while (json_next(&walk, &key, &value)) {
		size_t i = 0;
		while (i < count && taken[i] != value.ptr)
			i++;
		if (i < count)
			continue;
		const struct slice name = name_of_rest(object, key, value);
		if (extended->len > 0)
			buffer_add_char(extended, ',');
		if (name.ptr == key.ptr) {
			json_add_value(extended,
				       (struct slice){ key.ptr - 1, (size_t)(value.ptr + value.len - key.ptr) + 1 });
			continue;
		}
		json_add_string(extended, name);
		buffer_add_char(extended, ':');
		json_add_value(extended, value);
	}
}

void object_read(struct format_context *context, struct slice object, struct parsed *out)
{
	struct object_finds finds;
	struct look look = { .context = context, .finds = &finds };

	memset(&finds, 0, sizeof finds);
	look_into(&look, object, 0, 0);
	settle_meanings(&finds);
	respect_names(object, &finds);
	object_fill(context, &finds, out);
	add_rest(object, &finds, &out->extended);
}
