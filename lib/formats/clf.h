/* Stamps as web servers and proxies write them: 10/Oct/2023:13:55:36 -0700. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_CLF_H
#define SIEM_FORMAT_CLF_H

#include "format.h"

/*
 * Such a stamp at the start of *line, moved behind it. Fraction and offset may be missing; without offset it stands in
 * the context's zone. False, and nothing done, where there is none.
 */
bool clf_stamp(struct format_context *context, struct slice *line, struct parsed *out);

#endif
