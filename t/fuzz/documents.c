/* Files that people write, as a stranger would: refused with words, or used; criteria hold whoever asked before. */
/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "../../lib/config.h"
#include "../../lib/document.h"
#include "../../lib/enrich.h"
#include "../../lib/json.h"
#include "../../lib/match.h"
#include "../../lib/query.h"
#include "../../lib/trial.h"
#include "../../lib/value_list.h"

#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	TEXT_MAX = 2048,
};

/* Events of all kinds of values, for criteria to be held against. */
static const char *const events[] = {
	"{\"id\":\"01J0000000ABCDEFGHJKMNPQRS\",\"date_stamp\":\"2024-06-10T12:00:00Z\",\"severity\":3,\"log_source\":"
	"\"web1\","
	"\"source_process\":\"sshd\",\"source_pid\":77,\"source_host\":\"192.0.2.7\",\"source_port\":4711,\"user\":"
	"\"root\","
	"\"message\":\"Failed password for "
	"root\",\"extended\":{\"users\":[\"anna\",\"Root\",7],\"status\":404,\"sd\":{\"a\":{"
	"\"b\":\"c\"}},\"a\":1.5},\"raw_text\":\"x\\n\",\"mine\":true}",
	"{\"id\":\"01J0000000ABCDEFGHJKMNPQRT\",\"date_stamp\":\"2024-06-10T12:00:01Z\",\"source_host\":\"2001:db8::"
	"1\","
	"\"message\":\"caf\xc3\xa9 \\u00e9 \\\"aaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"extended\":{\"users\":[]}}",
	"{\"message\":null,\"severity\":\"3\",\"extended\":[1]}",
	NULL,
};

static json_t *value_of(struct slice text)
{
	return json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
}

/* The same answers, in whatever order events come. */
static void check_match(struct match *match)
{
	bool first[sizeof events / sizeof events[0]] = { false };

	for (int round = 0; round < 2; round++)
		for (size_t i = 0; events[i] != NULL; i++) {
			struct event event;
			struct error err;
			MUST(event_read(&event, slice_of(events[i]), &err));
			const bool holds = match_event(match, &event);
			MUST(round == 0 || first[i] == holds);
			first[i] = holds;
		}
}

static void run_criteria(const struct fuzz_target *target, struct slice bytes)
{
	json_t *criteria = value_of(bytes);
	struct error err = { "" };
	struct match *match;

	(void)target;
	if (criteria == NULL)
		return;
	match = match_new(criteria, "/nonexistent", &err);
	if (match == NULL)
		fuzz_words(&err);
	else
		check_match(match);
	match_free(match);
	/* What holds, does not hold once it is denied. */
	json_t *denied = json_pack("{s:O}", "not", criteria);
	struct match *yes = match_new(criteria, "/nonexistent", &err), *no = match_new(denied, "/nonexistent", &err);
	for (size_t i = 0; yes != NULL && no != NULL && events[i] != NULL; i++) {
		struct event event;
		MUST(event_read(&event, slice_of(events[i]), &err));
		MUST(match_event(yes, &event) != match_event(no, &event));
	}
	match_free(yes);
	match_free(no);
	json_decref(denied);
	json_decref(criteria);
}

static const char *const criteria_seeds[] = {
	"{\"message|contains|all\": [\"fail\", \"pass\"], \"source_process\": \"ssh?\"}",
	"[{\"severity|lte\": 3, \"user|exists\": true}, {\"not\": {\"source_host|cidr\": [\"192.0.2.0/24\", "
	"\"2001:db8::/32\"]}}]",
	"{\"message|re\": \"(?i)fail.* for (\\\\w+)\", \"extended.users\": [\"anna\", \"*oo*\"], \"status|gt\": 400.5}",
	"{\"message|startswith|cased\": \"Fail\", \"message|endswith\": \"ROOT\", \"a|gte\": 1, \"mine\": true}",
	"{\"source_host|in\": \"list.txt\"}",
	NULL,
};

