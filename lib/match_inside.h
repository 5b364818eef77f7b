/* Criteria from inside, for the files that they are made of. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_MATCH_INSIDE_H
#define SIEM_MATCH_INSIDE_H

#include "criterion.h"
#include "match.h"

enum node_kind { NODE_AND, NODE_OR, NODE_NOT, NODE_TEST };

/* A node of a tree in one array: it stands before its children and knows where the next one is. */
struct node {
	enum node_kind kind;
	size_t next;		     /* behind its children */
	struct criterion *criterion; /* of NODE_TEST */
};

struct match {
	struct node *nodes;
	size_t count, room;
	struct buffer scratch;
	uint64_t gave_up;
	uint64_t mentioned; /* bit by field */
};

#endif
