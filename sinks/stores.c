/* The table of stores, and the way to the one that a name means. */
/* SPDX-License-Identifier: MIT */
#include "store.h"

#include "../lib/terminal.h"
#include "sqlite.h"

#include <err.h>
#include <stdlib.h>
#include <strings.h>

enum {
	NAME_SHOWN = 120,
};

#ifdef SIEM_MARIADB
#include "maria.h"
#endif

static const struct store_backend *const backends[] = {
	&sqlite_backend,
#ifdef SIEM_MARIADB
	&maria_backend,
#endif
	NULL,
};

static void unknown_store(const char *name, struct error *err)
{
	const struct slice text = slice_of(name);
	const size_t colon = slice_find(text, ':');
	struct buffer examples = { 0 };
	char shown[NAME_SHOWN];

	for (size_t i = 0; backends[i] != NULL; i++)
		buffer_printf(&examples, "%s%s", i > 0 ? " or " : "", backends[i]->example);
	terminal_text(shown, sizeof shown, colon < text.len ? slice_first(text, colon) : text);
	if (colon == text.len)
		error_set(err, "'%s' names no store: write %s", shown, buffer_text(&examples));
	else if (strcmp(shown, "mariadb") == 0)
		error_set(err, "this siemstress was built without MariaDB: use %s", buffer_text(&examples));
	else
		error_set(err, "there is no kind of store '%s': write %s", shown, buffer_text(&examples));
	buffer_clear(&examples);
}

static const struct store_backend *backend_of(const char *name)
{
	const size_t colon = slice_find(slice_of(name), ':');

	for (size_t i = 0; backends[i] != NULL && name[colon] == ':'; i++)
		if (slice_is((struct slice){ name, colon }, backends[i]->scheme) && name[colon + 1] != '\0')
			return backends[i];
	return NULL;
}

const struct store_backend *store_find(const char *name, struct error *err)
{
	const struct store_backend *backend = backend_of(name);

	if (backend == NULL)
		unknown_store(name, err);
	else if (backend->check != NULL && !backend->check(name + strlen(backend->scheme) + 1, err))
		return NULL;
	return backend;
}

struct store *store_open(const char *name, const char *password, bool write, struct error *err)
{
	const struct store_backend *backend = store_find(name, err);

	return backend != NULL ? backend->open(name + strlen(backend->scheme) + 1, password, write, err) : NULL;
}

void store_close(struct store *store)
{
	if (store == NULL)
		return;
	batch_clear(&store->batch);
	store->backend->close(store);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool store_name_check(const char *name, struct error *err)
{
	const size_t len = strlen(name);
	char shown[NAME_SHOWN];
	bool ok = is_letter(name[0]) && len <= TABLE_NAME_MAX;

	for (size_t i = 0; ok && i < len; i++)
		ok = is_letter(name[i]) || (name[i] >= '0' && name[i] <= '9');
	terminal_text(shown, sizeof shown, slice_of(name));
	if (!ok)
		return error_set(err, "'%s' is no table name: letters, digits and '_', at most %d, the first no digit",
				 shown, TABLE_NAME_MAX);
	if (strncasecmp(name, "sqlite", 6) == 0 || strncasecmp(name, "siemstress", 10) == 0)
		return error_set(err, "'%s' is no table name: those with sqlite or siemstress at the start are kept",
				 shown);
	return true;
}

struct store_table *store_table(struct store *store, const char *name, enum record_kind kind, struct error *err)
{
	const enum record_kind meant = record_kind_find(slice_of(name));

	if (!store_name_check(name, err))
		return NULL;
	if (kind != 0 && meant != 0 && meant != kind) {
		error_set(err, "table %s is for %s alone: name another one", name, record_kind_name(meant));
		return NULL;
	}
	return store->backend->table(store, name, kind, err);
}

bool store_tables(struct store *store, void (*found)(void *data, const char *name), void *data, struct error *err)
{
	return store->backend->tables(store, found, data, err);
}

bool store_about(struct store_table *table, struct store_about *about, struct error *err)
{
	*about = (struct store_about){ 0 };
	return table->store->backend->about(table, about, err);
}

bool store_remove(struct store_table *table, struct id below, size_t most, uint64_t *removed, struct error *err)
{
	char text[ID_LEN + 1] = { 0 };

	id_print(text, below);
	return table->store->backend->remove(table, text, most, removed, err);
}

bool store_older(struct store_table *table, struct id below, uint64_t *count, struct error *err)
{
	char text[ID_LEN + 1] = { 0 };

	id_print(text, below);
	return table->store->backend->older(table, text, count, err);
}

bool store_drop(struct store_table *table, struct error *err)
{
	return table->store->backend->drop(table, err);
}

bool store_last(struct store_table *table, int64_t *last, struct error *err)
{
	return table->store->backend->last(table, last, err);
}

struct store_cursor *store_select(struct store_table *table, const struct store_range *range, struct error *err)
{
	return table->store->backend->select(table, range, err);
}

void store_cursor_free(struct store_cursor *cursor)
{
	if (cursor != NULL)
		cursor->table->store->backend->cursor_free(cursor);
}

enum store_step store_next(struct store_cursor *cursor, struct slice *line, struct error *err)
{
	return cursor->table->store->backend->next(cursor, line, err);
}

void store_rest(struct store_cursor *cursor)
{
	cursor->table->store->backend->rest(cursor);
}

void store_explain(struct store_cursor *cursor, struct buffer *to)
{
	cursor->table->store->backend->explain(cursor, to);
}

void store_tell(const struct error *why)
{
	char shown[2 * sizeof why->text];

	warnx("%s", terminal_text(shown, sizeof shown, slice_of(why->text)));
}

void store_give_up(enum status status, const struct error *why)
{
	store_tell(why);
	exit(status);
}
