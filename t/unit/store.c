/* The store: exactly once, whatever comes under an id that is taken, and in whatever order it comes. */
/* SPDX-License-Identifier: MIT */
#include "../../sinks/store.h"
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#define ID	       "01J00000000000000000000001"
#define NEXT	       "01J00000000000000000000002"
#define THIRD	       "01J00000000000000000000003"
#define EVENT(id, raw) "{\"id\":\"" id "\",\"date_stamp\":\"2024-06-10T12:00:00Z\",\"raw_text\":\"" raw "\"}"
#define SIEM(phase, count)                                                                                             \
	"{\"id\":\"" ID "\",\"date_stamp\":\"2024-06-10T12:00:00Z\",\"phase\":\"" phase                                \
	"\",\"source_rule\":\"r\",\"event_count\":" count "}"

enum {
	SAME_ID = 102, /* one more than stand under ids that follow one another */
};

/* A store in a folder of its own. */
struct place {
	char folder[64];
	char name[96];
	struct store *store;
};

static void open_place(struct place *place)
{
	struct error err = { "" };

	place->store = store_open(place->name, NULL, true, &err);
	if (!CHECK(place->store != NULL)) {
		printf("  %s\n", err.text);
		exit(1);
	}
}

static void make_place(struct place *place)
{
	snprintf(place->folder, sizeof place->folder, "/tmp/siem-unit-XXXXXX");
	if (mkdtemp(place->folder) == NULL)
		exit(1);
	snprintf(place->name, sizeof place->name, "sqlite:%s/siem.db", place->folder);
	open_place(place);
}

static void remove_place(struct place *place)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	char path[128];

	store_close(place->store);
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof path, "%s%s", place->name + strlen("sqlite:"), endings[i]);
		unlink(path);
	}
	CHECK(rmdir(place->folder) == 0);
}

static struct store_table *table_of(struct place *place, enum record_kind kind)
{
	struct error err = { "" };
	struct store_table *table = store_table(place->store, record_kind_name(kind), kind, &err);

	if (!CHECK(table != NULL))
		printf("  %s\n", err.text);
	return table;
}

static enum store_put put_only(struct store_table *table, const char *line)
{
	struct error err = { "" };
	struct record record = { 0 };
	struct event event;

	CHECK(event_read(&event, slice_of(line), &err) && record_read(&record, &event, (enum record_kind)0, &err));
	const enum store_put done = store_put(table, &record, &err);
	record_clear(&record);
	return done;
}

static void take_refused(void *data, struct slice line, const char *why)
{
	CHECK(line.len > 0 && why[0] != '\0');
	*(enum store_put *)data = STORE_REFUSED;
}

/* Puts a line and commits it; kept is what --tee would pass on, NULL: whatever it is. */
static enum store_put put(struct store_table *table, const char *line, const char *kept)
{
	struct error err = { "" };
	struct buffer text = { 0 };
	enum store_put done = put_only(table, line);
	const struct store_report report = { &text, take_refused, &done };

	CHECK(store_commit(table->store, &report, &err));
	CHECK((done == STORE_PUT) == (text.len > 0));
	if (text.len > 0 && kept != NULL) {
		text.len--;
		CHECK_TEXT(buffer_slice(&text), kept);
	}
	buffer_clear(&text);
	return done;
}

static void counted(struct place *place, uint64_t stored, uint64_t known, uint64_t collided)
{
	CHECK(!store_pending(place->store));
	CHECK_NUMBER(place->store->counts.stored, stored);
	CHECK_NUMBER(place->store->counts.known, known);
	CHECK_NUMBER(place->store->counts.collided, collided);
	place->store->counts = (struct store_counts){ 0 };
}

/* The table's lines in the order of range, with a rest behind every one, joined by '|'. */
static void holds(struct store_table *table, struct store_range range, const char *wanted)
{
	struct error err = { "" };
	struct buffer all = { 0 };
	struct slice line;
	struct store_cursor *cursor = store_select(table, &range, &err);

	while (CHECK(cursor != NULL) && store_next(cursor, &line, &err) == STORE_ROW) {
		if (all.len > 0)
			buffer_add_char(&all, '|');
		buffer_add(&all, line);
		store_rest(cursor);
	}
	CHECK_TEXT(buffer_slice(&all), wanted);
	store_cursor_free(cursor);
	buffer_clear(&all);
}

