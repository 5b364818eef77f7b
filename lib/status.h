/* Exit statuses, the same in every program. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_STATUS_H
#define SIEM_STATUS_H

enum status {
	STATUS_OK = 0,	    /* all input was used */
	STATUS_REFUSED = 1, /* finished, but some lines were refused; siem-select: or nothing was found */
	STATUS_MISUSE = 2,  /* options, rules, config: nothing was read */
	STATUS_FAILED = 3,  /* could not finish: read, write, memory, store */
};

/* The worse of the two. */
static inline enum status status_worse(enum status a, enum status b)
{
	return a > b ? a : b;
}

#endif
