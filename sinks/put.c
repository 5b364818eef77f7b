/* Exactly once: what becomes of the records of a batch, some of whose keys the store has. For all backends. */
/* SPDX-License-Identifier: MIT */
#include "store.h"

#include "../lib/memory.h"

#include <err.h>
#include <stdlib.h>

enum {
	COLLISIONS_MAX = 100, /* other events under the ids that follow one another */
	COLLISIONS_SHOWN = 5,
};

/* A try to make a batch part of the store. */
struct settling {
	struct store *store;
	const struct store_backend *backend;
	struct batch *batch;
	struct store_row **rows; /* those that are asked about together */
	struct error *err;
};

enum store_put store_put(struct store_table *table, const struct record *record, struct error *err)
{
	struct store *store = table->store;

	if (record->key.len > STORE_KEY_MAX)
		return error_set(err, "its name is longer than %d bytes", STORE_KEY_MAX), STORE_REFUSED;
	if (store->line_max > 0 && record->event->line.len > store->line_max)
		return error_set(err, "longer than the store takes: %zu bytes", store->line_max), STORE_REFUSED;
	batch_add(&store->batch, table, record);
	return STORE_PUT;
}

/* The same text, however it is escaped. Absent in both is the same. */
static bool same_field(const struct event *a, const struct event *b, enum field field)
{
	struct buffer one = { 0 }, other = { 0 };
	const bool same = event_has(a, field) == event_has(b, field) &&
			  slice_equal(event_text(a, field, &one), event_text(b, field, &other));

	buffer_clear(&one);
	buffer_clear(&other);
	return same;
}

/* The same line of a log? Where one was kept without its text (--no-raw), what was read from it decides. */
static bool same_event(const struct event *a, const struct event *b)
{
	if (event_has(a, FIELD_RAW_TEXT) && event_has(b, FIELD_RAW_TEXT))
		return same_field(a, b, FIELD_RAW_TEXT) && same_field(a, b, FIELD_RAW_BASE64);
	return same_field(a, b, FIELD_MESSAGE) && same_field(a, b, FIELD_LOG_SOURCE) &&
	       same_field(a, b, FIELD_DATE_STAMP);
}

/* What stands under the key of an event: is it this one? */
static void compare_event(void *data, struct store_row *row, struct slice there)
{
	struct error damaged;
	struct event one, other;

	(void)data;
	row->seen = true;
	row->same =
	    slice_equal(there, row->line) ||
	    (event_read(&one, there, &damaged) && event_read(&other, row->line, &damaged) && same_event(&one, &other));
}

/* The line under another id. */
static void rewrite(struct settling *settling, struct store_row *row, const char id[ID_LEN])
{
	char text[ID_LEN + 2] = { '"', [ID_LEN + 1] = '"' };
	const struct event_change change = { FIELD_ID, { text, sizeof text } };
	struct buffer *to = &settling->batch->rewritten;
	struct event event;

	memcpy(text + 1, id, ID_LEN);
	row->rewritten = to->len;
	event_read(&event, row->line, settling->err);
	event_write(to, &event, &change, 1);
	row->rewritten_len = --to->len - row->rewritten; /* without its newline */
}

/* Tries the row under one more id. False where the store cannot go on. */
static bool try_id(struct settling *settling, struct store_row *row, struct id id)
{
	char key[ID_LEN];
	struct store_row other = { .table = row->table, .key = { key, ID_LEN } };
	struct store_row *one = &other;

	id_print(key, id);
	rewrite(settling, row, key);
	other.line = batch_line(settling->batch, row);
	if (!settling->backend->insert(row->table, &one, 1, settling->err))
		return false;
	if (other.fresh) {
		row->fate = ROW_STORED;
		row->moved = true;
		return true;
	}
	if (!settling->backend->lookup(row->table, &one, 1, compare_event, NULL, settling->err))
		return false;
	if (other.same)
		row->fate = row->moved ? ROW_STORED : ROW_KNOWN;
	else
		settling->batch->rewritten.len = row->rewritten;
	return true;
}

/* Nobody can hide a line behind another: it goes under the next free id, and is found there when it comes again. */
static bool put_beside(struct settling *settling, struct store_row *row)
{
	struct id id;

	id_read(row->key, &id);
	for (int tries = 1; tries < COLLISIONS_MAX && row->fate == ROW_UNSETTLED; tries++) {
		id = id_next(id);
		if (!try_id(settling, row, id))
			return false;
	}
	if (row->fate == ROW_UNSETTLED) {
		row->fate = ROW_REFUSED;
		row->rewritten_len = 0;
	}
	return true;
}

/* An event that was there before us, or is there by the try of ours that may have been committed, or another one is. */
static bool settle_event(struct settling *settling, struct store_row *row)
{
	if (row->fresh || (row->same && row->ours))
		row->fate = ROW_STORED;
	else if (row->same)
		row->fate = ROW_KNOWN;
	else if (settling->store->dry)
		row->fate = ROW_STORED;
	else
		return put_beside(settling, row);
	return true;
}

