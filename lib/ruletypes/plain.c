/* A rule without a limit: every matching event is a breach. */
/* SPDX-License-Identifier: MIT */
#include "ruletype.h"

static bool plain_read(struct rule *rule, const json_t *json, struct error *err)
{
	(void)rule;
	(void)json;
	(void)err;
	return true;
}

static enum verdict plain_match(const struct rule *rule, void *state, struct hand *hand)
{
	(void)rule;
	*(struct sight *)state = hand->sight;
	return VERDICT_BREACH;
}

static int64_t plain_until(const struct rule *rule, const void *state)
{
	(void)rule;
	(void)state;
	return INT64_MIN;
}

static int64_t plain_from(const struct rule *rule, const void *state)
{
	(void)rule;
	(void)state;
	return INT64_MAX;
}

static void plain_broke(const struct rule *rule, const void *state, struct taking *taking)
{
	(void)rule;
	taking->take(taking, state, 1);
}

static void plain_save(const struct rule *rule, const void *state, struct buffer *to)
{
	(void)rule;
	sight_write(to, state);
}

static bool plain_restore(const struct rule *rule, void *state, const json_t *json)
{
	(void)rule;
	return sight_read(json, state);
}

static void plain_release(void *state)
{
	(void)state;
}

const struct ruletype ruletype_plain = {
	.key = NULL,
	.read = plain_read,
	.steps = rule_wants,
	.begins = 1,
	.state_size = sizeof(struct sight),
	.match = plain_match,
	.until = plain_until,
	.from = plain_from,
	.broke = plain_broke,
	.save = plain_save,
	.restore = plain_restore,
	.release = plain_release,
};
