/* Reading JSON text: checking it to the letter of RFC 8259, and walking through what was checked. */
/* SPDX-License-Identifier: MIT */
#include "json.h"

#include "scan.h"
#include "utf8.h"

/* A check under way: a bit for each open array (0) or object (1) instead of recursion. */
struct check {
	const char *p;
	const char *end;
	struct json_fault *fault;
	unsigned depth;
	unsigned char objects[JSON_DEPTH_MAX / 8 + 1];
};

static bool fail(struct json_fault *fault, const char *at, const char *what)
{
	fault->at = at;
	fault->what = what;
	return false;
}

const char *json_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
		p++;
	return p;
}

static bool is_digit(const char *p, const char *end)
{
	return p < end && *p >= '0' && *p <= '9';
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Behind the escape at p, which is a backslash; NULL where it is none. */
static const char *check_escape(const char *p, const char *end)
{
	if (end - p >= 2 && p[1] != '\0' && strchr("\"\\/bfnrt", p[1]) != NULL)
		return p + 2;
	if (end - p < 6 || p[1] != 'u')
		return NULL;
	for (int i = 2; i < 6; i++)
		if (!is_hex(p[i]))
			return NULL;
	return p + 6;
}

const char *json_check_string(const char *p, const char *end, bool *escaped, struct json_fault *fault)
{
	for (;;) {
		const char *next;
		p = scan_string(p, end);
		if (p == end)
			return fail(fault, p, "string without closing quote"), NULL;
		if (*p == '"')
			return p;
		if (*p == '\\') {
			*escaped = true;
			next = check_escape(p, end);
			if (next == NULL)
				return fail(fault, p, "no such escape"), NULL;
			p = next;
		} else if ((unsigned char)*p < 0x20) {
			return fail(fault, p, "control character in a string"), NULL;
		} else {
			size_t length = utf8_length(p, end);
			if (length == 0)
				return fail(fault, p, "not UTF-8"), NULL;
			p += length;
		}
	}
}

static const char *digits(const char *p, const char *end)
{
	while (is_digit(p, end))
		p++;
	return p;
}

/* number = [ "-" ] int [ frac ] [ exp ] */
static bool check_number(struct check *c)
{
	const char *p = c->p, *end = c->end;

	if (p < end && *p == '-')
		p++;
	if (!is_digit(p, end))
		return fail(c->fault, p, "a value was expected");
	p = *p == '0' ? p + 1 : digits(p, end);
	if (p < end && *p == '.') {
		if (!is_digit(p + 1, end))
			return fail(c->fault, p, "a digit was expected behind the point");
		p = digits(p + 1, end);
	}
	if (p < end && (*p == 'e' || *p == 'E')) {
		p++;
		if (p < end && (*p == '+' || *p == '-'))
			p++;
		if (!is_digit(p, end))
			return fail(c->fault, p, "a digit was expected in the exponent");
		p = digits(p, end);
	}
	c->p = p;
	return true;
}

static bool check_word(struct check *c, struct slice word)
{
	if (!slice_starts((struct slice){ c->p, (size_t)(c->end - c->p) }, word))
		return fail(c->fault, c->p, "a value was expected");
	c->p += word.len;
	return true;
}

/* c->p is behind the opening quote. */
static bool check_string(struct check *c)
{
	bool escaped;
	const char *quote = json_check_string(c->p, c->end, &escaped, c->fault);

	if (quote == NULL)
		return false;
	c->p = quote + 1;
	return true;
}

static bool check_scalar(struct check *c)
{
	switch (*c->p) {
	case '"':
		c->p++;
		return check_string(c);
	case 't':
		return check_word(c, SLICE("true"));
	case 'f':
		return check_word(c, SLICE("false"));
	case 'n':
		return check_word(c, SLICE("null"));
	default:
		return check_number(c);
	}
}

static bool in_object(const struct check *c)
{
	return c->objects[c->depth / 8] >> c->depth % 8 & 1;
}

static bool open_level(struct check *c, bool object)
{
	if (c->depth == JSON_DEPTH_MAX)
		return fail(c->fault, c->p, "too deep");
	c->depth++;
	c->objects[c->depth / 8] = (unsigned char)((c->objects[c->depth / 8] & ~(1u << c->depth % 8)) |
						   (unsigned)object << c->depth % 8);
	c->p = json_blanks(c->p + 1, c->end);
	return true;
}

/* A name and its colon. */
static bool check_name(struct check *c)
{
	c->p = json_blanks(c->p, c->end);
	if (c->p == c->end || *c->p != '"')
		return fail(c->fault, c->p, "a name in quotes was expected");
	c->p++;
	if (!check_string(c))
		return false;
	c->p = json_blanks(c->p, c->end);
	if (c->p == c->end || *c->p != ':')
		return fail(c->fault, c->p, "':' was expected");
	c->p = json_blanks(c->p + 1, c->end);
	return true;
}

/* Behind a value: closes what ends here; then a comma, and in objects the next name. c->depth 0: all is done. */
static bool check_behind(struct check *c)
{
	while (c->depth > 0) {
		c->p = json_blanks(c->p, c->end);
		if (c->p < c->end && *c->p == ',') {
			c->p = json_blanks(c->p + 1, c->end);
			return !in_object(c) || check_name(c);
		}
		if (c->p == c->end || *c->p != (in_object(c) ? '}' : ']'))
			return fail(c->fault, c->p, in_object(c) ? "',' or '}' was expected" : "',' or ']' was expected");
		c->p++;
		c->depth--;
	}
	return true;
}

/* An opening bracket: true and *closed where it is closed at once. */
static bool check_open(struct check *c, bool *closed)
{
	bool object = *c->p == '{';

	if (!open_level(c, object))
		return false;
	*closed = c->p < c->end && *c->p == (object ? '}' : ']');
	return *closed || !object || check_name(c);
}

const char *json_check(const char *p, const char *end, struct json_fault *fault)
{
	struct check c = { .p = json_blanks(p, end), .end = end, .fault = fault };

	do {
		bool closed = true;
		if (c.p == end)
			return fail(fault, c.p, "a value was expected"), NULL;
		if (*c.p == '{' || *c.p == '[') {
			if (!check_open(&c, &closed))
				return NULL;
			if (!closed)
				continue;
		} else if (!check_scalar(&c)) {
			return NULL;
		}
		if (!check_behind(&c))
			return NULL;
	} while (c.depth > 0);
	return c.p;
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
	const char *p = json_blanks(walk->p, walk->end), *stop;

	*key = (struct slice){ 0 };
	if (p < walk->end && *p == ',')
		p = json_blanks(p + 1, walk->end);
	if (p == walk->end)
		return false;
	if (walk->named) {
		stop = string_end(p + 1, walk->end);
		*key = (struct slice){ p + 1, (size_t)(stop - p - 1) };
		p = json_blanks(stop + 1, walk->end);
		p = json_blanks(p + 1, walk->end); /* behind the colon */
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
