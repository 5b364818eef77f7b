/* JSON files that people write: rules, helpers, criteria. */
/* SPDX-License-Identifier: MIT */
#include "document.h"

#include "memory.h"

json_t *document_load(const char *path, struct error *err)
{
	json_error_t fault;
	json_t *document = json_load_file(path, JSON_REJECT_DUPLICATES, &fault);

	if (document != NULL)
		return document;
	if (fault.line < 0)
		error_set(err, "%s", fault.text); /* it names the file */
	else
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
