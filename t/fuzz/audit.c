/* Parts of formats that have a grammar of their own: structured data, pairs of audit records, socket addresses. */
/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "../../lib/formats/audit_pair.h"
#include "../../lib/formats/sd.h"
#include "../../lib/formats/sockaddr.h"
#include "../../lib/input.h"
#include "line.h"

#include <arpa/inet.h>
#include <jansson.h>
#include <stdlib.h>

/* RFC 5424's structured data by its grammar alone; a value that comes again makes a list. NULL where it is none. */
struct grammar {
	struct slice rest;
	unsigned items;
};

static bool take(struct grammar *g, char c)
{
	if (g->rest.len == 0 || g->rest.ptr[0] != c)
		return false;
	g->rest = slice_after(g->rest, 1);
	return true;
}

static bool take_name(struct grammar *g, struct slice *name)
{
	size_t n = 0;

	while (n < g->rest.len && g->rest.ptr[n] > ' ' && g->rest.ptr[n] < 0x7f &&
	       strchr("=]\"", g->rest.ptr[n]) == NULL)
		n++;
	*name = slice_first(g->rest, n);
	g->rest = slice_after(g->rest, n);
	return n > 0;
}

static bool take_value(struct grammar *g, struct buffer *value)
{
	value->len = 0;
	if (!take(g, '"'))
		return false;
	while (g->rest.len > 0 && g->rest.ptr[0] != '"') {
		if (g->rest.ptr[0] == ']')
			return false;
		if (g->rest.ptr[0] == '\\' && g->rest.len > 1 && strchr("\"\\]", g->rest.ptr[1]) != NULL &&
		    g->rest.ptr[1] != '\0')
			g->rest = slice_after(g->rest, 1);
		buffer_add_char(value, g->rest.ptr[0]);
		g->rest = slice_after(g->rest, 1);
	}
	return take(g, '"');
}

static void add(json_t *element, struct slice name, struct slice text)
{
	json_t *there = json_object_getn(element, name.ptr, name.len), *value = json_stringn(text.ptr, text.len);

	if (there == NULL)
		json_object_setn_new(element, name.ptr, name.len, value);
	else if (json_is_array(there))
		json_array_append_new(there, value);
	else
		json_object_setn_new(element, name.ptr, name.len, json_pack("[O,o]", there, value));
}

static bool take_element(struct grammar *g, json_t *all)
{
	struct buffer value = { 0 };
	struct slice id, name;
	json_t *element;
	bool ok = take_name(g, &id);

	if (!ok)
		return false;
	element = json_object_getn(all, id.ptr, id.len);
	if (element == NULL) {
		element = json_object();
		json_object_setn_new(all, id.ptr, id.len, element);
	}
	g->items++;
	while (ok && take(g, ' ')) {
		ok = take_name(g, &name) && take(g, '=') && take_value(g, &value) && json_object_size(all) > 0;
		json_t *check = ok ? json_stringn(value.ptr != NULL ? value.ptr : "", value.len) : NULL;
		ok = ok && check != NULL; /* UTF-8 alone has a place in the tree */
		json_decref(check);
		if (ok)
			add(element, name, (struct slice){ value.ptr != NULL ? value.ptr : "", value.len });
		g->items++;
	}
	buffer_clear(&value);
	return ok && take(g, ']');
}

static json_t *by_grammar(struct slice text)
{
	struct grammar g = { text, 0 };
	json_t *all = json_object();
	bool ok = g.rest.len > 0 && g.rest.ptr[0] == '[';

	while (ok && take(&g, '['))
		ok = take_element(&g, all);
	if (ok && g.rest.len == 0 && g.items <= SD_ITEMS_MAX)
		return all;
	json_decref(all);
	return NULL;
}

