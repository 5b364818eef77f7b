/* Walking through JSON text that has been checked. */
/* SPDX-License-Identifier: MIT */
#include "json.h"

#include "scan.h"
#include "utf8.h"

static inline const char *skip_blanks(const char *p, const char *end)
{
	return p < end && (unsigned char)*p > ' ' ? p : json_blanks(p, end);
}

enum json_kind json_kind(struct slice value)
{
	switch (value.len > 0 ? value.ptr[0] : 'n') {
	case '"':
		return JSON_KIND_STRING;
	case '{':
		return JSON_KIND_OBJECT;
	case '[':
		return JSON_KIND_ARRAY;
	case 't':
		return JSON_KIND_TRUE;
	case 'f':
		return JSON_KIND_FALSE;
	case 'n':
		return JSON_KIND_NULL;
	default:
		return JSON_KIND_NUMBER;
	}
}

/* The closing quote of a checked string whose text starts at p. */
static const char *string_end(const char *p, const char *end)
{
	for (;;) {
		p = scan_string(p, end);
		if (p == end || *p == '"')
			return p;
		p += *p == '\\' ? 2 : 1;
	}
}

/* Behind the checked value at p. */
static const char *value_end(const char *p, const char *end)
{
	unsigned depth = 0;

	do {
		if (*p == '"')
			p = string_end(p + 1, end);
		else if (*p == '{' || *p == '[')
			depth++;
		else if (*p == '}' || *p == ']')
			depth--;
		else if (depth == 0)
			while (p + 1 < end && strchr(",]} \t\r\n", p[1]) == NULL)
				p++;
		p++;
	} while (depth > 0 && p < end);
	return p;
}

struct json_walk json_walk(struct slice value)
{
	enum json_kind kind = json_kind(value);

	if (kind != JSON_KIND_ARRAY && kind != JSON_KIND_OBJECT)
		return (struct json_walk){ 0 };
	return (struct json_walk){ value.ptr + 1, value.ptr + value.len - 1, kind == JSON_KIND_OBJECT };
}

bool json_next(struct json_walk *walk, struct slice *key, struct slice *value)
{
	const char *p = skip_blanks(walk->p, walk->end), *stop;

	*key = (struct slice){ 0 };
	if (p < walk->end && *p == ',')
		p = skip_blanks(p + 1, walk->end);
	if (p == walk->end)
		return false;
	if (walk->named) {
		stop = string_end(p + 1, walk->end);
		*key = (struct slice){ p + 1, (size_t)(stop - p - 1) };
		p = skip_blanks(stop + 1, walk->end);
		p = skip_blanks(p + 1, walk->end); /* behind the colon */
	}
	stop = value_end(p, walk->end);
	*value = (struct slice){ p, (size_t)(stop - p) };
	walk->p = stop;
	return true;
}

/* Is a name as it stands in the text, maybe escaped, this one? */
static bool is_name(struct slice key, struct slice name)
{
	struct buffer scratch = { 0 };
	bool same;

	if (memchr(key.ptr, '\\', key.len) == NULL)
		return slice_equal(key, name);
	same = slice_equal(json_text((struct slice){ key.ptr - 1, key.len + 2 }, &scratch), name);
	buffer_clear(&scratch);
	return same;
}

bool json_member(struct slice object, struct slice name, struct slice *value)
{
	struct json_walk walk = json_walk(object);
	struct slice key, found;
	bool any = false;

	while (walk.named && json_next(&walk, &key, &found))
		if (is_name(key, name)) {
			*value = found;
			any = true;
		}
	return any;
}

static uint32_t hex4(const char *p)
{
	uint32_t n = 0;

	for (int i = 0; i < 4; i++)
		n = n << 4 | (uint32_t)(p[i] <= '9' ? p[i] - '0' : (p[i] | 0x20) - 'a' + 10);
	return n;
}

/* Takes the escape \uXXXX at p, the second half of a surrogate pair too; a lone half is U+FFFD. */
static const char *unescape_code(const char *p, const char *end, struct buffer *to)
{
	uint32_t code = hex4(p + 2);

	p += 6;
	if (code >= 0xd800 && code <= 0xdbff && end - p >= 6 && p[0] == '\\' && p[1] == 'u') {
		uint32_t low = hex4(p + 2);
		if (low >= 0xdc00 && low <= 0xdfff) {
			code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
			p += 6;
		}
	}
	to->len += utf8_put(to->ptr + to->len, code);
	return p;
}

static const char *unescape(const char *p, const char *end, struct buffer *to)
{
	static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";
	const char *letter;

	if (p[1] == 'u')
		return unescape_code(p, end, to);
	letter = strchr(letters, p[1]);
	to->ptr[to->len++] = letter != NULL ? meant[letter - letters] : p[1];
	return p + 2;
}

struct slice json_text(struct slice value, struct buffer *scratch)
{
	const char *p = value.ptr + 1, *end = value.ptr + value.len - 1;

	if (json_kind(value) != JSON_KIND_STRING)
		return value;
	if (memchr(p, '\\', (size_t)(end - p)) == NULL)
		return (struct slice){ p, (size_t)(end - p) };
	scratch->len = 0;
	buffer_room(scratch, value.len); /* no escape is shorter than what it means */
	while (p < end) {
		const char *slash = memchr(p, '\\', (size_t)(end - p));
		size_t plain = (size_t)((slash != NULL ? slash : end) - p);
		memcpy(scratch->ptr + scratch->len, p, plain);
		scratch->len += plain;
		p = slash != NULL ? unescape(slash, end, scratch) : end;
	}
	return buffer_slice(scratch);
}
