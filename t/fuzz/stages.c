/* Whole stages with what ships: helpers over events of any lines, rules over what comes of them. */
/* SPDX-License-Identifier: MIT */
#include "line.h"

#include "../../lib/enrich.h"
#include "../../lib/id.h"
#include "../../lib/json.h"
#include "../../lib/window.h"

#include <glob.h>
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	PACKS_MAX = 64,
};

/* All helpers together, and each pack alone. */
struct packs {
	struct helpers all, alone[PACKS_MAX];
	struct enrich *together, *apart[PACKS_MAX];
	size_t count;
};

static void load(struct helpers *helpers, const char *path)
{
	struct error err;

	if (!helpers_load(helpers, path, &err))
		fuzz_same(__FILE__, __LINE__, slice_of(err.text), SLICE("helpers that ship are loaded"));
}

static struct packs *the_packs(void)
{
	static struct packs packs;
	struct error err;
	glob_t found;

	if (packs.count > 0)
		return &packs;
	MUST(glob("rules/helpers_*.json", 0, NULL, &found) == 0 && found.gl_pathc <= PACKS_MAX);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		load(&packs.all, found.gl_pathv[i]);
		load(&packs.alone[i], found.gl_pathv[i]);
		MUST((packs.apart[i] = enrich_new(&packs.alone[i], &err)) != NULL);
	}
	MUST((packs.together = enrich_new(&packs.all, &err)) != NULL);
	packs.count = found.gl_pathc;
	globfree(&found);
	return &packs;
}

static json_t *enriched(struct enrich *enrich, const struct event *event, struct buffer *text)
{
	struct event read;
	struct error err;

	text->len = 0;
	enrich_event(enrich, event, text);
	MUST(text->len > 0 && text->ptr[text->len - 1] == '\n');
	MUST(event_read(&read, (struct slice){ text->ptr, text->len - 1 }, &err));
	return fuzz_jansson(buffer_slice(text));
}

/* Of a list that a pack finds alone, each value is there when all packs are asked. */
static void check_lists(const json_t *alone, const json_t *together)
{
	const char *name;
	json_t *list, *value;
	size_t i, j;

	json_object_foreach(json_object_get((json_t *)(uintptr_t)alone, "extended"), name, list)
	{
		const json_t *other = json_object_get(json_object_get(together, "extended"), name);
		MUST(other != NULL);
		if (!json_is_array(list) || !json_is_array(other))
			continue;
		json_array_foreach(list, i, value)
		{
			for (j = 0; j < json_array_size(other); j++)
				if (json_equal(value, json_array_get(other, j)))
					break;
			MUST(j < json_array_size(other));
		}
	}
}

static void enrich_one(struct packs *packs, const struct event *event, size_t pack)
{
	struct buffer one = { 0 }, other = { 0 };
	json_t *together = enriched(packs->together, event, &one), *again, *alone;

	again = enriched(packs->together, event, &other);
	MUST_SAME(buffer_slice(&one), buffer_slice(&other));
	alone = enriched(packs->apart[pack % packs->count], event, &other);
	if (together != NULL && alone != NULL)
		check_lists(alone, together);
	json_decref(together);
	json_decref(again);
	json_decref(alone);
	buffer_clear(&one);
	buffer_clear(&other);
}

static void run_enrich(const struct fuzz_target *target, struct slice bytes)
{
	struct packs *packs = the_packs();
	struct slice events = fuzz_events(bytes), line;
	size_t pack = bytes.len;
	struct event event;
	struct error err;

	(void)target;
	while (fuzz_part(&events, '\n', &line)) {
		MUST(event_read(&event, line, &err));
		enrich_one(packs, &event, pack++);
	}
}

static const char *const enrich_seeds[] = {
	"Jun 10 12:00:00 web1 sshd[77]: Failed password for invalid user anna from 192.0.2.7 port 4711 ssh2\n",
	"Jun 10 12:00:00 web1 sudo: anna : TTY=pts/0 ; PWD=/home/anna ; USER=root ; COMMAND=/bin/ls\n",
	"Jun 10 12:00:00 mx postfix/smtpd[7]: NOQUEUE: reject: RCPT from x.example[192.0.2.7]: 554 5.7.1; "
	"from=<a@example.org> "
	"to=<b@example.org> proto=ESMTP helo=<x>\n",
	"Jun 10 12:00:00 fw %ASA-4-106023: Deny tcp src outside:192.0.2.7/4711 dst inside:198.51.100.8/22 by "
	"access-group \"x\"\n",
	"Jun 10 12:00:00 web1 named[7]: client @0x7f 192.0.2.7#4711 (example.org): query (cache) 'example.org/A/IN' "
	"denied\n",
	"Jun 10 12:00:00 web1 dovecot: imap-login: Disconnected (auth failed): user=<anna>, rip=192.0.2.7, "
	"lip=192.0.2.8\n",
	NULL,
};

