/* Where a MariaDB store is: "//user@host:port/database?socket=PATH&tls=verify&ca=FILE", taken apart. */
/* SPDX-License-Identifier: MIT */
#include "maria_place.h"

#include "../lib/buffer.h"
#include "../lib/hex.h"
#include "../lib/memory.h"
#include "../lib/number.h"
#include "../lib/terminal.h"

#include <stddef.h>
#include <stdlib.h>

enum {
	SHOWN = 120,
	PORT_MAX = 65535,
};

static const char *const words[] = { "socket", "tls", "ca", "cert", "key", "options", NULL };
static const char *const modes[] = { "off", "on", "verify", NULL };

static bool shown_error(struct error *err, const char *format, struct slice text)
{
	char shown[SHOWN];

	terminal_text(shown, sizeof shown, text);
	return error_set(err, "mariadb://.. : %s '%s'", format, shown);
}

/* The text with its %XX as bytes; NULL where that is not well formed, or has a NUL. */
static char *decoded(struct slice text)
{
	struct buffer to = { 0 };
	char *copy = NULL;
	size_t i = 0;

	for (; i < text.len && text.ptr[i] != '\0'; i++) {
		if (text.ptr[i] != '%') {
			buffer_add_char(&to, text.ptr[i]);
			continue;
		}
		const int high = i + 2 < text.len ? hex_digit(text.ptr[i + 1]) : -1;
		const int low = high >= 0 ? hex_digit(text.ptr[i + 2]) : -1;
		if (low < 0 || high * 16 + low == 0)
			break;
		buffer_add_char(&to, (char)(high * 16 + low));
		i += 2;
	}
	if (i == text.len)
		copy = memory_text(buffer_slice(&to));
	buffer_clear(&to);
	return copy;
}

static bool take(char **to, struct slice text, struct error *err)
{
	if (*to != NULL)
		return shown_error(err, "stands twice:", text);
	*to = decoded(text);
	return *to != NULL || shown_error(err, "cannot be read:", text);
}

static bool read_tls(struct maria_place *place, struct slice value, struct error *err)
{
	for (int i = 0; modes[i] != NULL; i++)
		if (slice_is(value, modes[i])) {
			place->tls = (enum maria_tls)(TLS_OFF + i);
			return true;
		}
	return shown_error(err, "tls is off, on or verify, not", value);
}

static bool read_pair(struct maria_place *place, struct slice pair, struct error *err)
{
	char **const values[] = { &place->socket, NULL, &place->ca, &place->certificate, &place->key, &place->options };
	const size_t equals = slice_find(pair, '=');
	const struct slice name = slice_first(pair, equals);
	size_t word = 0;

	if (equals == pair.len)
		return shown_error(err, "behind '?' stand word=value, not", pair);
	while (words[word] != NULL && !slice_is(name, words[word]))
		word++;
	if (words[word] == NULL) {
		const char *near = nearest_word(name, words);
		return near != NULL ? error_set(err, "mariadb://.. : unknown word, did you mean '%s'?", near)
				    : shown_error(err, "there is no word", name);
	}
	if (values[word] == NULL)
		return read_tls(place, slice_after(pair, equals + 1), err);
	return take(values[word], slice_after(pair, equals + 1), err);
}

static bool read_pairs(struct maria_place *place, struct slice text, struct error *err)
{
	while (text.len > 0) {
		const size_t end = slice_find(text, '&');
		if (!read_pair(place, slice_first(text, end), err))
			return false;
		text = slice_after(text, end < text.len ? end + 1 : end);
	}
	return true;
}

/* "host", "host:port", "[2001:db8::1]:3306", or nothing. */
static bool read_host(struct maria_place *place, struct slice text, struct error *err)
{
	const bool bracket = text.len > 0 && text.ptr[0] == '[';
	const size_t end = bracket ? slice_find(text, ']') : slice_find(text, ':');
	struct slice host = slice_first(text, end), rest = slice_after(text, end);
	int64_t port;

	if (bracket) {
		if (end == text.len)
			return shown_error(err, "']' is missing in", text);
		host = slice_after(host, 1);
		rest = slice_after(rest, 1);
	}
	if (rest.len > 0 && (rest.ptr[0] != ':' || !slice_number(slice_after(rest, 1), 1, PORT_MAX, &port)))
		return shown_error(err, "no port:", rest);
	if (rest.len > 0)
		place->port = (unsigned)port;
	return host.len == 0 || take(&place->host, host, err);
}

bool maria_place_read(struct maria_place *place, const char *text, struct error *err)
{
	struct slice all = slice_of(text), before;
	size_t at;

	*place = (struct maria_place){ 0 };
	if (!slice_starts(all, SLICE("//")))
		return error_set(err, "write mariadb://user@host/database");
	all = slice_after(all, 2);
	at = slice_find(all, '?');
	if (at < all.len && !read_pairs(place, slice_after(all, at + 1), err))
		return false;
	all = slice_first(all, at);
	at = slice_find(all, '/');
	before = slice_first(all, at);
	if (all.len - at < 2)
		return error_set(err, "mariadb://.. names no database: write mariadb://user@host/database");
	if (!take(&place->database, slice_after(all, at + 1), err))
		return false;
	at = slice_find(before, '@');
	if (at < before.len) {
		if (slice_find(slice_first(before, at), ':') < at)
			return error_set(err,
					 "mariadb://.. : passwords do not stand on command lines: use a config file, "
					 "an option file or $MARIADB_PASSWORD");
		if (at > 0 && !take(&place->user, slice_first(before, at), err))
			return false;
		before = slice_after(before, at + 1);
	}
	return read_host(place, before, err);
}

void maria_place_clear(struct maria_place *place)
{
	char *const texts[] = { place->user, place->host,	 place->database, place->socket,
				place->ca,   place->certificate, place->key,	  place->options };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		free(texts[i]);
	*place = (struct maria_place){ 0 };
}
