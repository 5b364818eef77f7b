/* What kind of record a line is, and the key under which a store keeps it. */
/* SPDX-License-Identifier: MIT */
#include "record.h"

#include "id.h"

enum {
	KEY_MAX = 256, /* bytes of a rule's or helper's name */
};

const char *const record_kind_names[] = { "events", "siem", "rules", "helpers", NULL };

static const char *const texts[] = { "an event", "a SIEM event", "a rule", "a helper" };

/* What a rule may have besides its name; those that are no field of ours are looked for among the unknown ones. */
static const char *const rule_words[] = {
	"sequence", "all", "expect", "first_seen", "distinct", "unless", "sql_query"
};

/* Which bit it is: the index of both tables above. */
static int index_of(enum record_kind kind)
{
	return __builtin_ctz((unsigned)kind);
}

const char *record_kind_name(enum record_kind kind)
{
	return record_kind_names[index_of(kind)];
}

const char *record_kind_text(enum record_kind kind)
{
	return texts[index_of(kind)];
}

enum record_kind record_kind_find(struct slice name)
{
	for (unsigned i = 0; record_kind_names[i] != NULL; i++)
		if (slice_is(name, record_kind_names[i]))
			return (enum record_kind)(1u << i);
	return (enum record_kind)0;
}

static bool is_rule(const struct event *event)
{
	struct slice value;

	if (!event_has(event, FIELD_NAME))
		return false;
	if (event_has(event, FIELD_WHEN) || event_has(event, FIELD_EVENT_LIMIT))
		return true;
	for (size_t i = 0; i < sizeof rule_words / sizeof *rule_words; i++)
		if (event_unknown(event, slice_of(rule_words[i]), &value))
			return true;
	return false;
}

static enum record_kind kind_of(const struct event *event)
{
	if (event_has(event, FIELD_ID) && event_has(event, FIELD_PHASE) && event_has(event, FIELD_SOURCE_RULE))
		return RECORD_SIEM;
	if (event_has(event, FIELD_ID) && event_has(event, FIELD_DATE_STAMP))
		return RECORD_EVENT;
	if (event_has(event, FIELD_REG_EXP))
		return RECORD_HELPER;
	return is_rule(event) ? RECORD_RULE : (enum record_kind)0;
}

/* Ids give the order in time and cannot be just any text. */
static bool read_id(struct record *record, struct error *err)
{
	struct id id;

	record->key = event_text(record->event, FIELD_ID, &record->scratch);
	if (record->key.len == 0)
		return error_set(err, "%s needs an id", record_kind_text(record->kind));
	if (event_value(record->event, FIELD_ID).ptr[0] != '"' || !id_read(record->key, &id))
		return error_set(err, "its id is no ULID (26 letters, as siem-parse writes them)");
	return true;
}

static bool read_name(struct record *record, struct error *err)
{
	const struct slice value = event_value(record->event, FIELD_NAME);

	record->key = event_text(record->event, FIELD_NAME, &record->scratch);
	if (record->key.len == 0 || value.ptr[0] != '"')
		return error_set(err, "%s needs a name", record_kind_text(record->kind));
	if (record->key.len > KEY_MAX || memchr(record->key.ptr, '\0', record->key.len) != NULL)
		return error_set(err, "its name is longer than %d bytes or holds a NUL", KEY_MAX);
	return true;
}

bool record_read(struct record *record, const struct event *event, enum record_kind kind, struct error *err)
{
	record->event = event;
	record->kind = kind != 0 ? kind : kind_of(event);
	if (record->kind == 0)
		return error_set(err, "neither an event (id, date_stamp) nor a SIEM event (phase, source_rule), "
				      "a rule (name, when) or a helper (name, reg_exp)");
	if (record->kind == RECORD_EVENT || record->kind == RECORD_SIEM)
		return read_id(record, err);
	return read_name(record, err);
}

void record_clear(struct record *record)
{
	buffer_clear(&record->scratch);
}
