/* The table of formats: a new one is a file of its own and a row here. */
/* SPDX-License-Identifier: MIT */
#include "format.h"

#include "../json.h"
#include "table.h"

const struct format *const formats[] = {
	&format_json,
	&format_sojson,
	&format_cef,
	&format_leef,
	&format_webaccess,
	&format_weberror,
	&format_webproxy,
	&format_envoy,
	&format_elb,
	&format_s3access,
	&format_cri,
	&format_haproxy,
	&format_squid,
	&format_w3c,
	&format_zeek,
	&format_paloalto,
	&format_snort,
	&format_vpcflow,
	&format_xferlog,
	&format_meraki,
	&format_netscaler,
	&format_syslog5424,
	&format_syslogiso,
	&format_syslogbsd,
	&format_ciscoios,
	&format_nohost,
	&format_auditd,
	&format_tcpdump,
	&format_emerge,
	&format_windowsrsyslog,
	&format_windowsxml,
	&format_compose,
	&format_logfmt,
	&format_webapp,
	&format_nostamp,
	&format_applog,
	NULL,
};

const char format_unparsed[] = "unparsed";

const struct format *format_find(struct slice name)
{
	for (const struct format *const *format = formats; *format != NULL; format++)
		if (slice_is(name, (*format)->name))
			return *format;
	return NULL;
}

struct buffer *parsed_own(struct parsed *parsed, enum field field)
{
	parsed->own[field].len = 0;
	return &parsed->own[field];
}

void parsed_clear(struct parsed *parsed)
{
	for (int field = 0; field < FIELD_EXTENDED; field++)
		buffer_clear(&parsed->own[field]);
	for (int i = 0; i < WORK_COUNT; i++)
		buffer_clear(&parsed->work[i]);
	buffer_clear(&parsed->extended);
	buffer_clear(&parsed->scratch);
}

static void extend_name(struct buffer *extended, struct slice name)
{
	if (extended->len > 0)
		buffer_add_char(extended, ',');
	json_add_string(extended, name);
	buffer_add_char(extended, ':');
}

void parsed_extend(struct parsed *parsed, const char *name, struct slice text)
{
	extend_name(&parsed->extended, slice_of(name));
	json_add_string(&parsed->extended, text);
}

void parsed_extend_odd(struct parsed *parsed, struct slice text)
{
	json_add_escaped_slack(&parsed->extended, text);
	buffer_add_char(&parsed->extended, '"');
}

void parsed_extend_json(struct parsed *parsed, struct slice name, struct slice value)
{
	extend_name(&parsed->extended, name);
	json_add_value(&parsed->extended, value);
}

void parsed_extend_first(struct parsed *parsed, const char *name, struct slice text)
{
	const char *start = parsed->extended.ptr;
	struct json_walk walk = { 0 };
	struct slice key, value;

	if (start != NULL)
		walk = (struct json_walk){ start, start + parsed->extended.len, true };
	while (json_next(&walk, &key, &value))
		if (slice_is(key, name))
			return;
	parsed_extend(parsed, name, text);
}

void parsed_fault(struct parsed *parsed, const char *why)
{
	if (!parsed->fault)
		parsed_extend(parsed, "parse_error", slice_of(why));
	parsed->fault = true;
}
