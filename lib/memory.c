/* Memory, or the end of the program with status 3: no caller can go on without it. */
/* SPDX-License-Identifier: MIT */
#include "memory.h"

#include "status.h"

#include <err.h>
#include <stdlib.h>

void *memory_new(size_t count, size_t size)
{
	void *p = calloc(count > 0 ? count : 1, size);

	if (p == NULL)
		err(STATUS_FAILED, "memory");
	return p;
}

char *memory_text(struct slice s)
{
	char *text = memory_new(s.len + 1, 1);

	if (s.len > 0)
		memcpy(text, s.ptr, s.len);
	return text;
}

void *memory_grow(void *p, size_t *room, size_t need, size_t size)
{
	size_t wanted = *room + *room / 2;
	void *grown;

	if (need <= *room)
		return p;
	if (wanted < need)
		wanted = need;
	grown = reallocarray(p, wanted, size);
	if (grown == NULL)
		err(STATUS_FAILED, "memory");
	*room = wanted;
	return grown;
}
