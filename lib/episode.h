/* One attack, one alert: from the breach that opens it until nothing more comes. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_EPISODE_H
#define SIEM_EPISODE_H

#include "keys.h"
#include "ruletypes/ruletype.h"
#include "stamp.h"

enum episode_phase { PHASE_OPEN, PHASE_GROW, PHASE_REOPEN, PHASE_CLOSE, PHASE_COUNT };

extern const char *const episode_phases[PHASE_COUNT + 1];

struct episode {
	struct id id;
	bool open;
	int64_t opened;	     /* first; all times are those in the events */
	int64_t since;	     /* when it opened last: first, or again */
	int64_t first, last; /* the earliest event in it, the latest */
	int64_t closed;	     /* when it was */
	uint64_t count;	     /* events in it, each once */
	int64_t sum;	     /* what they amount to: as many, but for rules that add something up */
	uint64_t counted;    /* matches of its key up to the last one that is counted */
	uint64_t told;	     /* count when it last opened or grew */
	struct id *ids;	     /* the events that broke the limit, then a ring of the latest */
	size_t id_count, id_room, id_fixed, id_at;
	struct origin origin;
};

/*
 * A breach at that time: an episode opens that began with this event, or (then true) one that is held opens again.
 */
bool episode_open(struct key *key, const struct rule *rule, const struct origin *origin, int64_t time);

/* The event in hand goes on with an open episode; true where a line is due because it has grown. */
bool episode_grow(struct key *key, const struct rule *rule, const struct hand *hand);

/* When an open one ends unless something comes, and until when a closed one can open again. */
int64_t episode_ends(const struct episode *episode, const struct rule *rule);
int64_t episode_held(const struct episode *episode, const struct rule *rule);

void episode_free(struct episode *episode);

/* Adds the SIEM event, with a newline. */
void episode_write(struct buffer *to, const struct key *key, const struct rule *rule, enum episode_phase phase,
		   struct slice host);

/* Adds it as JSON; a new one from that, NULL where it is none. */
void episode_save(struct buffer *to, const struct episode *episode);
struct episode *episode_restore(const json_t *json, const struct rule *rule);

#endif
