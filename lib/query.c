/* What siem-select's options ask of a record, put together as criteria (match.h). */
/* SPDX-License-Identifier: MIT */
#include "query.h"

#include "document.h"
#include "memory.h"
#include "pattern.h"
#include "terminal.h"
#include "utf8.h"
#include "width.h"

#include <stdlib.h>

enum {
	SHOWN = 120,
};

/* The names in criteria for each word; a word with two of them asks for either. */
static const char *const names[QUERY_WORDS][2] = {
	[QUERY_ID] = { "id" },
	[QUERY_SHOST] = { "source_host", "log_source" }, /* siemstress's source_host was the machine that logged */
	[QUERY_SPORT] = { "source_port" },
	[QUERY_DHOST] = { "dest_host" },
	[QUERY_DPORT] = { "dest_port" },
	[QUERY_PROCESS] = { "source_process" },
	[QUERY_PID] = { "source_pid" },
	[QUERY_PROTOCOL] = { "protocol" },
	[QUERY_GREP] = { "message|re" },
};

/* Adds criteria, which it takes over. */
static bool add(struct query *query, json_t *criteria, const char *dir, struct error *err)
{
	struct match *match = match_new(criteria, dir, err);

	if (query->criteria == NULL)
		query->criteria = json_array();
	json_array_append_new(query->criteria, criteria);
	if (match == NULL)
		return false;
	query->matches = memory_grow(query->matches, &query->room, query->count + 1, sizeof *query->matches);
	query->matches[query->count++] = match;
	return true;
}

static json_t *string_of(const char *text, struct error *err)
{
	json_t *string = json_string(text);
	char shown[SHOWN];

	if (string == NULL)
		error_set(err, "'%s' is not UTF-8", terminal_text(shown, sizeof shown, slice_of(text)));
	return string;
}

/* MariaDB's REGEXP, which siemquery used, knows no case; criteria do, so this is said inside the expression. */
static json_t *expression_of(const char *text, struct error *err)
{
	struct pattern *pattern = pattern_new(slice_of(text), true, err);
	struct buffer caseless = { 0 };
	json_t *string;

	if (pattern == NULL) {
		char shown[SHOWN];
		error_within(err, "'%s'", terminal_text(shown, sizeof shown, slice_of(text)));
		return NULL;
	}
	pattern_free(pattern);
	buffer_printf(&caseless, "(?i)%s", text);
	string = string_of(buffer_text(&caseless), err);
	buffer_clear(&caseless);
	return string;
}

bool query_ask(struct query *query, enum query_word word, bool without, const char *value, struct error *err)
{
	json_t **values = without ? &query->without[word] : &query->with[word];
	json_t *string = word == QUERY_GREP ? expression_of(value, err) : string_of(value, err);

	if (string == NULL)
		return false;
	if (*values == NULL)
		*values = json_array();
	return json_array_append_new(*values, string) == 0;
}

/* A value from the command line is a text, but |exists asks for true or false. */
static json_t *value_of(struct slice name, const char *value, struct error *err)
{
	const struct slice exists = SLICE("|exists");

	if (name.len > exists.len && slice_equal(slice_after(name, name.len - exists.len), exists)) {
		if (strcmp(value, "true") == 0 || strcmp(value, "false") == 0)
			return json_boolean(value[0] == 't');
		error_set(err, "|exists is true or false");
		return NULL;
	}
	return string_of(value, err);
}

bool query_where(struct query *query, const char *text, struct error *err)
{
	const struct slice all = slice_of(text);
	const struct slice name = slice_first(all, slice_find(all, '='));
	char shown[SHOWN];
	json_t *value, *criteria;

	if (name.len == all.len || name.len == 0)
		return error_set(err, "'%s' is no criterion: write field=value or field|test=value",
				 terminal_text(shown, sizeof shown, all));
	value = value_of(name, text + name.len + 1, err);
	if (value == NULL)
		return false;
	criteria = json_pack("{s%:o}", name.ptr, name.len, value);
	return criteria != NULL ? add(query, criteria, NULL, err)
				: error_set(err, "'%s' is not UTF-8", terminal_text(shown, sizeof shown, name));
}

