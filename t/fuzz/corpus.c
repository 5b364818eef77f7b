/* Corpora: the inputs that are kept of each target, and where fuzzing starts. */
/* SPDX-License-Identifier: MIT */
#include "corpus.h"

#include "../../lib/memory.h"

#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	WORD_MAX = 24, /* bytes of a dictionary's word */
};

struct buffer corpus_file(const char *path)
{
	struct buffer text = { 0 };
	FILE *file = fopen(path, "r");
	size_t n;

	if (file == NULL)
		err(2, "%s", path);
	do {
		n = fread(buffer_room(&text, BUFSIZ), 1, BUFSIZ, file);
		text.len += n;
	} while (n > 0);
	fclose(file);
	return text;
}

static void unescape(struct slice line, struct buffer *to)
{
	to->len = 0;
	for (size_t i = 0; i < line.len; i++) {
		char pair[3] = { 0 };
		if (line.ptr[i] != '\\') {
			buffer_add_char(to, line.ptr[i]);
			continue;
		}
		if (i + 3 >= line.len || line.ptr[i + 1] != 'x')
			errx(2, "bad escape in a corpus: %.*s", (int)line.len, line.ptr);
		memcpy(pair, line.ptr + i + 2, 2);
		buffer_add_char(to, (char)strtoul(pair, NULL, 16));
		i += 3;
	}
}

static void escape(struct slice bytes, struct buffer *to)
{
	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char c = (unsigned char)bytes.ptr[i];
		if (c < ' ' || c > '~' || c == '\\')
			buffer_printf(to, "\\x%02x", c);
		else
			buffer_add_char(to, (char)c);
	}
}

/* The lines of a corpus that is there. */
static void each_kept(const char *path, void (*take)(void *data, struct slice input), void *data)
{
	struct buffer text, input = { 0 };
	struct slice rest, line;
	FILE *file = fopen(path, "r");

	if (file == NULL && errno == ENOENT)
		return;
	if (file != NULL)
		fclose(file);
	text = corpus_file(path);
	rest = buffer_slice(&text);
	while (fuzz_part(&rest, '\n', &line)) {
		unescape(line, &input);
		take(data, buffer_slice(&input));
	}
	buffer_clear(&text);
	buffer_clear(&input);
}

void corpus_each(const struct fuzz_target *target, void (*take)(void *data, struct slice input), void *data)
{
	static const char *const kinds[] = { "corpus", "found" };
	char path[PATH_MAX];

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		snprintf(path, sizeof path, "t/fuzz/%s/%s", kinds[i], target->name);
		each_kept(path, take, data);
	}
	for (const char *const *seed = target->seeds; seed != NULL && *seed != NULL; seed++)
		take(data, slice_of(*seed));
}

/* A file for each input. */
struct unpacking {
	const char *folder;
	unsigned count;
};

static void write_file(void *data, struct slice input)
{
	struct unpacking *unpacking = data;
	char path[PATH_MAX];
	FILE *file;

	snprintf(path, sizeof path, "%s/kept-%05u", unpacking->folder, unpacking->count++);
	file = fopen(path, "w");
	if (file == NULL)
		err(2, "%s", path);
	fwrite(input.ptr, 1, input.len, file);
	if (fclose(file) != 0)
		err(2, "%s", path);
}

void corpus_unpack(const struct fuzz_target *target, const char *folder)
{
	struct unpacking unpacking = { folder, 0 };

	corpus_each(target, write_file, &unpacking);
}

static int by_bytes(const void *a, const void *b)
{
	const struct buffer *one = a, *other = b;

	return slice_compare(buffer_slice(one), buffer_slice(other));
}

/* The input in a file, as a line of a corpus; false where it is none that is kept. */
static bool pack_file(const char *folder, const char *name, struct buffer *line)
{
	char path[PATH_MAX];
	struct buffer input;

	if (name[0] == '.')
		return false;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	input = corpus_file(path);
	*line = (struct buffer){ 0 };
	if (input.len > 0)
		escape(buffer_slice(&input), line);
	buffer_clear(&input);
	return line->len > 0;
}

void corpus_pack(const char *folder)
{
	struct buffer *lines = NULL;
	size_t count = 0, room = 0;
	const struct dirent *entry;
	DIR *files = opendir(folder);

	if (files == NULL)
		err(2, "%s", folder);
	while ((entry = readdir(files)) != NULL) {
		lines = memory_grow(lines, &room, count + 1, sizeof *lines);
		count += pack_file(folder, entry->d_name, &lines[count]);
	}
	closedir(files);
	if (count > 0)
		qsort(lines, count, sizeof *lines, by_bytes);
	for (size_t i = 0; i < count; i++) {
		printf("%.*s\n", (int)lines[i].len, lines[i].ptr);
		buffer_clear(&lines[i]);
	}
	free(lines);
}

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* A word, or what stands between two; together, too, with the byte that ends it: name= is worth more than name. */
void corpus_words(const struct fuzz_target *target)
{
	for (const char *const *seed = target->seeds; seed != NULL && *seed != NULL; seed++) {
		struct slice rest = slice_of(*seed);
		while (rest.len > 0) {
			struct buffer word = { 0 };
			size_t n = 1;
			while (n < rest.len && n < WORD_MAX && is_word(rest.ptr[n - 1]) == is_word(rest.ptr[n]))
				n++;
			n += n < rest.len && is_word(rest.ptr[0]);
			escape(slice_first(rest, n), &word);
			printf("\"");
			for (size_t i = 0; i < word.len; i++)
				printf(word.ptr[i] == '"' ? "\\\"" : "%c", word.ptr[i]);
			printf("\"\n");
			buffer_clear(&word);
			rest = slice_after(rest, n - (n > 1 && is_word(rest.ptr[0])));
		}
	}
}
