/* JSON files that people write: rules, helpers, criteria. */
/* SPDX-License-Identifier: MIT */
#include "document.h"

#include "memory.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Editors of Windows put a byte order mark before a text. Rules come through pipes too: one byte can be put back. */
static void skip_mark(FILE *file)
{
	const int first = getc(file);

	if (first != 0xEF)
		(void)ungetc(first, file);
	else if (getc(file) != 0xBB || getc(file) != 0xBF)
		(void)ungetc(first, file); /* not UTF-8 that JSON may begin with: to be refused */
}

json_t *document_load(const char *path, struct error *err)
{
	json_error_t fault;
	FILE *file = fopen(path, "rb");

	if (file == NULL) {
		error_set(err, "unable to open %s: %s", path, strerror(errno));
		return NULL;
	}
	skip_mark(file);
	json_t *document = json_loadf(file, JSON_REJECT_DUPLICATES, &fault);
	(void)fclose(file);
	if (document != NULL)
		return document;
	error_set(err, "%s:%d:%d: %s", path, fault.line, fault.column, fault.text);
	return NULL;
}

char *document_folder(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return NULL;
	return memory_text((struct slice){ path, slash == path ? 1 : (size_t)(slash - path) });
}
