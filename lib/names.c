/* Do two members of one object have the same name? A quick look while a line is read, which may err to one side. */
/* SPDX-License-Identifier: MIT */
#include "names.h"

#include "json.h"
#include "memory.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum {
	NAMES_MOST = NAMES_TABLE / 2,
};

void names_add(struct names *names, uint32_t object, struct slice name)
{
	uint32_t tag = (uint32_t)XXH3_64bits_withSeed(name.ptr, name.len, object) | 1; /* 0: a free place */
	unsigned at = tag >> 1;

	if (names->count == 0)
		memset(names->tags, 0, sizeof names->tags);
	if (++names->count > NAMES_MOST || memchr(name.ptr, '\\', name.len) != NULL)
		names->repeated = true; /* nobody looked */
	if (names->repeated)
		return;
	for (; names->tags[at % NAMES_TABLE] != 0; at++)
		if (names->tags[at % NAMES_TABLE] == tag)
			names->repeated = true;
	names->tags[at % NAMES_TABLE] = tag;
}

/* A member of an object: its name without escapes, and where it stands, from its quote on. */
struct member {
	struct slice name;
	char *unescaped; /* what name borrows from, or NULL */
	struct slice value;
	const char *start;
	bool kept;
};

static int by_name(const void *a, const void *b)
{
	const struct member *one = *(struct member *const *)a, *other = *(struct member *const *)b;
	int order = slice_compare(one->name, other->name);

	return order != 0 ? order : (one->start > other->start) - (one->start < other->start);
}

/* Only the last of those with one name is kept. */
static void keep_last(struct member *members, size_t count)
{
	struct member **sorted = memory_new(count, sizeof *sorted);

	for (size_t i = 0; i < count; i++)
		sorted[i] = &members[i];
	qsort(sorted, count, sizeof *sorted, by_name);
	for (size_t i = 0; i < count; i++)
		sorted[i]->kept = i + 1 == count || !slice_equal(sorted[i]->name, sorted[i + 1]->name);
	free(sorted);
}

static void read_name(struct member *member, struct slice key)
{
	struct buffer scratch = { 0 };

	member->name = key;
	member->start = key.ptr - 1;
	if (memchr(key.ptr, '\\', key.len) == NULL)
		return;
	member->unescaped = memory_text(json_text((struct slice){ key.ptr - 1, key.len + 2 }, &scratch));
	member->name = (struct slice){ member->unescaped, scratch.len };
	buffer_clear(&scratch);
}

static struct member *read_members(struct slice object, size_t *count)
{
	struct json_walk walk = json_walk(object);
	struct member *members = NULL;
	struct slice key, value;
	size_t room = 0;

	for (*count = 0; json_next(&walk, &key, &value); ++*count) {
		members = memory_grow(members, &room, *count + 1, sizeof *members);
		members[*count] = (struct member){ .value = value };
		read_name(&members[*count], key);
	}
	return members;
}

static bool unique_object(struct buffer *to, struct slice object)
{
	const char *p = object.ptr + 1, *end = object.ptr + object.len;
	struct member *members;
	bool first = true, dropped = false;
	size_t count;

	members = read_members(object, &count);
	keep_last(members, count);
	buffer_add_char(to, '{');
	for (size_t i = 0; i < count; i++) {
		const struct member *member = &members[i];
		if (member->kept && !first)
			buffer_add_char(to, ',');
		if (member->kept) {
			/* With the blanks before it, but for a comma, which may have been that of a dropped one. */
			while (p < member->start && *p == ',')
				p++;
			buffer_add(to, (struct slice){ p, (size_t)(member->value.ptr - p) });
			dropped |= names_unique(to, member->value);
			first = false;
		}
		dropped |= !member->kept;
		p = member->value.ptr + member->value.len;
		while (p < end && *p != ',' && *p != '}')
			p++;
		free(member->unescaped);
	}
	buffer_add_char(to, '}');
	free(members);
	return dropped;
}

static bool unique_array(struct buffer *to, struct slice array)
{
	struct json_walk walk = json_walk(array);
	const char *p = array.ptr;
	struct slice key, value;
	bool dropped = false;

	while (json_next(&walk, &key, &value)) {
		buffer_add(to, (struct slice){ p, (size_t)(value.ptr - p) });
		dropped |= names_unique(to, value);
		p = value.ptr + value.len;
	}
	buffer_add(to, (struct slice){ p, (size_t)(array.ptr + array.len - p) });
	return dropped;
}

bool names_unique(struct buffer *to, struct slice value)
{
	enum json_kind kind = json_kind(value);

	if (kind == JSON_KIND_OBJECT)
		return unique_object(to, value);
	if (kind == JSON_KIND_ARRAY)
		return unique_array(to, value);
	buffer_add(to, value);
	return false;
}
