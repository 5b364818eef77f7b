/* What a rule shape is: the member of a rule that asks for it, and what it remembers of each key. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_RULETYPE_H
#define SIEM_RULETYPE_H

#include "../origin.h"
#include "../rule.h"
#include "../sight.h"

enum {
	STEPS_MAX = 16, /* of sequence and all */
};

/* The event in hand, as a shape sees it. */
struct hand {
	const struct event *event;
	struct slice key;   /* the JSON object of the "by" values */
	struct sight sight; /* of the event, as a match of this key */
	unsigned steps;	    /* bit by bit: what it matches; 1 in shapes that have no steps */
	int64_t arrival;    /* the clock when it came: its own time, or a higher one where it came late */
	bool mixed;	    /* its time may be before some that are remembered */
	int64_t since;	    /* when the rule began to see events */
	int64_t amount;	    /* what it adds to the total of an episode: 1, unless the shape says otherwise */
	uint64_t seed;	    /* for hashes: values come from attackers */
};

/* What comes of an event. */
enum verdict {
	VERDICT_PASS,	 /* it is no match after all */
	VERDICT_LACKING, /* neither, as it lacks the field that the shape asks for: that is counted and told */
	VERDICT_MATCH,
	VERDICT_BREACH,
	VERDICT_END, /* what was missing has come: with it an open episode ends */
};

/* Takes the sights that broke the limit, the oldest first; of one event several may come, one after the other. */
struct taking {
	void (*take)(struct taking *taking, const struct sight *sight, int64_t amount);
};

/*
 * Events come in order of time, or late: then what is remembered is kept in order of their own times, and only what is
 * above from is put to it; the rest is a run of its own (runs.h). The memory of a run is state_size zeroed bytes at
 * first and must stay bounded by the rule (event_limit + 1 sights, say), whatever comes. All times are those of the
 * events, but for arrival. NULL where a shape has no need of it: those marked so.
 */
struct ruletype {
	const char *key;    /* "event_limit"; NULL: rules that have none of the keys */
	bool open_end;	    /* episodes last until VERDICT_END, unless the rule has "quiet" */
	bool when_is_asked; /* "when" is asked of each step; else it is one of them */
	/* Reads what the shape has of its own and checks that the rest goes with it. */
	bool (*read)(struct rule *rule, const json_t *json, struct error *err);
	/* The bits of hand.steps, 0 where the rule has no interest in the event. */
	unsigned (*steps)(struct rule *rule, const struct event *event, enum fed fed);
	unsigned begins; /* the bits of which one is needed to matter to a key of which nothing is remembered */
	size_t state_size;
	/* A matching event is remembered. */
	enum verdict (*match)(const struct rule *rule, void *state, struct hand *hand);
	/* The time from which on nothing that is remembered can matter. */
	int64_t (*until)(const struct rule *rule, const void *state);
	/*
	 * A late event at this time or before has nothing to do with what is remembered; INT64_MAX: nothing is. Or
	 * NULL: events are taken as they come.
	 */
	int64_t (*from)(const struct rule *rule, const void *state);
	/*
	 * When it breaches unless something comes, and how far the clock was ahead when that was set; INT64_MAX: never.
	 * Or NULL.
	 */
	int64_t (*deadline)(const struct rule *rule, const void *state, int64_t *ahead);
	/* It has come to that: what began it, borrowed until the next call. With deadline. */
	const struct origin *(*lapse)(void *state);
	/* After a breach: the events that broke the limit. */
	void (*broke)(const struct rule *rule, const void *state, struct taking *taking);
	/* Adds the memory as JSON; reads that into zeroed bytes, false where it is none (release follows in any case).
	 */
	void (*save)(const struct rule *rule, const void *state, struct buffer *to);
	bool (*restore)(const struct rule *rule, void *state, const json_t *json);
	/* Releases what the memory holds besides its own bytes. */
	void (*release)(void *state);
};

extern const struct ruletype ruletype_all, ruletype_distinct, ruletype_expect, ruletype_first_seen, ruletype_limit,
    ruletype_plain, ruletype_sequence, ruletype_sum;

/* All shapes, ended by NULL; the one without a key comes last. */
extern const struct ruletype *const ruletypes[];

/* The shape of a rule; NULL with *err filled where it has two. */
const struct ruletype *ruletype_of(const json_t *rule, struct error *err);

/* For the shapes: event_limit, which needs time_int where it is more than 0. */
bool ruletype_read_limit(struct rule *rule, const json_t *json, struct error *err);
/* The members that only other shapes have must not be there. */
bool ruletype_read_time(const struct rule *rule, struct error *err);
/* The value of a member is the name of a field, into rule->field. */
bool ruletype_read_field(struct rule *rule, const json_t *json, const char *name, struct error *err);
/* The value of a member is a list of criteria, into rule->steps. */
bool ruletype_read_steps(struct rule *rule, const json_t *json, const char *name, struct error *err);

#endif
