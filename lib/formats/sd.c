/* Structured data of RFC 5424: [id name="value" ..][..]. */
/* SPDX-License-Identifier: MIT */
#include "sd.h"

#include "../json.h"
#include "../scan.h"

/* A parameter, or (name.ptr NULL) an element without any. */
struct item {
	struct slice id, name, value;
	size_t element; /* place of the first item with this id */
	bool escaped;	/* value has a backslash */
};

struct items {
	size_t count;
	struct item list[SD_ITEMS_MAX];
};

/* 6.3.2: printable ASCII without '=', ']' and '"'. */
static const bool name_bytes[256] = {
	['!'] = true,
	['#' ... '<'] = true,
	['>' ... '\\'] = true,
	['^' ... '~'] = true,
};

/* A name at p; returns behind it, or NULL. */
static const char *take_name(const char *p, const char *end, struct slice *name)
{
	const char *start = p;

	while (p < end && name_bytes[(unsigned char)*p])
		p++;
	*name = (struct slice){ start, (size_t)(p - start) };
	return name->len > 0 && p < end ? p : NULL;
}

/* Behind the value that starts at p, or NULL where no quote closes it. */
static const char *take_value(const char *p, const char *end, struct item *item)
{
	bool quoted = p < end && *p == '"';
	const char *start = p += quoted;

	if (!quoted)
		p = scan_any_slack(p, end, ' ', ']', ']');
	while (quoted && (p = scan_any_slack(p, end, '"', '\\', '\\')) < end && *p == '\\') {
		item->escaped = true;
		p += p + 1 < end ? 2 : 1;
	}
	item->value = (struct slice){ start, (size_t)(p - start) };
	return p < end ? p + quoted : NULL;
}

/* The place of the first item with this id; that of the next item where there is none. */
static size_t find_element(const struct items *items, struct slice id)
{
	size_t i = 0;

	while (i < items->count && !slice_equal(items->list[i].id, id))
		i++;
	return i;
}

static struct item *new_item(struct items *items, struct slice id, size_t element)
{
	if (items->count == SD_ITEMS_MAX)
		return NULL;
	items->list[items->count] = (struct item){ .id = id, .element = element };
	return &items->list[items->count++];
}

static const char *blanks(const char *p, const char *end)
{
	while (p < end && *p == ' ')
		p++;
	return p;
}

/* The element whose bracket is at p; returns behind it, or NULL. */
static const char *take_element(const char *p, const char *end, struct items *items)
{
	struct slice id;
	struct item *item;
	size_t element;

	p = take_name(p + 1, end, &id);
	if (p == NULL || (*p != ' ' && *p != ']'))
		return NULL;
	element = find_element(items, id);
	if ((item = new_item(items, id, element)) == NULL)
		return NULL;
	for (p = blanks(p, end); p != NULL && p < end && *p != ']'; p = p != NULL ? blanks(p, end) : NULL) {
		if (item->name.ptr != NULL && (item = new_item(items, id, element)) == NULL)
			return NULL;
		p = take_name(p, end, &item->name);
		if (p == NULL || *p != '=')
			return NULL;
		p = take_value(p + 1, end, item);
	}
	return p != NULL && p < end ? p + 1 : NULL;
}

/* A text with its quotes; most need no escapes. */
static void add_string(struct buffer *to, struct slice text)
{
	char *at = buffer_room(to, text.len + 2);

	if (scan_plain_slack(text.ptr, text.ptr + text.len) < text.ptr + text.len) {
		json_add_string(to, text);
		return;
	}
	*at = '"';
	memcpy(at + 1, text.ptr, text.len);
	at[text.len + 1] = '"';
	to->len += text.len + 2;
}

/* A backslash before anything but '"', '\' and ']' stands for itself (6.3.3). */
static void add_value(struct buffer *to, const struct item *item)
{
	const char *p = item->value.ptr, *end = p + item->value.len;

	if (!item->escaped) {
		add_string(to, item->value);
		return;
	}
	buffer_add_char(to, '"');
	while (p < end) {
		const char *slash = memchr(p, '\\', (size_t)(end - p));
		const char *stop = slash != NULL ? slash : end;
		json_add_escaped(to, (struct slice){ p, (size_t)(stop - p) });
		if (slash == NULL || slash + 1 == end) {
			p = stop;
			break;
		}
		p = slash[1] == '"' || slash[1] == '\\' || slash[1] == ']' ? slash + 1 : slash;
		json_add_escaped(to, (struct slice){ p, 1 });
		p++;
	}
	json_add_escaped(to, (struct slice){ p, (size_t)(end - p) });
	buffer_add_char(to, '"');
}

static bool same_name(const struct item *a, const struct item *b)
{
	return a->element == b->element && a->name.ptr != NULL && slice_equal(a->name, b->name);
}

/* The values of the name at place i: its own, or a list where it stands again. */
static void add_values(struct buffer *to, const struct items *items, size_t i)
{
	size_t start = to->len, count = 0;

	for (size_t j = i; j < items->count; j++)
		if (same_name(&items->list[i], &items->list[j])) {
			if (count++ > 0)
				buffer_add_char(to, ',');
			add_value(to, &items->list[j]);
		}
	if (count == 1)
		return;
	buffer_room(to, 2); /* the text may move */
	memmove(to->ptr + start + 1, to->ptr + start, to->len - start);
	to->ptr[start] = '[';
	to->ptr[to->len + 1] = ']';
	to->len += 2;
}

/* Is this the first of its name? */
static bool is_first(const struct items *items, size_t i)
{
	for (size_t j = items->list[i].element; j < i; j++)
		if (same_name(&items->list[i], &items->list[j]))
			return false;
	return true;
}

static void add_element(struct buffer *to, const struct items *items, size_t i)
{
	const char *comma = "";

	add_string(to, items->list[i].id);
	buffer_add(to, SLICE(":{"));
	for (size_t j = i; j < items->count; j++) {
		const struct item *item = &items->list[j];
		if (item->name.ptr == NULL || item->element != i || !is_first(items, j))
			continue;
		buffer_add(to, slice_of(comma));
		add_string(to, item->name);
		buffer_add_char(to, ':');
		add_values(to, items, j);
		comma = ",";
	}
	buffer_add_char(to, '}');
}

static void add_elements(struct buffer *to, const struct items *items)
{
	buffer_add(to, to->len > 0 ? SLICE(",\"sd\":{") : SLICE("\"sd\":{"));
	for (size_t i = 0; i < items->count; i++)
		if (items->list[i].element == i) {
			if (i > 0)
				buffer_add_char(to, ',');
			add_element(to, items, i);
		}
	buffer_add_char(to, '}');
}

bool sd_read(struct slice *line, struct parsed *out)
{
	const char *p = line->ptr, *end = p + line->len;
	struct items items;

	items.count = 0;
	while (p != NULL && p < end && *p == '[')
		p = take_element(p, end, &items);
	if (p == NULL || (p < end && *p != ' '))
		return false;
	add_elements(&out->extended, &items);
	p += p < end;
	*line = (struct slice){ p, (size_t)(end - p) };
	return true;
}
