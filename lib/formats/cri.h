/* The container log of Kubernetes, told from syslog, whose stamp it shares. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_CRI_H
#define SIEM_FORMAT_CRI_H

#include "format.h"

/* Does "stdout F" or the like start a text that stands behind a stamp? */
bool cri_is(struct slice text);

#endif
