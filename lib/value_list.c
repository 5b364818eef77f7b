/* Values kept in a file, one a line: lists of addresses, names, hashes that criteria ask with |in. */
/* SPDX-License-Identifier: MIT */
#include "value_list.h"

#include "buffer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static bool add_line(json_t *values, struct slice line, struct error *err)
{
	while (line.len > 0 && (line.ptr[line.len - 1] == '\n' || line.ptr[line.len - 1] == '\r'))
		line.len--;
	line = slice_trim(line);
	if (line.len == 0 || line.ptr[0] == '#')
		return true;
	if (line.len > VALUE_LIST_LINE_MAX)
		return error_set(err, "longer than %d bytes", VALUE_LIST_LINE_MAX);
	return json_array_append_new(values, json_stringn(line.ptr, line.len)) == 0 || error_set(err, "not UTF-8");
}

static bool add_lines(json_t *values, FILE *file, struct error *err)
{
	char *line = NULL;
	size_t size = 0, number = 0;
	ssize_t len;
	bool ok = true;

	while (ok && (len = getline(&line, &size, file)) >= 0) {
		number++;
		ok =
		    add_line(values, (struct slice){ line, (size_t)len }, err) || error_within(err, "line %zu", number);
	}
	free(line);
	return ok && (!ferror(file) || error_set(err, "%s", strerror(errno)));
}

/* No device or folder, and no more than memory can hold. */
static bool is_list(FILE *file, struct error *err)
{
	struct stat about;

	if (fstat(fileno(file), &about) != 0)
		return error_set(err, "%s", strerror(errno));
	if (!S_ISREG(about.st_mode))
		return error_set(err, "is no regular file");
	return about.st_size <= VALUE_LIST_SIZE_MAX || error_set(err, "larger than %d bytes", (int)VALUE_LIST_SIZE_MAX);
}

static json_t *read_file(const char *path, struct error *err)
{
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		error_set(err, "%s", strerror(errno));
		return NULL;
	}
	json_t *values = json_array();
	if (!is_list(file, err) || !add_lines(values, file, err)) {
		json_decref(values);
		values = NULL;
	}
	fclose(file);
	return values;
}

json_t *value_list(const json_t *name, const char *dir, struct error *err)
{
	struct buffer path = { 0 };

	if (!json_is_string(name)) {
		error_set(err, "takes the name of a file");
		return NULL;
	}
	if (dir != NULL && json_string_value(name)[0] != '/')
		buffer_printf(&path, "%s/", dir);
	buffer_printf(&path, "%s", json_string_value(name));
	json_t *values = read_file(buffer_text(&path), err);
	if (values == NULL)
		error_within(err, "%s", buffer_text(&path));
	buffer_clear(&path);
	return values;
}
