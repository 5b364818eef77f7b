/* What stands inside a line of syslog: messages of some programs have a form of their own, with fields in it. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_PAYLOAD_H
#define SIEM_FORMAT_PAYLOAD_H

#include "format.h"

/*
 * To be called by the syslog formats behind all else: gives a message to the reader of its program's payloads, by the
 * table in payload.c. Readers fill fields that the head left open and extended; the head's own stay as they are, but
 * for a message that only wrapped another one.
 */
void payload_read(struct format_context *context, struct parsed *out);

/* The readers; each stands in the file of its name, and does nothing where the message has another form. */
void payload_audit(struct format_context *context, struct slice message, struct parsed *out);
void payload_eventreporter(struct format_context *context, struct slice message, struct parsed *out);
void payload_filterlog(struct format_context *context, struct slice message, struct parsed *out);
void payload_firewall(struct format_context *context, struct slice message, struct parsed *out);
void payload_haproxy(struct format_context *context, struct slice message, struct parsed *out);
void payload_meraki(struct format_context *context, struct slice message, struct parsed *out);
void payload_netscaler(struct format_context *context, struct slice message, struct parsed *out);
void payload_paloalto(struct format_context *context, struct slice message, struct parsed *out);
void payload_request(struct format_context *context, struct slice message, struct parsed *out);
void payload_routeros(struct format_context *context, struct slice message, struct parsed *out);
void payload_snort(struct format_context *context, struct slice message, struct parsed *out);
void payload_squid(struct format_context *context, struct slice message, struct parsed *out);
void payload_webaccess(struct format_context *context, struct slice message, struct parsed *out);
void payload_weberror(struct format_context *context, struct slice message, struct parsed *out);
void payload_windows(struct format_context *context, struct slice message, struct parsed *out);

#endif
