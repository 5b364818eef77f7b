/* netscaler: what NetScaler (Citrix ADC) sends: stamp, machine, engine, module, event. */
/* SPDX-License-Identifier: MIT */
#include "clf.h"
#include "payload.h"
#include "priority.h"
#include "syslog.h"
#include "table.h"
#include "web.h"

static const char *const samples[] = {
	"<134> 06/10/2024:12:00:00 GMT ns1 0-PPE-0 : default AAA LOGIN_FAILED 1234 0 : User anna - Client_ip 192.0.2.7 "
	"- "
	"Failure_reason \"wrong password\"",
	"<134> 06/10/2024:12:00:00 GMT ns1 0-PPE-0 : SSLVPN LOGOUT 1234 0 : Context anna@192.0.2.7 - SessionId: 15- "
	"User "
	"anna - Client_ip 192.0.2.7",
	NULL,
};

/* "LOGIN_FAILED" */
static bool is_event(struct slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if ((word.ptr[i] < 'A' || word.ptr[i] > 'Z') && word.ptr[i] != '_' &&
		    (word.ptr[i] < '0' || word.ptr[i] > '9'))
			return false;
	return word.len > 1;
}

/* ": default AAA LOGIN_FAILED 1234 0 : text", the partition may be missing; false where it is anything else. */
static bool read_event(struct slice line, struct parsed *out)
{
	struct slice word = web_word(&line), module, event;

	if (!slice_is(word, ":"))
		return parsed_miss(out, word, "a colon behind the engine");
	module = web_word(&line);
	event = web_word(&line);
	if (is_event(event) && !web_is_number(event)) {
		word = line;
		if (!web_is_number(web_word(&word))) { /* the first word was the partition */
			module = event;
			event = web_word(&line);
		}
	}
	if (!is_event(event) || !web_is_number(web_word(&line)))
		return parsed_miss(out, event, "module, event and a number");
	(void)web_word(&line);
	if (!slice_is(web_word(&line), ":"))
		return parsed_miss(out, line, "a colon before the message");
	web_text(out, SLICE("component"), module);
	web_text(out, SLICE("event_type"), event);
	parsed_text(out, FIELD_MESSAGE, line);
	return true;
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice host, engine;

	priority_read(&line, out);
	syslog_blanks(&line);
	if (line.len < 20 || line.ptr[2] != '/' || line.ptr[5] != '/' || !clf_stamp(context, &line, out))
		return parsed_miss_common_stamp(out, line, "m/d/Y:H:M:S", "a stamp such as 06/10/2024:12:00:00 GMT");
	syslog_blanks(&line);
	syslog_words(&line, out);
	host = web_word(&line);
	engine = web_word(&line);
	if (host.len == 0 || memmem(engine.ptr, engine.len, "-PPE-", 5) == NULL)
		return parsed_miss(out, engine, "a machine, and an engine such as 0-PPE-0");
	if (!read_event(line, out))
		return false;
	parsed_text(out, FIELD_LOG_SOURCE, host);
	parsed_text(out, FIELD_SOURCE_PROCESS, engine);
	return true;
}

void payload_netscaler(struct format_context *context, struct slice message, struct parsed *out)
{
	struct slice host = out->text[FIELD_LOG_SOURCE];

	if (message.len < 20 || message.ptr[2] != '/' || message.ptr[5] != '/')
		return;
	web_payload(context, message, out, read);
	if (parsed_has(out, FIELD_LOG_SOURCE))
		parsed_text(out, FIELD_LOG_SOURCE, host);
}

const struct format format_netscaler = {
	.name = "netscaler",
	.what = "NetScaler (Citrix ADC): stamp, machine, engine, module, event",
	.samples = samples,
	.sure = true,
	.read = read,
};
