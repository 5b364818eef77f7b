/* What a code point takes on a terminal: nothing to be seen, nothing of its own, one column or two. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_WIDTH_H
#define SIEM_WIDTH_H

#include <stdint.h>

enum width {
	WIDTH_HIDDEN,	 /* controls, and format characters that cannot be seen or turn the text around */
	WIDTH_COMBINING, /* stands on the letter before it */
	WIDTH_ONE,
	WIDTH_TWO, /* Unicode's East Asian Width W and F */
};

/* No locale is asked; what Unicode has not assigned counts as one column. */
enum width code_width(uint32_t code);

#endif