static void test_known(struct place *place)
{
	struct store_table *table = table_of(place, RECORD_EVENT);
	const struct store_range all = { 0 };

	put(table, EVENT(ID, "a"), EVENT(ID, "a"));
	put(table, EVENT(ID, "a"), EVENT(ID, "a"));
	/* The same text escaped otherwise, or read with other helpers: the same line of a log. */
	put(table, EVENT(ID, "\\u0061"), NULL);
	put(table,
	    "{\"id\":\"" ID "\",\"date_stamp\":\"2024-06-10T12:00:00Z\",\"extended\":{\"x\":\"y\"},\"raw_text\":\"a\"}",
	    NULL);
	counted(place, 1, 3, 0);
	holds(table, all, EVENT(ID, "a"));
}

static void test_collision(struct place *place)
{
	struct store_table *table = table_of(place, RECORD_EVENT);
	const struct store_range all = { 0 }, backwards = { .reverse = true }, by_insertion = { .by_insertion = true };

	put(table, EVENT(THIRD, "c"), NULL);
	put(table, EVENT(ID, "b"), EVENT(NEXT, "b"));
	counted(place, 2, 0, 1);
	/* And when the log is read again. */
	put(table, EVENT(ID, "a"), EVENT(ID, "a"));
	put(table, EVENT(ID, "b"), EVENT(NEXT, "b"));
	put(table, EVENT(THIRD, "c"), NULL);
	counted(place, 0, 3, 0);
	holds(table, all, EVENT(ID, "a") "|" EVENT(NEXT, "b") "|" EVENT(THIRD, "c"));
	holds(table, backwards, EVENT(THIRD, "c") "|" EVENT(NEXT, "b") "|" EVENT(ID, "a"));
	holds(table, by_insertion, EVENT(ID, "a") "|" EVENT(THIRD, "c") "|" EVENT(NEXT, "b"));
}

static void test_base64(struct place *place)
{
	const char *one =
	    "{\"id\":\"" NEXT "\",\"date_stamp\":\"2024-06-10T12:00:00Z\",\"raw_text\":\"b\",\"raw_base64\":\"/w==\"}";
	struct store_table *table = table_of(place, RECORD_EVENT);

	/* What is shown alike may have been other bytes. */
	put(table, one, NULL);
	put(table, one, NULL);
	counted(place, 1, 1, 1);
}

static void test_without_text(struct place *place)
{
	static const char *const lines[] = {
		("{\"id\":\"01J10000000000000000000001\",\"date_stamp\":\"2024-06-10T12:00:00Z\",\"message\":\"m\","
		 "\"raw_text\":\"m\"}"),
		"{\"id\":\"01J10000000000000000000001\",\"date_stamp\":\"2024-06-10T12:00:00Z\",\"message\":\"m\"}",
		"{\"id\":\"01J10000000000000000000001\",\"date_stamp\":\"2024-06-10T12:00:00Z\",\"message\":\"n\"}",
	};
	struct store_table *table = table_of(place, RECORD_EVENT);

	for (size_t i = 0; i < 3; i++)
		put(table, lines[i], NULL);
	counted(place, 2, 1, 1);
}

static void test_many_collisions(struct place *place)
{
	struct store_table *table = table_of(place, RECORD_EVENT);
	enum store_put done = STORE_PUT;
	char line[160];
	int put_under_it = 0;

	for (int i = 0; i < SAME_ID; i++) {
		snprintf(line, sizeof line, EVENT("01J20000000000000000000001", "%d"), i);
		done = put(table, line, NULL);
		put_under_it += done == STORE_PUT;
	}
	CHECK_NUMBER(done, STORE_REFUSED);
	CHECK_NUMBER(put_under_it, SAME_ID - 2);
	counted(place, SAME_ID - 2, 0, SAME_ID - 3);
}

/* One batch that has it all is as good as a commit for each line. */
static void test_batch(struct place *place)
{
	static const char *const lines[] = { EVENT("01J30000000000000000000001", "a"),
					     EVENT("01J30000000000000000000001", "b"),
					     EVENT("01J30000000000000000000001", "a"),
					     EVENT("01J30000000000000000000002", "c"),
					     EVENT("01J30000000000000000000001", "b") };
	static const char wanted[] = EVENT("01J30000000000000000000001", "a") "\n"		/* as it came */
	    EVENT("01J30000000000000000000003", "b") "\n"					/* the next one is taken */
	    EVENT("01J30000000000000000000001", "a") "\n" EVENT("01J30000000000000000000002", "c") "\n"
	    EVENT("01J30000000000000000000003", "b") "\n";
	struct store_table *table = table_of(place, RECORD_EVENT);
	struct buffer kept = { 0 };
	const struct store_report report = { .kept = &kept };
	struct error err;

	for (int turn = 0; turn < 2; turn++) {
		kept.len = 0;
		for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
			CHECK(put_only(table, lines[i]) == STORE_PUT);
		CHECK(store_commit(place->store, &report, &err));
		CHECK_TEXT(buffer_slice(&kept), wanted);
		if (turn == 0)
			counted(place, 3, 2, 1);
		else
			counted(place, 0, 5, 0);
	}
	buffer_clear(&kept);
}

