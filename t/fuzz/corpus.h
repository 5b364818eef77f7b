/* Corpora: the inputs that are kept of each target, and where fuzzing starts. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FUZZ_CORPUS_H
#define SIEM_FUZZ_CORPUS_H

#include "fuzz.h"

/*
 * A corpus is the text t/fuzz/corpus/NAME, an input a line, in which backslashes and bytes that are not printable ASCII
 * are \xHH: it can be read, searched and merged. "make fuzz" writes it anew; what once found a fault stands in
 * t/fuzz/found/NAME, written the same way, and stays.
 */

/* Each input that is kept of the target, then its seeds. */
void corpus_each(const struct fuzz_target *target, void (*take)(void *data, struct slice input), void *data);

/* Writes the inputs into files of that folder, from which a fuzzer starts. */
void corpus_unpack(const struct fuzz_target *target, const char *folder);

/* Writes the files of a folder to standard output as a corpus, in order. */
void corpus_pack(const char *folder);

/* Writes the words of the seeds to standard output as a dictionary of libFuzzer and AFL++. */
void corpus_words(const struct fuzz_target *target);

/* The bytes of a file; the caller clears. */
struct buffer corpus_file(const char *path);

#endif
