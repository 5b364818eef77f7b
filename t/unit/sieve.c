/* The sieve never passes over a rule that wants an event, and what its rules share changes no answer. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/need.h"
#include "../../lib/ruletypes/ruletype.h"
#include "../../lib/sieve.h"
#include "check.h"

#include <stdlib.h>

enum {
	RULES = 150,
	ROUNDS = 40,
	EVENTS = 100,
};

static uint32_t state = 2463534242U;

static uint32_t random_number(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % below;
}

static const char *const tests[] = { "",       "|contains",	"|startswith", "|endswith", "|re",
				     "|cased", "|contains|all", "|exists",     "not" };
static const char *const fields[] = { "message",	  "user",	 "source_port",
				      "extended.list",	  "bare",	 "deep.er",
				      "extended.deep.er", "source_host", "raw_text" };
static const char *const texts[] = { "failed",
				     "Failed pass",
				     "ed passw",
				     "root",
				     "ROOT",
				     "ssh",
				     "22",
				     "*ass*or?",
				     "\\*lit",
				     "a\"b",
				     "[fF]ai+led (pa|x)ss",
				     "^Fail",
				     "(?i)root",
				     "failed? for",
				     "(?:ab)?word",
				     "w[o]rd|x",
				     "ro{1,2}t",
				     "(?i)kiss|Kisk",
				     "*is*",
				     "k",
				     "" };
static const char *const values[] = { "\"Failed password for root\"",
				      "\"failed\"",
				      "\"ROOT\"",
				      "\"ro\\u006ft\"",
				      "[\"x\",\"FAILED PASS\"]",
				      "22",
				      "\"22\"",
				      "[22,\"ssh\"]",
				      "\"a\\\"b ssh2\"",
				      "\"*lit\"",
				      "\"assword\"",
				      "null",
				      "\"FailEd passWord\"",
				      "\"\xe2\x84\xaais\xc5\xbf\"",
				      "\"kiss\"",
				      "\"roott\"" };

#define PICK(list) (list)[random_number(sizeof(list) / sizeof *(list))]

static void add_criteria(struct buffer *to, int depth);

static void add_member(struct buffer *to, int depth, unsigned number)
{
	const char *test = PICK(tests);

	if (strcmp(test, "not") == 0 && depth < 3) {
		buffer_add(to, number == 0 ? SLICE("\"not\":") : SLICE("\"bare|exists\":true"));
		if (number == 0)
			add_criteria(to, depth + 1);
		return;
	}
	if (strcmp(test, "not") == 0)
		test = "";
	buffer_printf(to, "\"%s%s\":", PICK(fields), test);
	if (strcmp(test, "|exists") == 0) {
		buffer_add(to, SLICE("true"));
		return;
	}
	buffer_add_char(to, '[');
	for (unsigned i = 0, count = 1 + random_number(2); i < count; i++) {
		if (i > 0)
			buffer_add_char(to, ',');
		json_add_string(to, slice_of(PICK(texts)));
	}
	buffer_add_char(to, ']');
}

static void add_criteria(struct buffer *to, int depth)
{
	const bool list = depth < 3 && random_number(4) == 0;
	const unsigned count = 1 + random_number(3);

	buffer_add_char(to, list ? '[' : '{');
	for (unsigned i = 0; i < count; i++) {
		if (i > 0)
			buffer_add_char(to, ',');
		if (list)
			add_criteria(to, depth + 1);
		else
			add_member(to, depth, i);
	}
	buffer_add_char(to, list ? ']' : '}');
}

/* Of all shapes that ask their criteria in ways of their own. */
static json_t *random_rule(void)
{
	static const char *const shapes[] = {
		"\"when\":",
		"\"event_limit\":0,\"unless\":[{\"user\":\"root\"},{\"message|re\":\"[fF]ai+led (pa|x)ss\"}],\"when\":",
		"\"time_int\":1,\"expect\":\"self\",\"when\":",
		"\"time_int\":1,\"expect\":{\"user\":\"root\"},\"when\":"
	};
	struct buffer text = { 0 };

	buffer_add(&text, SLICE("{\"name\":\"r\",\"severity\":1,"));
	if (random_number(4) == 0) {
		buffer_add(&text, random_number(2) ? SLICE("\"time_int\":1,\"all\":[")
						   : SLICE("\"time_int\":1,\"sequence\":["));
		add_criteria(&text, 1);
		buffer_add_char(&text, ',');
		add_criteria(&text, 1);
		buffer_add_char(&text, ']');
		if (random_number(2)) {
			buffer_add(&text, SLICE(",\"when\":"));
			add_criteria(&text, 1);
		}
	} else {
		buffer_add(&text, slice_of(PICK(shapes)));
		add_criteria(&text, 1);
	}
	buffer_add_char(&text, '}');
	json_t *json = json_loads(buffer_text(&text), 0, NULL);
	buffer_clear(&text);
	return json;
}

