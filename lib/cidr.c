/* Is an address in one of these networks? IPv4 and IPv6; ::ffff:192.0.2.1 is 192.0.2.1. */
/* SPDX-License-Identifier: MIT */
#include "cidr.h"

#include "memory.h"

#include <arpa/inet.h>
#include <stdlib.h>

static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

static bool is_mapped(const struct address *address)
{
	return memcmp(address->bytes, mapped, sizeof mapped) == 0;
}

bool address_read(struct slice text, struct address *address)
{
	char copy[INET6_ADDRSTRLEN];

	if (text.len >= 2 && text.ptr[0] == '[' && text.ptr[text.len - 1] == ']')
		text = (struct slice){ text.ptr + 1, text.len - 2 };
	const bool six = slice_find(text, ':') < text.len;
	if (six)
		text = slice_first(text, slice_find(text, '%'));
	if (text.len == 0 || text.len >= sizeof copy || slice_find(text, '\0') < text.len)
		return false;
	memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	if (six)
		return inet_pton(AF_INET6, copy, address->bytes) == 1;
	memcpy(address->bytes, mapped, sizeof mapped);
	return inet_pton(AF_INET, copy, address->bytes + sizeof mapped) == 1;
}

/* The first and the last address that share the first bits with this one. */
static struct cidr_range range_of(const struct address *address, unsigned bits)
{
	struct cidr_range range = { *address, *address };
	for (unsigned i = 0; i < sizeof address->bytes; i++) {
		const unsigned fixed = bits > 8 * i ? bits - 8 * i : 0;
		const unsigned char free_bits = fixed >= 8 ? 0 : (unsigned char)(0xff >> fixed);
		range.low.bytes[i] &= (unsigned char)~free_bits;
		range.high.bytes[i] |= free_bits;
	}
	return range;
}

bool cidr_add(struct cidr *cidr, struct slice text)
{
	struct address address;
	int64_t bits = 128;

	const size_t slash = slice_find(text, '/');
	const struct slice host = slice_first(text, slash);
	if (!address_read(host, &address))
		return false;
	if (slash < text.len) {
		const int64_t before = is_mapped(&address) && slice_find(host, ':') == host.len ? 96 : 0;
		if (!slice_number(slice_after(text, slash + 1), 0, 128 - before, &bits))
			return false;
		bits += before;
	}
	cidr->ranges = memory_grow(cidr->ranges, &cidr->room, cidr->count + 1, sizeof *cidr->ranges);
	cidr->ranges[cidr->count++] = range_of(&address, (unsigned)bits);
	return true;
}

static int by_low(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct address)); /* low comes first in a range */
}

void cidr_ready(struct cidr *cidr)
{
	if (cidr->count == 0)
		return;
	qsort(cidr->ranges, cidr->count, sizeof *cidr->ranges, by_low);
	size_t last = 0;
	for (size_t i = 1; i < cidr->count; i++) {
		struct cidr_range *joined = &cidr->ranges[last];
		const struct cidr_range *next = &cidr->ranges[i];
		if (memcmp(&next->low, &joined->high, sizeof next->low) > 0)
			cidr->ranges[++last] = *next;
		else if (memcmp(&next->high, &joined->high, sizeof next->high) > 0)
			joined->high = next->high;
	}
	cidr->count = last + 1;
}

bool cidr_has(const struct cidr *cidr, const struct address *address)
{
	size_t from = 0, to = cidr->count;
	while (from < to) {
		const size_t middle = from + (to - from) / 2;
		const struct cidr_range *range = &cidr->ranges[middle];
		if (memcmp(address, &range->low, sizeof *address) < 0)
			to = middle;
		else if (memcmp(address, &range->high, sizeof *address) > 0)
			from = middle + 1;
		else
			return true;
	}
	return false;
}

void cidr_clear(struct cidr *cidr)
{
	free(cidr->ranges);
	*cidr = (struct cidr){ 0 };
}
