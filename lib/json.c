/* Checking JSON text to the letter of RFC 8259. */
/* SPDX-License-Identifier: MIT */
#include "json.h"

#include "scan.h"
#include "utf8.h"

/* A check under way: a bit for each open array (0) or object (1) instead of recursion. */
struct check {
	const char *p;
	const char *end;
	struct json_fault *fault;
	struct names *names; /* or NULL */
	unsigned depth;
	uint32_t numbers[JSON_DEPTH_MAX + 1]; /* of the open objects, for names */
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
	c->objects[c->depth / 8] =
	    (unsigned char)((c->objects[c->depth / 8] & ~(1u << c->depth % 8)) | (unsigned)object << c->depth % 8);
	if (object && c->names != NULL)
		c->numbers[c->depth] = ++c->names->objects;
	c->p = json_blanks(c->p + 1, c->end);
	return true;
}

/* A name and its colon. */
static bool check_name(struct check *c)
{
	const char *name;

	c->p = json_blanks(c->p, c->end);
	if (c->p == c->end || *c->p != '"')
		return fail(c->fault, c->p, "a name in quotes was expected");
	name = ++c->p;
	if (!check_string(c))
		return false;
	if (c->names != NULL)
		names_add(c->names, c->numbers[c->depth], (struct slice){ name, (size_t)(c->p - 1 - name) });
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
			return fail(c->fault, c->p,
				    in_object(c) ? "',' or '}' was expected" : "',' or ']' was expected");
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

const char *json_check(const char *p, const char *end, struct names *names, struct json_fault *fault)
{
	struct check c;

	c.p = json_blanks(p, end);
	c.end = end;
	c.fault = fault;
	c.names = names;
	c.depth = 0;
	memset(c.objects, 0, sizeof c.objects); /* numbers are set as they are used */
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
