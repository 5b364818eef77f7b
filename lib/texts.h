/* Many short texts, of which the one is found that a text is. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_TEXTS_H
#define SIEM_TEXTS_H

#include "slice.h"

/* Each with a number; the case of ASCII letters does not count. They are there before the first text is looked up,
 * so that nothing that comes later can make it slow. */
struct texts;

enum {
	TEXTS_NONE = UINT32_MAX,
};

struct texts *texts_new(void);
void texts_free(struct texts *texts);

/* Adds one, folded and borrowed, each only once, with a number of the caller's. */
void texts_add(struct texts *texts, struct slice text, uint32_t number);

/* To be called when all are added. */
void texts_compile(struct texts *texts);

/* The number of the one that this is, or TEXTS_NONE. */
uint32_t texts_find(const struct texts *texts, struct slice text);

#endif
