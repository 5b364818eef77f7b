/* Ids: the spec's letters, one answer for one line, order by time, repeated lines told apart. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/id.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>

static bool same(struct id a, struct id b)
{
	return a.milliseconds == b.milliseconds && a.hash_high == b.hash_high && a.hash_low == b.hash_low;
}

static void test_letters(void)
{
	/* From the specification: 2016-07-30T23:54:10.259Z is 01ARZ3NDEK. */
	struct id id = { UINT64_C(1469922850259), 0xffff, UINT64_C(0xffffffffffffffff) }, back;
	char text[ID_LEN];

	id_print(text, id);
	CHECK_TEXT(((struct slice){ text, ID_LEN }), "01ARZ3NDEKZZZZZZZZZZZZZZZZ");
	CHECK(id_read((struct slice){ text, ID_LEN }, &back) && same(id, back));
	CHECK(!id_read(SLICE("01ARZ3NDEKZZZZZZZZZZZZZZZ"), &back));
	CHECK(!id_read(SLICE("81ARZ3NDEKZZZZZZZZZZZZZZZZ"), &back));
	CHECK(!id_read(SLICE("01ARZ3NDEKZZZZZZZZZZZZZZZU"), &back));
	CHECK(!id_read(SLICE("01ARZ3NDEKZZZZZZZZZZZZZZZz"), &back));
}

static void test_order(void)
{
	char a[ID_LEN], b[ID_LEN];

	for (int i = 0; i < 1000; i++) {
		int64_t earlier = ((int64_t)rand() << 20) * 1000, later = earlier + 1000 * (1 + rand() % 1000);
		id_print(a, id_of(earlier, SLICE("h"), SLICE("x"), (uint64_t)i));
		id_print(b, id_of(later, SLICE("h"), SLICE("y"), (uint64_t)i));
		if (!CHECK(memcmp(a, b, ID_LEN) < 0))
			return;
	}
}

static void test_next(void)
{
	struct id id = { 5, 7, UINT64_MAX };

	CHECK(same(id_next(id), (struct id){ 5, 8, 0 }));
	CHECK(same(id_floor(5999), (struct id){ 5, 0, 0 }));
	CHECK(same(id_floor(-1), (struct id){ 0, 0, 0 }));
}

/* Short and long texts take different ways to the hash; where host ends and line begins matters. */
static void test_hash(void)
{
	char *text = malloc(10000);
	struct id one, other;

	memset(text, 'a', 10000);
	for (size_t len = 0; len < 10000; len += 997) {
		one = id_of(1000, SLICE("host"), (struct slice){ text, len }, 0);
		CHECK(same(one, id_of(1000, SLICE("host"), (struct slice){ text, len }, 0)));
		CHECK(!same(one, id_of(1000, SLICE("hosta"), (struct slice){ text, len - (len > 0) }, 0)));
		CHECK(!same(one, id_of(1000, SLICE("host"), (struct slice){ text, len }, 1)));
		other = id_of(2000, SLICE("host"), (struct slice){ text, len }, 0);
		CHECK(other.milliseconds == 2 && other.hash_low == one.hash_low && other.hash_high == one.hash_high);
	}
	free(text);
}

static void test_repeats(void)
{
	struct id_memory *memory = id_memory_new();
	struct slice host = SLICE("h"), line = SLICE("x");
	char other[32];

	CHECK(same(id_take(memory, 1000, host, line), id_of(1000, host, line, 0)));
	CHECK(same(id_take(memory, 1000, host, line), id_of(1000, host, line, 1)));
	CHECK(same(id_take(memory, 2000, host, line), id_of(2000, host, line, 0)));
	for (int i = 0; i < ID_REMEMBERED / 4; i++) {
		int len = snprintf(other, sizeof other, "%d", i);
		id_take(memory, 1000, host, (struct slice){ other, (size_t)len });
	}
	CHECK(same(id_take(memory, 1000, host, line), id_of(1000, host, line, 2)));
	id_memory_clear(memory);
	CHECK(same(id_take(memory, 1000, host, line), id_of(1000, host, line, 0)));
	id_memory_free(memory);
}

int main(void)
{
	test_letters();
	test_order();
	test_next();
	test_hash();
	test_repeats();
	return check_end();
}
