/* What an audit event of several records says, in a line for people. */
/* SPDX-License-Identifier: MIT */
#include "audit_message.h"

#include "../json.h"

/* Members of extended in the order in which they are told; name is told in place of what it names, where it is there.
 */
struct word {
	const char *key;
	const char *name;
};

static const struct word words[] = {
	{ "action", NULL },    { "permission", NULL },	 { "syscall", "syscall_name" },
	{ "success", NULL },   { "exit", NULL },	 { "auid", "auid_name" },
	{ "uid", "uid_name" }, { "tty", NULL },		 { "comm", NULL },
	{ "exe", NULL },       { "key", NULL },		 { "op", NULL },
	{ "cwd", NULL },       { "address", NULL },	 { "port", NULL },
	{ "paths", NULL },     { "command_line", NULL }, { "proctitle", NULL },
};

enum {
	WORDS = sizeof words / sizeof words[0],
	PATHS_MAX = 16,		/* that are told */
	MESSAGE_MAX = 64 << 10, /* bytes; words for which there is no room are left out */
};

struct values {
	struct slice of_key[WORDS], of_name[WORDS], type;
};

static struct values collect(const struct parsed *out)
{
	struct json_walk walk = { out->extended.ptr, out->extended.ptr + out->extended.len, true };
	struct values values = { 0 };
	struct slice key, value;

	while (json_next(&walk, &key, &value)) {
		if (slice_is(key, "type"))
			values.type = value;
		for (size_t i = 0; i < WORDS; i++)
			if (slice_is(key, words[i].key))
				values.of_key[i] = value;
			else if (words[i].name != NULL && slice_is(key, words[i].name))
				values.of_name[i] = value;
	}
	return values;
}

static void add_word(struct buffer *to, const char *key, struct slice value, struct buffer *scratch)
{
	const struct slice text = slice_trim(json_text(value, scratch));

	if (to->len + text.len > MESSAGE_MAX)
		return;
	buffer_add_char(to, ' ');
	buffer_add(to, slice_of(key));
	buffer_add_char(to, '=');
	buffer_add(to, text);
}

static void add_paths(struct buffer *to, struct slice list, struct buffer *scratch)
{
	struct json_walk walk = json_walk(list);
	struct slice key, path;

	for (int i = 0; i < PATHS_MAX && json_next(&walk, &key, &path); i++)
		add_word(to, "path", path, scratch);
}

void audit_message(struct parsed *out)
{
	struct buffer *to = parsed_own(out, FIELD_MESSAGE), *scratch = &out->work[WORK_TEXT];
	const struct values values = collect(out);
	bool command = false;

	if (values.type.len > 0)
		buffer_add(to, json_text(values.type, scratch));
	for (size_t i = 0; i < WORDS; i++) {
		const struct slice value = values.of_name[i].len > 0 ? values.of_name[i] : values.of_key[i];
		if (value.len == 0 || (command && slice_is(slice_of(words[i].key), "proctitle")))
			continue;
		if (json_kind(value) == JSON_KIND_ARRAY)
			add_paths(to, value, scratch);
		else
			add_word(to, words[i].key, value, scratch);
		command |= slice_is(slice_of(words[i].key), "command_line");
	}
	parsed_text(out, FIELD_MESSAGE, buffer_slice(to));
}