const struct fuzz_target fuzz_enrich = { "enrich", 1024, run_enrich, enrich_seeds, NULL };

/* Rules that ship, and one that counts everything: whatever the stream, what comes out are whole SIEM events. */
static const struct rules *the_rules(void)
{
	static struct rules rules;
	struct error err;
	glob_t found;

	if (rules.count > 0)
		return &rules;
	MUST(glob("rules/*.json", 0, NULL, &found) == 0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		if (strstr(found.gl_pathv[i], "/helpers_") == NULL)
			MUST(rules_load(&rules, found.gl_pathv[i], &err));
	static const char every[] =
	    "[{\"name\":\"zz\",\"severity\":5,\"when\":{\"message|exists\":true},\"by\":[\"source_host\"],\"event_"
	    "limit\":1,"
	    "\"time_int\":10,\"grow\":2,\"hold\":\"1h\",\"message\":\"{message} {count} {by}\"}]";
	char path[FUZZ_PATH];
	const int fd = fuzz_file(SLICE(every), path);
	MUST(rules_load(&rules, path, &err) && rules_ready(&rules, &err));
	close(fd);
	globfree(&found);
	return &rules;
}

static void check_alerts(struct slice alerts)
{
	struct slice line;
	struct event event;
	struct error err;
	struct id id;
	struct buffer text = { 0 };

	while (fuzz_part(&alerts, '\n', &line)) {
		json_decref(fuzz_jansson(line));
		MUST(event_read(&event, line, &err) && event.unknown == 0);
		MUST(event_has(&event, FIELD_PHASE) && event_has(&event, FIELD_SOURCE_RULE));
		MUST(id_read(event_text(&event, FIELD_ID, &text), &id));
	}
	buffer_clear(&text);
}

/* All of the lines, then the engine is asked to end; twice the same. */
static void run_window(const struct fuzz_target *target, struct slice bytes)
{
	const struct window_options options = { .late = bytes.len % 2 ? 0 : MINUTE,
						.max_keys = bytes.len % 3 ? WINDOW_KEYS_DEFAULT : 1,
						.emit = bytes.len % 5 == 0 ? 8 : ~0U,
						.host = SLICE("here") };
	struct buffer out[2] = { { 0 }, { 0 } };

	(void)target;
	for (int round = 0; round < 2; round++) {
		struct window *window = window_new(the_rules(), &options, &out[round]);
		struct slice events = fuzz_events(bytes), line;
		struct event event;
		struct error err = { "" };
		while (fuzz_part(&events, '\n', &line)) {
			MUST(event_read(&event, line, &err));
			if (!window_event(window, &event, &err))
				fuzz_words(&err);
		}
		window_end(window);
		window_free(window);
	}
	MUST_SAME(buffer_slice(&out[0]), buffer_slice(&out[1]));
	check_alerts(buffer_slice(&out[0]));
	buffer_clear(&out[0]);
	buffer_clear(&out[1]);
}

static const char *const window_seeds[] = {
	"Jun 10 12:00:00 web1 sshd[77]: Failed password for anna from 192.0.2.7 port 4711 ssh2\n"
	"Jun 10 12:00:01 web1 sshd[78]: Failed password for anna from 192.0.2.7 port 4712 ssh2\n"
	"Jun 10 12:00:02 web1 sshd[79]: Failed password for anna from 192.0.2.7 port 4713 ssh2\n"
	"Jun 10 13:30:02 web1 sshd[79]: Accepted password for anna from 192.0.2.7 port 4713 ssh2\n",
	"192.0.2.7 - - [10/Jun/2024:12:00:00 +0000] \"GET / HTTP/1.1\" 200 7\n"
	"192.0.2.7 - - [10/Jun/2024:12:00:00 +0000] \"GET / HTTP/1.1\" 200 7\n"
	"192.0.2.7 - - [10/Jun/2024:12:00:00 +0000] \"GET / HTTP/1.1\" 200 7\n",
	NULL,
};

const struct fuzz_target fuzz_window = { "window", FUZZ_LINES_MAX, run_window, window_seeds, NULL };
