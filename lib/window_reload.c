/* Other rules for a window at work: it hands what it remembers to a new one. */
/* SPDX-License-Identifier: MIT */
#include "window_inside.h"

#include "status.h"

#include <err.h>
#include <sys/mman.h>
#include <unistd.h>

static FILE *saved(const struct window *window)
{
	struct output memory;
	const int fd = memfd_create("siem-window", MFD_CLOEXEC);
	FILE *file = fd >= 0 ? fdopen(fd, "r+") : NULL;

	if (file == NULL)
		err(STATUS_FAILED, "memory");
	output_init(&memory, dup(fd), "memory");
	window_save(window, &memory);
	output_close(&memory);
	rewind(file);
	return file;
}

struct window *window_reload(struct window *old, const struct rules *rules)
{
	struct error why;
	FILE *file = saved(old);
	struct window *window = window_new(rules, &old->shared.options, old->shared.to);

	if (!window_load(window, file, &why))
		errx(STATUS_FAILED, "what the rules remember cannot be taken over: %s", why.text);
	fclose(file);
	window->resumed = old->resumed;
	window->known = old->known;
	window->taken = old->taken;
	window->disordered = old->disordered;
	window->disordered_most = old->disordered_most;
	window->leapt = old->leapt;
	window_free(old);
	return window;
}
