/* Patterns: expressions under limits, wildcards against a plain model, networks against the C library, numbers. */
/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "../../lib/cidr.h"
#include "../../lib/number.h"
#include "../../lib/path.h"
#include "../../lib/pattern.h"
#include "../../lib/utf8.h"

#include <arpa/inet.h>
#include <stdlib.h>

/* Text with an end that can be seen, for expressions that look behind it. */
static void check_groups(struct pattern *pattern, struct slice text)
{
	struct slice groups[PATTERN_GROUPS_MAX + 1];
	size_t start = 0;

	MUST(pattern_groups(pattern) <= PATTERN_GROUPS_MAX);
	for (int tries = 0; tries < 4; tries++) {
		const enum pattern_result result = pattern_match(pattern, text, start, groups);
		if (result != PATTERN_MATCH)
			break;
		for (unsigned i = 0; i <= pattern_groups(pattern); i++)
			MUST(groups[i].ptr == NULL ||
			     (groups[i].ptr >= text.ptr && groups[i].ptr + groups[i].len <= text.ptr + text.len));
		MUST(groups[0].ptr != NULL);
		start = (size_t)(groups[0].ptr - text.ptr) + groups[0].len;
	}
	for (unsigned i = 1; i <= pattern_groups(pattern); i++)
		(void)pattern_group_name(pattern, i);
}

