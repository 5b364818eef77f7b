/* The list of targets, and what they share. */
/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include "../../lib/input.h"
#include "../../lib/memory.h"
#include "line.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct fuzz_target *const rooms[] = {
	&fuzz_parse,  &fuzz_joined,   &fuzz_stamp,  &fuzz_datetime, &fuzz_when,	   &fuzz_times,	   &fuzz_zone,
	&fuzz_json,   &fuzz_event,    &fuzz_names,  &fuzz_sd,	    &fuzz_audit,   &fuzz_input,	   &fuzz_criteria,
	&fuzz_rules,  &fuzz_helpers,  &fuzz_config, &fuzz_query,    &fuzz_pattern, &fuzz_wildcard, &fuzz_cidr,
	&fuzz_number, &fuzz_terminal, &fuzz_table,  &fuzz_template, &fuzz_enrich,  &fuzz_window,
};

bool fuzz_target(size_t i, struct fuzz_target *target)
{
	size_t count = 0;

	while (formats[count] != NULL)
		count++;
	if (i < count)
		*target = (struct fuzz_target){ formats[i]->name, FUZZ_LINES_MAX, fuzz_lines, formats[i]->samples,
						formats[i] };
	else if (i - count < sizeof rooms / sizeof rooms[0])
		*target = *rooms[i - count];
	else
		return false;
	return true;
}

bool fuzz_find(struct slice name, struct fuzz_target *target)
{
	for (size_t i = 0; fuzz_target(i, target); i++)
		if (slice_is(name, target->name))
			return true;
	return false;
}

void fuzz_run(const struct fuzz_target *target, struct slice bytes)
{
	char *copy = malloc(bytes.len > 0 ? bytes.len : 1);

	if (copy == NULL)
		return;
	if (bytes.len > 0)
		memcpy(copy, bytes.ptr, bytes.len);
	target->run(target, (struct slice){ copy, bytes.len });
	free(copy);
}

void fuzz_broken(const char *file, int line, const char *what)
{
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	abort();
}

void fuzz_same(const char *file, int line, struct slice a, struct slice b)
{
	if (slice_equal(a, b))
		return;
	fprintf(stderr, "%s:%d: not the same:\n", file, line);
	fwrite(a.ptr, 1, a.len, stderr);
	fputs("\n--- and\n", stderr);
	fwrite(b.ptr, 1, b.len, stderr);
	fputc('\n', stderr);
	abort();
}

bool fuzz_part(struct slice *bytes, char mark, struct slice *part)
{
	size_t n;

	if (bytes->len == 0)
		return false;
	n = slice_find(*bytes, mark);
	*part = slice_first(*bytes, n);
	*bytes = slice_after(*bytes, n < bytes->len ? n + 1 : n);
	return true;
}

char *fuzz_line(struct slice line, unsigned filling)
{
	static const char fillings[] = "\0"
				       "0\"}]=: \x80z";
	char *copy = memory_new(line.len + INPUT_SLACK, 1);

	if (line.len > 0)
		memcpy(copy, line.ptr, line.len);
	memset(copy + line.len, fillings[filling % (sizeof fillings - 1)], INPUT_SLACK);
	return copy;
}

int fuzz_file(struct slice bytes, char path[static FUZZ_PATH])
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	MUST(fd >= 0 && fchmod(fd, S_IRUSR | S_IWUSR) == 0);
	MUST(write(fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len);
	snprintf(path, FUZZ_PATH, "/proc/self/fd/%d", fd);
	return fd;
}

void fuzz_words(const struct error *err)
{
	MUST(err->text[0] != '\0' && memchr(err->text, '\0', sizeof err->text) != NULL);
}
