/* Files of an audit event: its PATH records as lists. */
/* SPDX-License-Identifier: MIT */
#include "audit_path.h"

#include "../json.h"
#include "audit_pair.h"

#include <limits.h>

enum {
	MEMBERS_MAX = 32,	 /* of one record */
	RESOLVED_MAX = 64 << 10, /* bytes of a list, behind which names stay as they are: a folder can be long */
};

static bool is_path(const struct audit *record)
{
	return slice_is(record->type, "PATH");
}

/* The value of a key in a record, decoded if it is a name; false where it is not known. */
static bool find_value(const struct audit *record, const char *key, struct buffer *to)
{
	struct slice body = record->body;
	struct audit_pair pair;

	to->len = 0;
	while (audit_pair_next(&body, &pair)) {
		if (!slice_is(pair.key, key) || audit_pair_unknown(&pair))
			continue;
		if (slice_is(pair.key, "name"))
			audit_pair_decode(&pair, to);
		else
			buffer_add(to, pair.value);
		return true;
	}
	return false;
}

/* The parts of a path behind another one. */
static void add_parts(struct buffer *to, struct slice path)
{
	while (path.len > 0) {
		const size_t n = slice_find(path, '/');
		const struct slice part = slice_first(path, n);
		path = slice_after(path, n < path.len ? n + 1 : n);
		if (slice_is(part, "..")) {
			const char *slash = to->len > 0 ? memrchr(to->ptr, '/', to->len) : NULL;
			to->len = slash != NULL ? (size_t)(slash - to->ptr) : 0;
		} else if (part.len > 0 && !slice_is(part, ".")) {
			buffer_add_char(to, '/');
			buffer_add(to, part);
		}
	}
}

/* Adds a string to a list: the name from the root on, where that is known. */
static void add_name(struct buffer *list, struct slice name, struct slice cwd, struct buffer *whole)
{
	const bool relative = name.ptr[0] != '/';
	const bool rooted = cwd.len > 0 && cwd.len <= PATH_MAX && cwd.ptr[0] == '/' && list->len <= RESOLVED_MAX;

	if (list->len > 1)
		buffer_add_char(list, ',');
	if (relative && !rooted) {
		json_add_string(list, name);
		return;
	}
	whole->len = 0;
	if (relative)
		add_parts(whole, cwd);
	add_parts(whole, name);
	if (whole->len == 0)
		buffer_add_char(whole, '/');
	json_add_string(list, buffer_slice(whole));
}

/* Names of the records whose nametype is this one; NULL: of all. */
static void add_names(const struct audit *records, size_t count, struct slice cwd, const char *nametype,
		      struct slice list_name, struct parsed *out)
{
	struct buffer *list = &out->work[WORK_LIST], *text = &out->work[WORK_TEXT], *whole = &out->work[WORK_LINE];

	list->len = 0;
	buffer_add_char(list, '[');
	for (size_t i = 0; i < count; i++) {
		if (!is_path(&records[i]))
			continue;
		if (nametype != NULL &&
		    (!find_value(&records[i], "nametype", text) || !slice_is(buffer_slice(text), nametype)))
			continue;
		if (find_value(&records[i], "name", text))
			add_name(list, buffer_slice(text), cwd, whole);
	}
	buffer_add_char(list, ']');
	if (list->len > 2)
		parsed_extend_json(out, list_name, buffer_slice(list));
}

/* Pairs that say nothing: the record's number in its event, and rights that the file does not give. */
static bool is_idle(const struct audit_pair *pair)
{
	return slice_is(pair->key, "item") || (slice_starts(pair->key, SLICE("cap_")) &&
					       (slice_is(pair->value, "0") || slice_is(pair->value, "none") ||
						slice_is(pair->value, "0000000000000000")));
}

static bool is_known(const struct slice *keys, size_t count, struct slice key)
{
	for (size_t i = 0; i < count; i++)
		if (slice_equal(keys[i], key))
			return true;
	return false;
}

static void add_object(struct buffer *list, const struct audit *record, struct buffer *text)
{
	struct slice body = record->body, keys[MEMBERS_MAX];
	char name[AUDIT_NAME_MAX];
	struct audit_pair pair;
	size_t count = 0;

	buffer_add(list, list->len > 1 ? SLICE(",{") : SLICE("{"));
	while (count < MEMBERS_MAX && audit_pair_next(&body, &pair)) {
		if (pair.key.len >= AUDIT_KEY_MAX || audit_pair_unknown(&pair) || is_idle(&pair) ||
		    is_known(keys, count, pair.key))
			continue;
		if (count > 0)
			buffer_add_char(list, ',');
		keys[count++] = pair.key;
		json_add_string(list, audit_pair_name(&pair, name));
		buffer_add_char(list, ':');
		text->len = 0;
		if (slice_is(pair.key, "name"))
			audit_pair_decode(&pair, text);
		else
			buffer_add(text, pair.value);
		json_add_string(list, buffer_slice(text));
	}
	buffer_add_char(list, '}');
}

static void add_objects(const struct audit *records, size_t count, struct parsed *out)
{
	struct buffer *list = &out->work[WORK_LIST], *text = &out->work[WORK_TEXT];

	list->len = 0;
	buffer_add_char(list, '[');
	for (size_t i = 0; i < count; i++)
		if (is_path(&records[i]))
			add_object(list, &records[i], text);
	buffer_add_char(list, ']');
	parsed_extend_json(out, SLICE("path_records"), buffer_slice(list));
}

void audit_path_read(const struct audit *records, size_t count, struct slice cwd, struct parsed *out)
{
	size_t first = 0;

	while (first < count && !is_path(&records[first]))
		first++;
	if (first == count)
		return;
	add_names(records, count, cwd, NULL, SLICE("paths"), out);
	add_names(records, count, cwd, "CREATE", SLICE("paths_created"), out);
	add_names(records, count, cwd, "DELETE", SLICE("paths_deleted"), out);
	add_objects(records, count, out);
}