static void run_pattern(const struct fuzz_target *target, struct slice bytes)
{
	struct slice source, text;
	struct error err = { "" };
	struct pattern *pattern;

	(void)target;
	if (!fuzz_part(&bytes, '\n', &source))
		return;
	text = utf8_valid(bytes) ? bytes : SLICE("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
	pattern = pattern_new(source, source.len & 1, &err);
	if (pattern == NULL)
		fuzz_words(&err);
	else
		check_groups(pattern, text);
	pattern_free(pattern);
}

static const char *const pattern_seeds[] = { "^(?<user>\\w+) from (\\S+)\nroot from 192.0.2.7",
					     "(a+)+$\naaaaaaaaaaaaaaaaaaaaaaaaab",
					     "(?i)caf\xc3\xa9|x{2,5}?\nCAF\xc3\x89",
					     "(?<=a)b(?!c)\\K\\b\nab",
					     "(?1)(a(?R)?b)\nab",
					     NULL };

const struct fuzz_target fuzz_pattern = { "pattern", 256, run_pattern, pattern_seeds, NULL };

static size_t character(struct slice text)
{
	size_t n = 1;

	while (n < text.len && ((unsigned char)text.ptr[n] & 0xc0) == 0x80)
		n++;
	return n;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* By trying all that a '*' can take: a table of which rests go together, so that it takes no longer than their product.
 */
static bool wildcard_model(struct slice pattern, struct slice text, bool cased)
{
	bool *fits = calloc((pattern.len + 1) * (text.len + 1), 1), result;
	const size_t row = text.len + 1;

	fits[pattern.len * row + text.len] = true;
	for (size_t p = pattern.len; p-- > 0;)
		for (size_t t = text.len + 1; t-- > 0;) {
			const struct slice rest = slice_after(text, t);
			const size_t one = rest.len > 0 ? character(rest) : 0;
			bool *here = &fits[p * row + t];
			size_t at = p;
			if (pattern.ptr[p] == '*') {
				*here = fits[(p + 1) * row + t] || (one > 0 && fits[p * row + t + one]);
			} else if (pattern.ptr[p] == '?') {
				*here = one > 0 && fits[(p + 1) * row + t + one];
			} else {
				at += pattern.ptr[p] == '\\' && p + 1 < pattern.len;
				*here =
				    rest.len > 0 && fits[(at + 1) * row + t + 1] &&
				    (cased ? pattern.ptr[at] == *rest.ptr : lower(pattern.ptr[at]) == lower(*rest.ptr));
			}
		}
	result = fits[0];
	free(fits);
	return result;
}

static void run_wildcard(const struct fuzz_target *target, struct slice bytes)
{
	struct slice pattern;

	(void)target;
	if (!utf8_valid(bytes) || !fuzz_part(&bytes, '\n', &pattern))
		return;
	for (int cased = 0; cased < 2; cased++)
		MUST(wildcard_match(pattern, bytes, cased) == wildcard_model(pattern, bytes, cased));
}

static const char *const wildcard_seeds[] = { "a*b?c\naxxbyc", "*\\*\\??*\nx*?caf\xc3\xa9", "**a**\nbAb", NULL };

const struct fuzz_target fuzz_wildcard = { "wildcard", 96, run_wildcard, wildcard_seeds, NULL };

/* The C library's word on an address without brackets and zone. */
static bool library_address(struct slice text, unsigned char *bytes)
{
	static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
	char copy[64] = "";

	if (text.len >= sizeof copy || memchr(text.ptr, '\0', text.len) != NULL)
		return false;
	memcpy(copy, text.ptr, text.len);
	memcpy(bytes, mapped, sizeof mapped);
	return inet_pton(AF_INET, copy, bytes + sizeof mapped) == 1 || inet_pton(AF_INET6, copy, bytes) == 1;
}

static bool bit_of(const struct address *address, unsigned i)
{
	return address->bytes[i / 8] >> (7 - i % 8) & 1;
}

/* Is the address in a network, bit by bit? */
static bool in_network(struct slice text, const struct address *address)
{
	const size_t slash = slice_find(text, '/');
	struct slice host = slice_first(text, slash);
	struct address network;
	int64_t bits = 128;

	if (!address_read(host, &network))
		return false;
	if (slash < text.len && !slice_number(slice_after(text, slash + 1), 0, 128, &bits))
		return false;
	if (slash < text.len && slice_find(host, ':') == host.len)
		bits += 96;
	for (unsigned i = 0; i < bits; i++)
		if (bit_of(&network, i) != bit_of(address, i))
			return false;
	return true;
}

/* Networks, a line each; the last line is the address that is looked for. */
static void run_cidr(const struct fuzz_target *target, struct slice bytes)
{
	struct slice line, rest = bytes, last = { 0 };
	struct address address, library;
	struct cidr cidr = { 0 };
	bool wanted = false;

	(void)target;
	while (fuzz_part(&rest, '\n', &line))
		last = line;
	if (last.ptr == NULL || !address_read(last, &address))
		return;
	if (memchr("[%", last.ptr[0], 2) == NULL && memchr(last.ptr, '%', last.len) == NULL)
		MUST(library_address(last, library.bytes) && memcmp(&library, &address, sizeof library) == 0);
	rest = bytes;
	while (fuzz_part(&rest, '\n', &line) && line.ptr != last.ptr) {
		const bool added = cidr_add(&cidr, line);
		wanted |= added && in_network(line, &address);
	}
	cidr_ready(&cidr);
	MUST(cidr_has(&cidr, &address) == wanted);
	cidr_clear(&cidr);
}

static const char *const cidr_seeds[] = { "192.0.2.0/24\n10.0.0.0/8\n192.0.2.7",
					  "2001:db8::/32\n::/0\n::ffff:192.0.2.1/120\n[fe80::1%eth0]",
					  "0.0.0.0/0\n255.255.255.255/32\n::1/128\n192.0.2.1", NULL };

const struct fuzz_target fuzz_cidr = { "cidr", 160, run_cidr, cidr_seeds, NULL };

/* Two numbers: their order is that of the C library, and the other way round the opposite. Also paths: refused or
 * whole. */
static void run_number(const struct fuzz_target *target, struct slice bytes)
{
	struct slice first, text = bytes;
	struct number a, b;
	struct path path;
	struct error err = { "" };

	(void)target;
	if (path_read(&path, bytes, &err)) {
		MUST_SAME(slice_of(path.name), slice_first(bytes, slice_find(bytes, '\0')));
		MUST(path.count <= PATH_STEPS_MAX && (path.field != FIELD_NONE || path.count > 0));
		path_clear(&path);
	} else {
		fuzz_words(&err);
	}
	if (!fuzz_part(&text, '\n', &first) || !number_read(first, &a) || !number_read(text, &b))
		return;
	MUST(number_compare(&a, &a) == 0 && number_compare(&a, &b) == -number_compare(&b, &a));
	if (!a.whole || !b.whole)
		return;
	MUST(number_compare(&a, &b) == (a.exact > b.exact) - (a.exact < b.exact));
}

static const char *const number_seeds[] = { "22\n22.0", "-1e3\n9223372036854775807", "extended.sd.origin.ip",
					    "0.1\n1E-1", NULL };

const struct fuzz_target fuzz_number = { "number", 96, run_number, number_seeds, NULL };
