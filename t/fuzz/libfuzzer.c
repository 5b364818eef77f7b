/* The targets for clang's libFuzzer: $FUZZ names the one that is tried. */
/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <err.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct fuzz_target target;
	const char *name = getenv("FUZZ");

	if (target.name == NULL && (name == NULL || !fuzz_find(slice_of(name), &target)))
		errx(2, "FUZZ=%s: there is no such target", name != NULL ? name : "");
	target.run(&target, (struct slice){ (const char *)data, size });
	return 0;
}
