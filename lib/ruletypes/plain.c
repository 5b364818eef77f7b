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

static bool plain_match(const struct rule *rule, void *state, const struct sight *sight)
{
	(void)rule;
	*(struct sight *)state = *sight;
	return true;
}

static int64_t plain_until(const struct rule *rule, const void *state)
{
	(void)rule;
	(void)state;
	return INT64_MIN;
}

static size_t plain_broke(const void *state)
{
	(void)state;
	return 1;
}

static const struct sight *plain_sight(const void *state, size_t i)
{
	(void)i;
	return state;
}

static void plain_release(void *state)
{
	(void)state;
}

const struct ruletype ruletype_plain = {
	.key = NULL,
	.read = plain_read,
	.state_size = sizeof(struct sight),
	.match = plain_match,
	.until = plain_until,
	.broke = plain_broke,
	.sight = plain_sight,
	.release = plain_release,
};
