/* The targets without a fuzzer: what is kept of each is tried again; also what "make fuzz" asks of the corpora. */
/* SPDX-License-Identifier: MIT */
#include "corpus.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>

struct replay {
	struct fuzz_target target;
	unsigned tried;
};

/* $FUZZ_SHOW shows what is tried: a sanitizer asks nobody before it ends us. */
static void try_input(void *data, struct slice input)
{
	struct replay *replay = data;

	if (getenv("FUZZ_SHOW") != NULL)
		fprintf(stderr, "%s %u: %.*s\n", replay->target.name, replay->tried, (int)input.len, input.ptr);
	fuzz_run(&replay->target, input);
	replay->tried++;
}

static void find(const char *name, struct fuzz_target *target)
{
	if (!fuzz_find(slice_of(name), target))
		errx(2, "there is no target '%s'", name);
}

/* Files, given by name. */
static int try_files(const char *name, char **paths)
{
	struct replay replay = { .tried = 0 };

	find(name, &replay.target);
	for (; *paths != NULL; paths++) {
		struct buffer input = corpus_file(*paths);
		try_input(&replay, buffer_slice(&input));
		buffer_clear(&input);
	}
	return 0;
}

static int try_all(void)
{
	struct replay replay = { .tried = 0 };
	unsigned targets = 0;

	for (; fuzz_target(targets, &replay.target); targets++) {
		unsigned before = replay.tried;
		corpus_each(&replay.target, try_input, &replay);
		if (replay.tried == before)
			errx(1, "%s: nothing to try", replay.target.name);
		printf("%s: %u inputs\n", replay.target.name, replay.tried - before);
		fflush(stdout);
	}
	printf("%u passed, 0 failed\n", replay.tried);
	return 0;
}

static int list(void)
{
	struct fuzz_target target;

	for (size_t i = 0; fuzz_target(i, &target); i++)
		printf("%s %zu\n", target.name, target.max_len);
	return 0;
}

/*
 *	fuzz                    all that is kept, of all targets
 *	fuzz list               names of targets and the length that their inputs have at most
 *	fuzz try TARGET FILE..  files
 *	fuzz unpack TARGET DIR  what is kept, as files
 *	fuzz pack DIR           files, as a corpus
 *	fuzz words TARGET       a dictionary
 */
int main(int argc, char **argv)
{
	struct fuzz_target target;
	const char *what = argc > 1 ? argv[1] : "";

	if (argc == 1)
		return try_all();
	if (argc == 2 && strcmp(what, "list") == 0)
		return list();
	if (argc > 3 && strcmp(what, "try") == 0)
		return try_files(argv[2], argv + 3);
	if (argc == 3 && strcmp(what, "pack") == 0) {
		corpus_pack(argv[2]);
	} else if (argc == 4 && strcmp(what, "unpack") == 0) {
		find(argv[2], &target);
		corpus_unpack(&target, argv[3]);
	} else if (argc == 3 && strcmp(what, "words") == 0) {
		find(argv[2], &target);
		corpus_words(&target);
	} else {
		errx(2, "list | try TARGET FILE.. | unpack TARGET DIR | pack DIR | words TARGET");
	}
	return 0;
}