static void test_siem(struct place *place)
{
	static const char *const replay[] = { SIEM("open", "8"), SIEM("grow", "16"), SIEM("close", "17"),
					      SIEM("reopen", "18"), SIEM("close", "20") };
	struct store_table *table = table_of(place, RECORD_SIEM);
	const struct store_range all = { 0 };

	for (size_t i = 0; i < 5; i++) {
		put(table, replay[i], replay[i]);
		holds(table, all, replay[i]);
	}
	counted(place, 5, 0, 0);
	for (size_t i = 0; i < 5; i++) {
		put(table, replay[i], replay[i]);
		holds(table, all, SIEM("close", "20"));
	}
	counted(place, 0, 5, 0);
}

/* A close line comes behind what was stored since its open line, so that --follow sees it. */
static void test_siem_moves(struct place *place)
{
	struct store_table *table = table_of(place, RECORD_SIEM);
	struct store_range later = { .by_insertion = true };
	struct error err;

	CHECK(store_last(table, &later.after, &err));
	CHECK(later.after > 0);
	put(table, SIEM("close", "21"), NULL);
	holds(table, later, SIEM("close", "21"));
	counted(place, 1, 0, 0);
}

static void test_rules(struct place *place)
{
	const char *one = "{\"name\":\"r\",\"when\":{\"message\":\"a\"}}",
		   *other = "{\"name\":\"r\",\"when\":{\"message\":\"b\"}}";
	const char *first = "{\"name\":\"a\",\"when\":{}}";
	struct store_table *table = table_of(place, RECORD_RULE);
	const struct store_range all = { 0 }, backwards = { .reverse = true };
	char both[160];

	put(table, one, NULL);
	put(table, one, NULL);
	put(table, other, NULL);
	put(table, first, NULL);
	counted(place, 3, 1, 0);
	snprintf(both, sizeof both, "%s|%s", first, other);
	holds(table, all, both);
	snprintf(both, sizeof both, "%s|%s", other, first);
	holds(table, backwards, both);
}

/* What was not committed is not there, and its ids are free. */
static void test_not_committed(struct place *place)
{
	struct store_table *table = table_of(place, RECORD_HELPER);
	const struct store_range all = { 0 };

	CHECK(put_only(table, "{\"name\":\"h\",\"reg_exp\":\"x\",\"var_name\":\"v\"}") == STORE_PUT);
	CHECK(store_pending(place->store));
	store_close(place->store);
	open_place(place);
	table = table_of(place, RECORD_HELPER);
	holds(table, all, "");
}

static void test_ranges(struct place *place)
{
	struct store_table *table = table_of(place, RECORD_EVENT);
	struct store_range range = { .by_id = true };

	CHECK(id_read(SLICE(NEXT), &range.low) && id_read(SLICE(THIRD), &range.high));
	range.upto = 3;
	holds(table, range, EVENT(NEXT, "b") "|" EVENT(THIRD, "c"));
	range.reverse = true;
	holds(table, range, EVENT(THIRD, "c") "|" EVENT(NEXT, "b"));
	range.upto = 2;
	holds(table, range, EVENT(THIRD, "c"));
}

static void test_names(void)
{
	static const char *const bad[] = {
		"",	    "1a",	  "a b",	  "a;b",	 "a\"b", "sqlite_schema",
		"SQLite_x", "siemstress", "Siemstress_x", "caf\xc3\xa9", "a-b",	 "a.b",
		"\n"
	};
	struct error err;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(!store_name_check(bad[i], &err));
	CHECK(store_name_check("_a1", &err) && store_name_check("HELPERSAuth", &err));
}

int main(void)
{
	struct place place = { 0 };

	if (freopen("/dev/null", "w", stderr) == NULL) /* collisions are told there */
		return 1;
	make_place(&place);
	test_known(&place);
	test_collision(&place);
	test_ranges(&place);
	test_base64(&place);
	test_without_text(&place);
	test_many_collisions(&place);
	test_batch(&place);
	test_siem(&place);
	test_siem_moves(&place);
	test_rules(&place);
	test_not_committed(&place);
	test_names();
	remove_place(&place);
	return check_end();
}