const struct fuzz_target fuzz_criteria = { "criteria", TEXT_MAX, run_criteria, criteria_seeds, NULL };

/* A rule with its tests; they are run, whether they pass or not. */
static void run_rules(const struct fuzz_target *target, struct slice bytes)
{
	struct rules rules = { 0 };
	struct error err = { "" };
	struct buffer told = { 0 };
	struct trials trials = { 0 };
	char path[FUZZ_PATH];
	int fd = fuzz_file(bytes, path);

	(void)target;
	if (!rules_load(&rules, path, &err) || !rules_ready(&rules, &err))
		fuzz_words(&err);
	else
		for (size_t i = 0; i < rules.count; i++)
			trials_run(&trials, rules.list[i], &told);
	for (size_t i = 0; i < told.len; i++)
		MUST(told.ptr[i] == '\n' || ((unsigned char)told.ptr[i] >= ' ' && told.ptr[i] != 0x7f));
	buffer_clear(&told);
	rules_clear(&rules);
	close(fd);
}

static const char *const rules_seeds[] = {
	"[{\"name\":\"A\",\"desc\":\"d\",\"is_enabled\":1,\"severity\":5,\"when\":{\"message|contains\":\"fail\"},"
	"\"by\":[\"source_host\"],\"event_limit\":1,\"time_int\":10,\"message\":\"{count} of {by}: {user}\",\"grow\":2,"
	"\"hold\":\"1h\",\"quiet\":\"90s\",\"ids\":5,\"tests\":[{\"name\":\"t\",\"events\":[{\"message\":\"fail\","
	"\"source_host\":"
	"\"192.0.2.7\",\"repeat\":3,\"every\":\"1s\"}],\"alerts\":1}]}]",
	"{\"rules_auth\":[{\"name\":\"B\",\"when\":{\"severity|lt\":3},\"unless\":{\"user\":\"x\"},\"time_int\":\"1m\","
	"\"out_table\":\"t\",\"source_table\":\"s\"}]}",
	NULL,
};

const struct fuzz_target fuzz_rules = { "rules", TEXT_MAX, run_rules, rules_seeds, NULL };

