/* Lines are found where their newlines are, whole blocks at once; asked byte by byte the answer is the same. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/newlines.h"
#include "../../lib/scan.h"
#include "check.h"

#include <stdlib.h>

enum {
	TRIALS = 3000,
	BLOCK_MAX = 9000,
};

/* Lines of very different lengths; most bytes are plain, or none is. */
static void fill(char *block, size_t len)
{
	const int often = 1 + rand() % 150, odd = rand() % 3 == 0 ? 3 : 400;

	for (size_t i = 0; i < len; i++) {
		block[i] = (char)(rand() % odd ? ' ' + rand() % 95 : rand() % 256);
		if (rand() % often == 0)
			block[i] = '\n';
	}
}

static bool is_plain(const char *p, const char *end)
{
	while (p < end && scan_is_plain((unsigned char)*p))
		p++;
	return p == end;
}

/* Every line from an offset on is found, with what it holds, until there is no room. */
static bool agrees(const char *block, size_t from, size_t to, bool with_odd)
{
	struct newlines lines;
	size_t count = 0;

	newlines_find(&lines, block, from, to, with_odd);
	for (size_t at = from; at < to && count < NEWLINES_MAX; at++) {
		if (block[at] != '\n')
			continue;
		if (count >= lines.count || lines.ends[count] != at)
			return false;
		if (with_odd && (lines.odd >> count & 1) == is_plain(block + from, block + at))
			return false;
		from = at + 1;
		count++;
	}
	return count == lines.count && lines.next == 0;
}

static void test_blocks(void)
{
	unsigned good = 0;

	srand(11);
	for (int i = 0; i < TRIALS; i++) {
		const size_t len = (size_t)rand() % (rand() % 2 ? BLOCK_MAX : 200), from = (size_t)rand() % (len + 1);
		char *block = malloc(len + NEWLINES_SLACK);
		fill(block, len);
		memset(block + len, rand() % 2 ? '\n' : '"', NEWLINES_SLACK); /* not ours */
		good += agrees(block, from, len, rand() % 2);
		free(block);
	}
	CHECK_NUMBER(good, TRIALS);
}

int main(void)
{
	test_blocks();
	return check_end();
}