bool query_file(struct query *query, const char *path, struct error *err)
{
	json_t *criteria = document_load(path, err);
	if (criteria == NULL)
		return false;

	char *dir = document_folder(path);
	const bool ok = add(query, criteria, dir, err) || error_within(err, "%s", path);
	free(dir);
	return ok;
}

/* {"source_host": values} or, for a word with two names, one of them or the other. */
static json_t *criteria_of(enum query_word word, json_t *values)
{
	const char *const *name = names[word];

	if (name[1] == NULL)
		return json_pack("{s:O}", name[0], values);
	return json_pack("[{s:O},{s:O}]", name[0], values, name[1], values);
}

bool query_ready(struct query *query, struct error *err)
{
	for (int word = 0; word < QUERY_WORDS; word++) {
		json_t *with = query->with[word], *without = query->without[word];
		if (with != NULL && !add(query, criteria_of((enum query_word)word, with), NULL, err))
			return false;
		if (without != NULL &&
		    !add(query, json_pack("{s:o}", "not", criteria_of((enum query_word)word, without)), NULL, err))
			return false;
	}
	return true;
}

bool query_ids(const struct query *query, struct id *low, struct id *high)
{
	char least[ID_LEN], greatest[ID_LEN], text[ID_LEN];
	struct id id;
	json_t *value;
	size_t i;

	json_array_foreach(query->with[QUERY_ID], i, value)
	{
		if (!id_read(slice_of(json_string_value(value)), &id))
			return false;
		id_print(text, id);
		if (i == 0 || memcmp(text, least, ID_LEN) < 0)
			memcpy(least, text, ID_LEN);
		if (i == 0 || memcmp(text, greatest, ID_LEN) > 0)
			memcpy(greatest, text, ID_LEN);
	}
	return json_array_size(query->with[QUERY_ID]) > 0 && id_read((struct slice){ least, ID_LEN }, low) &&
	       id_read((struct slice){ greatest, ID_LEN }, high);
}

void query_words(const struct query *query, struct words *words)
{
	for (size_t i = 0; i < query->count; i++)
		words_add(words, query->matches[i]);
}

bool query_event(const struct query *query, const struct event *event)
{
	for (size_t i = 0; i < query->count; i++)
		if (!match_event(query->matches[i], event))
			return false;
	return true;
}

uint64_t query_gave_up(const struct query *query)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < query->count; i++)
		sum += match_gave_up(query->matches[i]);
	return sum;
}

/* JSON's own escapes for what moves a terminal or cannot be seen: it stays JSON. It is UTF-8. */
static void add_shown(struct buffer *to, struct slice text)
{
	for (size_t i = 0, n; i < text.len; i += n) {
		n = utf8_length(text.ptr + i, text.ptr + text.len);
		const uint32_t code = utf8_code(text.ptr + i, n);
		if (code_width(code) != WIDTH_HIDDEN)
			buffer_add(to, (struct slice){ text.ptr + i, n });
		else if (code < 0x10000)
			buffer_printf(to, "\\u%04x", (unsigned)code);
		else
			buffer_printf(to, "\\u%04x\\u%04x", (unsigned)(0xd7c0 + (code >> 10)),
				      (unsigned)(0xdc00 | (code & 0x3ff)));
	}
}

void query_explain(const struct query *query, struct buffer *to)
{
	char *text = json_dumps(query->criteria, JSON_COMPACT);

	if (text != NULL)
		add_shown(to, slice_of(text));
	free(text);
}

void query_clear(struct query *query)
{
	for (int word = 0; word < QUERY_WORDS; word++) {
		json_decref(query->with[word]);
		json_decref(query->without[word]);
	}
	for (size_t i = 0; i < query->count; i++)
		match_free(query->matches[i]);
	free(query->matches);
	json_decref(query->criteria);
	*query = (struct query){ 0 };
}
