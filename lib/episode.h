/* One attack, one alert: from the breach that opens it until nothing more comes. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_EPISODE_H
#define SIEM_EPISODE_H

#include "keys.h"
#include "ruletypes/ruletype.h"
#include "stamp.h"

enum episode_phase { PHASE_OPEN, PHASE_GROW, PHASE_REOPEN, PHASE_CLOSE };

struct episode {
	struct id id;
	bool open;
	struct stamp opened; /* time stamp of the event that opened it */
	int64_t first, last; /* the first event that broke the limit, the latest match */
	int64_t closed;	     /* when it was */
	uint64_t count;	     /* events in it, each once */
	uint64_t counted;    /* matches of its key up to the last one that is counted */
	uint64_t told;	     /* count when it last opened or grew */
	struct id *ids;	     /* the events that broke the limit, then a ring of the latest */
	size_t id_count, id_room, id_fixed, id_at;
	struct buffer message; /* as template_fill left it */
};

/* The event in hand breaches: an episode opens, or (then true) one that is held opens again. */
bool episode_open(struct key *key, const struct rule *rule, const struct event *event, const struct sight *sight);

/* The event in hand goes on with an open episode; true where a line is due because it has grown. */
bool episode_grow(struct key *key, const struct rule *rule, const struct sight *sight);

/* When an open one ends unless something comes, and until when a closed one can open again. */
int64_t episode_ends(const struct episode *episode, const struct rule *rule);
int64_t episode_held(const struct episode *episode, const struct rule *rule);

void episode_free(struct episode *episode);

/* Adds the SIEM event, with a newline. */
void episode_write(struct buffer *to, const struct key *key, const struct rule *rule, enum episode_phase phase,
		   struct slice host);

#endif