static void run_sd(const struct fuzz_target *target, struct slice bytes)
{
	char *line = fuzz_line(bytes, (unsigned)bytes.len);
	struct slice text = { line, bytes.len };
	struct parsed parsed = { 0 };
	struct buffer object = { 0 };
	json_t *wanted = by_grammar(text), *got = NULL;
	bool ok;

	(void)target;
	parsed_empty(&parsed);
	ok = sd_read(&text, &parsed);
	MUST(ok || (text.ptr == line && parsed.extended.len == 0));
	MUST(text.ptr + text.len == line + bytes.len);
	if (ok) {
		buffer_add_char(&object, '{');
		buffer_add(&object, buffer_slice(&parsed.extended));
		buffer_add_char(&object, '}');
		got = fuzz_jansson(buffer_slice(&object));
	}
	if (wanted != NULL) {
		MUST(ok && text.len == 0);
		MUST(got == NULL || json_equal(json_object_get(got, "sd"), wanted));
	}
	json_decref(got);
	json_decref(wanted);
	buffer_clear(&object);
	parsed_clear(&parsed);
	free(line);
}

static const char *const sd_seeds[] = {
	"[exampleSDID@32473 iut=\"3\" eventSource=\"App\\\"l\\]ication\\\\\"][x y=\"z\"]",
	"[a b=\"1\" c=\"2\" b=\"3\"][d][a c=\"4\"]", "[a b=c] text", NULL
};

const struct fuzz_target fuzz_sd = { "sd", 512, run_sd, sd_seeds, NULL };

/* Pairs come in their order, out of the text, and it comes to an end. */
static void check_pairs(struct slice text)
{
	const char *start = text.ptr, *end = text.ptr + text.len, *at = start;
	struct buffer value = { 0 };
	struct audit_pair pair;

	while (audit_pair_next(&text, &pair)) {
		MUST(text.ptr > at && text.ptr + text.len == end);
		MUST(pair.key.len > 0 && pair.key.ptr >= at && pair.key.ptr + pair.key.len <= text.ptr);
		MUST(pair.value.len == 0 ||
		     (pair.value.ptr > pair.key.ptr && pair.value.ptr + pair.value.len <= text.ptr));
		value.len = 0;
		audit_pair_decode(&pair, &value);
		MUST(value.len <= pair.value.len && (value.len == 0 || memchr(value.ptr, '\0', value.len) == NULL ||
						     memchr(pair.value.ptr, '\0', pair.value.len) != NULL));
		(void)audit_pair_unknown(&pair);
		at = text.ptr;
	}
	buffer_clear(&value);
}

/* The text of an address is one that the C library reads back to the same bytes. */
static void check_address(struct slice digits)
{
	struct sockaddr_text text;
	unsigned char bytes[16];
	char copy[SOCKADDR_TEXT_MAX + 1] = "";

	if (!sockaddr_read(digits, &text))
		return;
	MUST(text.family != NULL && text.address_len <= SOCKADDR_TEXT_MAX && text.port >= -1 && text.port <= 65535);
	memcpy(copy, text.address, text.address_len);
	if (strcmp(text.family, "ipv4") == 0)
		MUST(inet_pton(AF_INET, copy, bytes) == 1 && digits.len >= 16);
	if (strcmp(text.family, "ipv6") == 0)
		MUST(inet_pton(AF_INET6, copy, bytes) == 1 && digits.len >= 48);
}

static void run_audit(const struct fuzz_target *target, struct slice bytes)
{
	(void)target;
	check_pairs(bytes);
	check_address(bytes);
}

static const char *const audit_seeds[] = {
	"arch=c000003e syscall=59 success=yes exe=\"/bin/ls\" comm=6C73 key=(null) msg='op=login acct=\"a b\" res=ok'",
	"proctitle=2F62696E2F6C73002D6C saddr=02000016C0000207 \x1d"
	"UID=\"root\"",
	"020000160A000001000000000000000000",
	"0A000016000000002001db80000000000000000000000001000000000",
	"01002F72756E2F7379737464",
	NULL,
};

const struct fuzz_target fuzz_audit = { "audit-pairs", 512, run_audit, audit_seeds, NULL };
