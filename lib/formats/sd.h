/* Structured data of RFC 5424: [id name="value" ..][..]. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_SD_H
#define SIEM_FORMAT_SD_H

#include "format.h"

enum {
	SD_ITEMS_MAX = 128, /* parameters, and elements without any, in one line */
};

/*
 * The elements at the start of *line, moved behind them and a blank; into extended as "sd":
 * {"id":{"name":"value"}}. A name that stands twice in an element has a list of its values; an id that
 * stands twice is one element. Values without quotes are taken up to a blank or the end of the element.
 * False, and nothing done, where it is malformed or there are too many.
 */
bool sd_read(struct slice *line, struct parsed *out);

#endif