/* Helpers of a stranger: what they make of an event is an event that differs in fields and extended alone. */
static void run_helpers(const struct fuzz_target *target, struct slice bytes)
{
	struct helpers helpers = { 0 };
	struct enrich *enrich = NULL;
	struct error err = { "" };
	char path[FUZZ_PATH];
	int fd = fuzz_file(bytes, path);

	(void)target;
	if (!helpers_load(&helpers, path, &err) || (enrich = enrich_new(&helpers, &err)) == NULL)
		fuzz_words(&err);
	for (size_t i = 0; enrich != NULL && i < 2; i++) {
		struct buffer one = { 0 }, two = { 0 };
		struct event event, after;
		MUST(event_read(&event, slice_of(events[i]), &err));
		enrich_event(enrich, &event, &one);
		enrich_event(enrich, &event, &two);
		MUST_SAME(buffer_slice(&one), buffer_slice(&two));
		MUST(one.len > 0 && one.ptr[one.len - 1] == '\n');
		MUST(event_read(&after, (struct slice){ one.ptr, one.len - 1 }, &err));
		json_t *tree = json_loadb(one.ptr, one.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
		MUST(tree != NULL);
		json_decref(tree);
		buffer_clear(&one);
		buffer_clear(&two);
	}
	enrich_free(enrich);
	helpers_free(&helpers);
	close(fd);
}

static const char *const helpers_seeds[] = {
	"{\"helpers_a\":[{\"name\":\"a\",\"desc\":\"d\",\"reg_exp\":\"for (\\\\w+)\",\"var_name\":\"users\"}]}",
	"[{\"name\":\"b\",\"reg_exp\":\"(?<command>Fail)ed "
	"(?<user>\\\\S+)\",\"field\":\"message\",\"when\":{\"severity\":3},"
	"\"values\":\"first\",\"set\":{\"outcome\":\"failure\"}}]",
	NULL,
};

const struct fuzz_target fuzz_helpers = { "helpers", 1024, run_helpers, helpers_seeds, NULL };

static void run_config(const struct fuzz_target *target, struct slice bytes)
{
	struct config config;
	struct error err = { "" };
	json_t *name, *values;
	char path[FUZZ_PATH];
	int fd = fuzz_file(bytes, path);

	(void)target;
	if (!config_read(&config, path, &err))
		fuzz_words(&err);
	config_clear(&config);
	/* The same bytes as a list of values: what is in the list stands in a line of the file. */
	name = json_string(path);
	values = value_list(name, NULL, &err);
	if (values == NULL)
		fuzz_words(&err);
	for (size_t i = 0; values != NULL && i < json_array_size(values); i++) {
		const json_t *value = json_array_get(values, i);
		MUST(json_string_length(value) > 0 && json_string_value(value)[0] != '#');
		MUST(memmem(bytes.ptr, bytes.len, json_string_value(value), json_string_length(value)) != NULL);
	}
	json_decref(values);
	json_decref(name);
	close(fd);
}

static const char *const config_seeds[] = {
	"# c\n[siemstress]\nserver = 127.0.0.1\nuser=siem\npassword = x y\ndatabase = d\nsectionfile = /etc/s\n; e\n",
	"[Siemstress]\r\nstore = sqlite:x.db\r\n",
	"192.0.2.0/24\n# no\n  caf\xc3\xa9 \n\nx\\y",
	NULL,
};

const struct fuzz_target fuzz_config = { "config", 1024, run_config, config_seeds, NULL };

/* What siem-select asks: words and criteria; how they are explained is JSON. */
static void run_query(const struct fuzz_target *target, struct slice bytes)
{
	struct query query = { 0 };
	struct buffer text = { 0 }, told = { 0 };
	struct error err = { "" };
	struct slice part;
	struct id low, high;
	bool ok = true;

	(void)target;
	for (unsigned i = 0; ok && fuzz_part(&bytes, '\n', &part); i++) {
		const unsigned char kind = part.len > 0 ? (unsigned char)part.ptr[0] : 0;
		text.len = 0;
		buffer_add(&text, part.len > 0 ? slice_after(part, 1) : part);
		ok = kind >= 'a' && kind < 'a' + 2 * QUERY_WORDS
			 ? query_ask(&query, (enum query_word)((kind - 'a') / 2), kind & 1, buffer_text(&text), &err)
			 : query_where(&query, buffer_text(&text), &err);
	}
	if (!ok || !query_ready(&query, &err)) {
		fuzz_words(&err);
	} else {
		(void)query_ids(&query, &low, &high);
		for (size_t i = 0; events[i] != NULL; i++) {
			struct event event;
			MUST(event_read(&event, slice_of(events[i]), &err));
			(void)query_event(&query, &event);
		}
		query_explain(&query, &told);
		json_t *tree = json_loadb(told.ptr != NULL ? told.ptr : "", told.len, JSON_DECODE_ANY, NULL);
		MUST(tree != NULL || told.len == 0);
		for (size_t i = 0; i < told.len; i++)
			MUST((unsigned char)told.ptr[i] >= ' ' && told.ptr[i] != 0x7f);
		json_decref(tree);
	}
	query_clear(&query);
	buffer_clear(&text);
	buffer_clear(&told);
}

static const char *const query_seeds[] = { "amsshd\nbmroot\n=message|contains=fail",
					   "a01J0000000ABCDEFGHJKMNPQRS\nqfail.*root\nrx",
					   "=severity|lte=3\n=source_host|cidr=192.0.2.0/24\n=user|exists=true", NULL };

const struct fuzz_target fuzz_query = { "query", 512, run_query, query_seeds, NULL };