/* All events of the table of this row, from this row on. */
static bool settle_events(struct settling *settling, struct store_row *first)
{
	const struct store_row *end = settling->batch->rows + settling->batch->count;
	struct store_row **rows = settling->rows;
	size_t count = 0, others = 0;

	for (struct store_row *row = first; row < end; row++)
		if (row->table == first->table)
			rows[count++] = row;
	if (!settling->store->dry && !settling->backend->insert(first->table, rows, count, settling->err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!rows[i]->fresh)
			rows[others++] = rows[i];
	if (others > 0 && !settling->backend->lookup(first->table, rows, others, compare_event, NULL, settling->err))
		return false;
	for (struct store_row *row = first; row < end; row++)
		if (row->table == first->table && !settle_event(settling, row))
			return false;
	return true;
}

/* How far an episode has come: by its count, then by its phase. */
struct progress {
	int64_t count;
	int phase;
};

static struct progress progress_of(const struct event *event)
{
	static const char *const phases[] = { "open", "grow", "reopen", "close", NULL };
	struct buffer scratch = { 0 };
	struct progress progress = { 0 };
	const struct slice phase = event_text(event, FIELD_PHASE, &scratch);

	slice_number(event_value(event, FIELD_EVENT_COUNT), 0, INT64_MAX, &progress.count);
	while (phases[progress.phase] != NULL && !slice_is(phase, phases[progress.phase]))
		progress.phase++;
	buffer_clear(&scratch);
	return progress;
}

/* A replay begins with the open line of an episode whose close line may be here already. */
static bool is_earlier(const struct event *a, const struct event *b)
{
	const struct progress one = progress_of(a), other = progress_of(b);

	return one.count != other.count ? one.count < other.count : one.phase < other.phase;
}

/* What stands under the key of a SIEM event, a rule, a helper: does it say as much as this one, or more? */
static void compare_latest(void *data, struct store_row *row, struct slice there)
{
	struct error damaged;
	struct event one, other;

	(void)data;
	row->seen = true;
	row->same =
	    slice_equal(there, row->line) || (row->table->kind == RECORD_SIEM && event_read(&other, there, &damaged) &&
					      event_read(&one, row->line, &damaged) && is_earlier(&one, &other));
}

static bool settle_latest(struct settling *settling, struct store_row *row)
{
	const bool dry = settling->store->dry;

	if (!dry && !settling->backend->insert(row->table, &row, 1, settling->err))
		return false;
	if (!row->fresh && !settling->backend->lookup(row->table, &row, 1, compare_latest, NULL, settling->err))
		return false;
	row->fate = row->same && !row->ours ? ROW_KNOWN : ROW_STORED;
	return dry || row->fresh || row->same ||
	       settling->backend->replace(row->table, row->key, row->line, settling->err);
}

static bool settle(struct settling *settling)
{
	struct batch *batch = settling->batch;
	bool ok = true;

	batch->rewritten.len = 0;
	for (size_t i = 0; i < batch->count; i++) {
		struct store_row *row = &batch->rows[i];
		row->ours |= row->fresh;
		row->fresh = row->seen = row->same = false;
		row->fate = ROW_UNSETTLED;
		row->rewritten_len = 0;
	}
	for (size_t i = 0; ok && i < batch->count; i++) {
		struct store_row *row = &batch->rows[i];
		if (row->fate == ROW_UNSETTLED)
			ok = row->table->kind == RECORD_EVENT ? settle_events(settling, row)
							      : settle_latest(settling, row);
	}
	return ok;
}

static void tell_collision(struct store *store, const struct store_row *row)
{
	struct error damaged;
	struct event event;
	struct buffer scratch = { 0 };

	if (store->counts.collided++ < COLLISIONS_SHOWN &&
	    event_read(&event, batch_line(&store->batch, row), &damaged)) {
		const struct slice id = event_text(&event, FIELD_ID, &scratch);
		warnx("table %s: another event stands under id %.*s, this one is kept as %.*s", row->table->name,
		      (int)row->key.len, row->key.ptr, (int)id.len, id.ptr);
	}
	buffer_clear(&scratch);
}

/* The batch is there: what became of each record is counted and passed on, in the order in which they came. */
static void report(struct store *store, const struct store_report *to)
{
	for (const struct store_row *row = store->batch.rows; row < store->batch.rows + store->batch.count; row++) {
		store->counts.stored += row->fate == ROW_STORED;
		store->counts.known += row->fate == ROW_KNOWN;
		if (row->fate == ROW_STORED && row->rewritten_len > 0)
			tell_collision(store, row);
		if (row->fate == ROW_REFUSED && to != NULL && to->refused != NULL)
			to->refused(to->data, row->line,
				    "too many other events stand under this id and those that follow");
		if (row->fate != ROW_REFUSED && to != NULL && to->kept != NULL) {
			buffer_add(to->kept, batch_line(&store->batch, row));
			buffer_add_char(to->kept, '\n');
		}
	}
}

bool store_commit(struct store *store, const struct store_report *to, struct error *err)
{
	const struct store_backend *backend = store->backend;
	struct settling settling = { store, backend, &store->batch, NULL, err };
	bool ok = true;

	if (!store_pending(store))
		return true;
	batch_ready(&store->batch);
	settling.rows = memory_new(store->batch.count, sizeof *settling.rows);
	do {
		if (store->dry ? settle(&settling)
			       : backend->begin(store, err) && settle(&settling) && backend->commit(store, err))
			break;
		ok = !store->dry && backend->recover != NULL && backend->recover(store, err);
	} while (ok);
	free(settling.rows);
	if (ok)
		report(store, to);
	batch_empty(&store->batch);
	return ok;
}
