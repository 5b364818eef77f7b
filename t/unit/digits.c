/* Numbers of a few digits are read at once as a loop reads them, and those that are written read back. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/digits.h"
#include "check.h"

#include <stdlib.h>

enum {
	TRIALS = 200000,
};

/* Any bytes: digits first, mostly. */
static void test_reading(void)
{
	unsigned good = 0;

	srand(12);
	for (int i = 0; i < TRIALS; i++) {
		char text[DIGITS_MAX];
		const unsigned digits = (unsigned)rand() % (DIGITS_MAX + 1);
		unsigned count = 0;
		uint32_t want = 0, got;
		for (unsigned at = 0; at < DIGITS_MAX; at++)
			text[at] = (char)(at < digits ? '0' + rand() % 10 : rand() % 256);
		for (; count < DIGITS_MAX && text[count] >= '0' && text[count] <= '9'; count++)
			want = want * 10 + (uint32_t)(text[count] - '0');
		good += digits_read(text, &got) == count && (count == 0 || got == want);
	}
	CHECK_NUMBER(good, TRIALS);
}

static void test_writing(void)
{
	unsigned good = 0;

	for (int i = 0; i < TRIALS; i++) {
		const uint32_t n = (uint32_t)(rand() % 2 ? rand() % 100000000 : rand() % 1000);
		const uint64_t text = htole64(digits_of(n) | UINT64_C(0x3030303030303030));
		uint32_t got;
		good += digits_read((const char *)&text, &got) == DIGITS_MAX && got == n;
	}
	CHECK_NUMBER(good, TRIALS);
}

int main(void)
{
	test_reading();
	test_writing();
	return check_end();
}
