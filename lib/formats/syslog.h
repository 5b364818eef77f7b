/* What the syslog formats share: priority, stamps, machine, tag. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_SYSLOG_H
#define SIEM_FORMAT_SYSLOG_H

#include "format.h"

enum {
	SYSLOG_TAG_MAX = 256, /* bytes of a program's name; RFC 3164 says 32, machines write more */
};

/*
 * "<34>" at the start of *line, moved behind: facility and severity. Numbers above 191, with a leading
 * zero, or anything else in such brackets gives neither, and a fault. No brackets, nothing done.
 */
void syslog_priority(struct slice *line, struct parsed *out);

/* A BSD stamp (civil_read_bsd) at the start of *line, moved behind; the year comes from the context. */
bool syslog_bsd_stamp(struct format_context *context, struct slice *line, struct parsed *out);

/* An ISO stamp with offset, or without one, in the context's zone. */
bool syslog_iso_stamp(struct format_context *context, struct slice *line, struct parsed *out);

/* Does a text, behind the stamp, start with a program rather than a machine ("sshd[77]: ", "kernel: ", "last message repeated ..")? */
bool syslog_lacks_host(struct slice text);

/* Takes the machine, one word, off the start of *text. False where there is none. */
bool syslog_host(struct slice *text, struct parsed *out);

/* "sshd(pam_unix)[123]: message": program, pid if it is a number, message. Text without a tag is the message. */
void syslog_tag(struct slice text, struct parsed *out);

/* Is there a tag with a pid at the start? */
bool syslog_has_pid_tag(struct slice text);

#endif
