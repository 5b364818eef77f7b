/* The config file of siemstress: a section [siemstress] with key = value lines. */
/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "buffer.h"
#include "memory.h"
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	CONFIG_MAX = 64 << 10, /* bytes of a file */
	WORD_SHOWN = 80,
};

static const char *const keys[] = { "server", "user", "password", "database", "sectionfile", "store", NULL };

static char **value_of(struct config *config, size_t key)
{
	char **const values[] = { &config->server,   &config->user,	   &config->password,
				  &config->database, &config->sectionfile, &config->store };
	return values[key];
}

static bool unknown(struct slice word, const char *what, const char *const *words, struct error *err)
{
	const char *near = nearest_word(word, words);
	char shown[WORD_SHOWN];

	terminal_text(shown, sizeof shown, word);
	if (near != NULL)
		return error_set(err, "unknown %s '%s', did you mean '%s'?", what, shown, near);
	return error_set(err, "unknown %s '%s'", what, shown);
}

static bool read_section(struct slice line, bool *inside, struct error *err)
{
	static const char *const sections[] = { "siemstress", NULL };
	const struct slice name = { line.ptr + 1, line.len - 2 };

	if (line.len < 2 || line.ptr[line.len - 1] != ']')
		return error_set(err, "a section ends with ']'");
	if (!slice_equal_nocase(slice_trim(name), slice_of(sections[0])))
		return unknown(name, "section", sections, err);
	*inside = true;
	return true;
}

static bool read_value(struct config *config, struct slice line, struct error *err)
{
	const size_t equals = slice_find(line, '=');
	const struct slice name = slice_trim(slice_first(line, equals));
	size_t key = 0;

	if (equals == line.len)
		return error_set(err, "a line is 'key = value'");
	while (keys[key] != NULL && !slice_equal_nocase(name, slice_of(keys[key])))
		key++;
	if (keys[key] == NULL)
		return unknown(name, "key", keys, err);
	if (*value_of(config, key) != NULL)
		return error_set(err, "'%s' stands twice", keys[key]);
	if (memchr(line.ptr, '\0', line.len) != NULL)
		return error_set(err, "a NUL stands in the line");
	*value_of(config, key) = memory_text(slice_trim(slice_after(line, equals + 1)));
	return true;
}

static bool read_line(struct config *config, struct slice line, bool *inside, struct error *err)
{
	if (line.len > 0 && line.ptr[line.len - 1] == '\r')
		line.len--;
	line = slice_trim(line);
	if (line.len == 0 || line.ptr[0] == '#' || line.ptr[0] == ';')
		return true;
	if (line.ptr[0] == '[')
		return read_section(line, inside, err);
	return *inside ? read_value(config, line, err) : error_set(err, "the file must begin with [siemstress]");
}

static bool read_text(struct config *config, struct slice text, const char *path, struct error *err)
{
	bool inside = false;

	for (int number = 1; text.len > 0; number++) {
		const size_t end = slice_find(text, '\n');
		if (!read_line(config, slice_first(text, end), &inside, err))
			return error_within(err, "%s:%d", path, number);
		text = slice_after(text, end < text.len ? end + 1 : end);
	}
	return true;
}

/* At most CONFIG_MAX bytes of the file; false where it is longer or cannot be read. */
static bool read_file(int fd, struct buffer *text, const char *path, struct error *err)
{
	ssize_t n;

	do {
		n = read(fd, buffer_room(text, CONFIG_MAX + 1 - text->len), CONFIG_MAX + 1 - text->len);
		if (n > 0)
			text->len += (size_t)n;
	} while ((n > 0 && text->len <= CONFIG_MAX) || (n < 0 && errno == EINTR));
	if (n < 0)
		return error_set(err, "%s: %s", path, strerror(errno));
	return text->len <= CONFIG_MAX || error_set(err, "%s: longer than %d bytes", path, CONFIG_MAX);
}

/* A password that others can read is none. */
static bool check_secret(const struct config *config, int fd, const char *path, struct error *err)
{
	struct stat about;

	if (config->password == NULL)
		return true;
	if (fstat(fd, &about) != 0)
		return error_set(err, "%s: %s", path, strerror(errno));
	if (!S_ISREG(about.st_mode) || (about.st_mode & S_IROTH) == 0)
		return true;
	return error_set(err, "%s holds a password and others can read it: chmod o-rwx %s", path, path);
}

bool config_read(struct config *config, const char *path, struct error *err)
{
	struct buffer text = { 0 };
	const int fd = open(path, O_RDONLY | O_CLOEXEC);

	*config = (struct config){ 0 };
	if (fd < 0)
		return error_set(err, "%s: %s", path, strerror(errno));
	const bool ok = read_file(fd, &text, path, err) && read_text(config, buffer_slice(&text), path, err) &&
			check_secret(config, fd, path, err);
	buffer_clear(&text);
	close(fd);
	return ok;
}

void config_clear(struct config *config)
{
	for (size_t key = 0; keys[key] != NULL; key++)
		free(*value_of(config, key));
	*config = (struct config){ 0 };
}