static void add_maybe(struct buffer *to, const char *const around[2])
{
	if (random_number(2))
		buffer_printf(to, "%s%s%s", around[0], PICK(values), around[1]);
}

/* Members in extended and beside it, names that come twice or with escapes, and SIEM events, which have a key. */
static void random_event(struct buffer *to)
{
	static const char *const more[][2] = { { ",\"bare\":", "" },
					       { ",\"deep\":{\"er\":", "}" },
					       { ",\"user\":", "" },
					       { ",\"key\":{\"source_host\":", "}" } };
	static const char *const inside[][2] = {
		{ ",\"list\":", "" }, { ",\"deep\":{\"er\":", "}" }, { ",\"deep\":", "" }, { ",\"b\\u0061re\":", "" }
	};
	to->len = 0;
	buffer_printf(to, "{\"source_port\":%s,\"user\":%s", PICK(values), PICK(values));
	buffer_printf(to, ",\"message\":%s", PICK(values));
	if (random_number(4) > 0) {
		buffer_printf(to, ",\"extended\":{\"list\":%s", PICK(values));
		if (random_number(4) > 0)
			buffer_printf(to, ",\"bare\":%s", PICK(values));
		add_maybe(to, PICK(inside));
		buffer_add_char(to, '}');
	}
	add_maybe(to, PICK(more));
	buffer_add_char(to, '}');
}

/* A rule in the sieve, and its like outside. */
struct pair {
	struct rule *shared, *alone;
};

static struct pair random_pair(void)
{
	struct pair pair = { NULL, NULL };
	struct error err;

	while (pair.shared == NULL) {
		json_t *json = random_rule(); /* NULL where a name came twice, say */
		pair.shared = json ? rule_new(json, NULL, NULL, &err) : NULL;
		pair.alone = pair.shared ? rule_new(json, NULL, NULL, &err) : NULL;
		json_decref(json);
	}
	return pair;
}

static unsigned steps_of(struct rule *rule, const struct event *event)
{
	static const enum fed fed[] = { FED_NOT, FED_OPEN, FED_LATER };
	return rule->type->steps(rule, event, fed[event_has(event, FIELD_KEY) ? random_number(3) : 0]);
}

struct sums {
	unsigned wanted, passed, missed, different;
};

static void check_event(struct sieve *sieve, const struct pair *pairs, const struct event *event, struct sums *sums)
{
	const uint64_t *left = sieve_event(sieve, event);

	for (size_t i = 0; i < RULES; i++) {
		const uint32_t before = state;
		const bool is_left = left[i / 64] >> i % 64 & 1;
		const unsigned alone = steps_of(pairs[i].alone, event);
		state = before; /* the same question */
		sums->different += steps_of(pairs[i].shared, event) != alone;
		sums->missed += alone != 0 && !is_left;
		sums->wanted += alone != 0;
		sums->passed += is_left;
	}
}

static void check_round(struct sums *sums)
{
	struct pair pairs[RULES];
	struct rule *shared[RULES];
	struct buffer line = { 0 };
	struct event event;
	struct error err;

	for (size_t i = 0; i < RULES; i++) {
		pairs[i] = random_pair();
		shared[i] = pairs[i].shared;
	}
	struct sieve *sieve = sieve_new(shared, RULES);
	for (unsigned n = 0; n < EVENTS; n++) {
		random_event(&line);
		CHECK(event_read(&event, buffer_slice(&line), &err));
		check_event(sieve, pairs, &event, sums);
	}
	sieve_free(sieve);
	for (size_t i = 0; i < RULES; i++) {
		rule_free(pairs[i].shared);
		rule_free(pairs[i].alone);
	}
	buffer_clear(&line);
}

int main(void)
{
	struct sums sums = { 0 };

	for (unsigned i = 0; i < ROUNDS; i++)
		check_round(&sums);
	CHECK_NUMBER(sums.missed, 0);
	CHECK_NUMBER(sums.different, 0);
	printf("%u wanted, %u passed\n", sums.wanted, sums.passed);
	CHECK(sums.wanted > 1000);
	CHECK(sums.passed < RULES * ROUNDS * EVENTS * 3 / 4);
	return check_end();
}
