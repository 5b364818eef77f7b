/* Exactly once: what becomes of a record whose key is in the store already. The same for all backends. */
/* SPDX-License-Identifier: MIT */
#include "store.h"

#include <err.h>

enum {
	COLLISIONS_MAX = 1000, /* other events under the ids that follow one another */
	COLLISIONS_SHOWN = 5,
};

/* A record on its way; released at the end of store_put. */
struct putting {
	struct store_table *table;
	const struct record *record;
	struct slice line;	 /* to be kept */
	struct buffer rewritten; /* line under another id */
	struct buffer there;	 /* what stands under the key */
	struct error *err;
};

static const struct store_backend *backend_of(const struct putting *put)
{
	return put->table->store->backend;
}

static enum store_put stored(struct putting *put)
{
	put->table->store->counts.stored++;
	return STORE_PUT;
}

static enum store_put known(struct putting *put)
{
	put->table->store->counts.known++;
	return STORE_PUT;
}

static enum store_put replace(struct putting *put)
{
	if (!backend_of(put)->replace(put->table, put->record->key, put->line, put->err))
		return STORE_FAILED;
	return stored(put);
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

/* Is what stands under the key (a line that was read before) the same event? */
static bool is_there(struct putting *put)
{
	struct error damaged;
	struct event event;

	return event_read(&event, buffer_slice(&put->there), &damaged) && same_event(&event, put->record->event);
}

/* The line under another id: text is that id with its quotes. */
static void rewrite(struct putting *put, struct slice text)
{
	const struct event_change change = { FIELD_ID, text };

	put->rewritten.len = 0;
	event_write(&put->rewritten, put->record->event, &change, 1);
	put->line = slice_first(buffer_slice(&put->rewritten), put->rewritten.len - 1);
}

static void tell_collision(const struct putting *put, struct slice key)
{
	if (put->table->store->counts.collided++ >= COLLISIONS_SHOWN)
		return;
	warnx("table %s: another event stands under id %.*s, this one is kept as %.*s", put->table->name,
	      (int)put->record->key.len, put->record->key.ptr, (int)key.len, key.ptr);
}

/* Nobody can hide a line behind another: it goes under the next free id, and is found there when it comes again. */
static enum store_put put_event(struct putting *put)
{
	char text[ID_LEN + 2] = { '"', [ID_LEN + 1] = '"' };
	struct slice key = put->record->key;
	enum store_found found = STORE_THERE;
	struct id id;

	id_read(key, &id);
	for (int tries = 0; tries < COLLISIONS_MAX; tries++) {
		if (tries > 0) {
			id = id_next(id);
			id_print(text + 1, id);
			key = (struct slice){ text + 1, ID_LEN };
			rewrite(put, (struct slice){ text, sizeof text });
			found = backend_of(put)->insert(put->table, key, put->line, put->err);
		}
		if (found == STORE_ABSENT) {
			tell_collision(put, key);
			return stored(put);
		}
		if (found == STORE_THERE)
			found = backend_of(put)->find(put->table, key, &put->there, put->err);
		if (found == STORE_BROKEN)
			return STORE_FAILED;
		if (is_there(put))
			return known(put);
	}
	error_set(put->err, "%d other events stand under this id and those that follow", COLLISIONS_MAX);
	return STORE_REFUSED;
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

static enum store_put put_latest(struct putting *put)
{
	struct error damaged;
	struct event there;

	if (backend_of(put)->find(put->table, put->record->key, &put->there, put->err) == STORE_BROKEN)
		return STORE_FAILED;
	if (slice_equal(buffer_slice(&put->there), put->line))
		return known(put);
	if (put->table->kind == RECORD_SIEM && event_read(&there, buffer_slice(&put->there), &damaged) &&
	    is_earlier(put->record->event, &there))
		return known(put);
	return replace(put);
}

static enum store_put put_record(struct putting *put)
{
	struct store *store = put->table->store;

	if (!store->batch && !store->backend->begin(store, put->err))
		return STORE_FAILED;
	store->batch = true;
	switch (store->backend->insert(put->table, put->record->key, put->line, put->err)) {
	case STORE_ABSENT:
		return stored(put);
	case STORE_THERE:
		return put->table->kind == RECORD_EVENT ? put_event(put) : put_latest(put);
	default:
		return STORE_FAILED;
	}
}

enum store_put store_put(struct store_table *table, const struct record *record, struct buffer *kept, struct error *err)
{
	struct putting put = { .table = table, .record = record, .line = record->event->line, .err = err };
	const enum store_put done = put_record(&put);

	if (done == STORE_PUT && kept != NULL) {
		buffer_add(kept, put.line);
		buffer_add_char(kept, '\n');
	}
	buffer_clear(&put.rewritten);
	buffer_clear(&put.there);
	return done;
}
