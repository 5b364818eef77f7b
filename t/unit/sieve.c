/* The sieve never passes over a rule that wants an event, and passes over those that it is there for. */
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
static const char *const fields[] = { "message", "user", "source_port", "extended.list", "bare" };
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

/* Of all shapes that ask their criteria in ways of their own; NULL where a name came twice, say. */
static struct rule *random_rule(void)
{
	static const char *const shapes[] = { "\"when\":", "\"time_int\":1,\"expect\":\"self\",\"when\":",
					      "\"time_int\":1,\"expect\":{\"user\":\"root\"},\"when\":" };
	struct buffer text = { 0 };
	struct error err;

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
	struct rule *rule = json ? rule_new(json, NULL, NULL, &err) : NULL;
	json_decref(json);
	buffer_clear(&text);
	return rule;
}

static void random_event(struct buffer *to)
{
	to->len = 0;
	buffer_printf(to, "{\"source_port\":%s,\"user\":%s", PICK(values), PICK(values));
	buffer_printf(to, ",\"message\":%s,\"extended\":{\"list\":%s,\"bare\":%s}}", PICK(values), PICK(values),
		      PICK(values));
}

static void check_round(unsigned *wanted, unsigned *passed)
{
	struct rule *rules[RULES];
	struct buffer line = { 0 };
	struct event event;
	struct error err;
	unsigned missed = 0;

	for (size_t i = 0; i < RULES;)
		i += (rules[i] = random_rule()) != NULL;
	struct sieve *sieve = sieve_new(rules, RULES, random_number(1000));
	for (unsigned n = 0; n < EVENTS; n++) {
		random_event(&line);
		CHECK(event_read(&event, buffer_slice(&line), &err));
		const uint64_t *left = sieve_event(sieve, &event);
		for (size_t i = 0; i < RULES; i++) {
			const bool is_left = left[i / 64] >> i % 64 & 1;
			const bool wants = rules[i]->type->steps(rules[i], &event, FED_NOT) != 0;
			missed += wants && !is_left;
			*wanted += wants;
			*passed += is_left;
		}
	}
	CHECK_NUMBER(missed, 0);
	sieve_free(sieve);
	for (size_t i = 0; i < RULES; i++)
		rule_free(rules[i]);
	buffer_clear(&line);
}

int main(void)
{
	unsigned wanted = 0, passed = 0;

	for (unsigned i = 0; i < ROUNDS; i++)
		check_round(&wanted, &passed);
	CHECK(wanted > 1000);
	CHECK(passed < RULES * ROUNDS * EVENTS * 3 / 4);
	return check_end();
}
