/* Formats: each reads its samples and what comes near to them, and no format takes the lines of another. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/formats/format.h"
#include "../../lib/formats/priority.h"
#include "../../lib/formats/tag.h"
#include "../../lib/input.h"
#include "../../lib/memory.h"
#include "check.h"

#include <stdlib.h>

static struct zone zone;
static struct year year;
static struct format_context context = { .zone = &zone, .year = &year };

/* What a format found in a line, as one text; "no" where it is not of this format. */
static void describe(const struct format *format, const char *text, struct buffer *to)
{
	struct parsed parsed = { 0 };
	size_t len = strlen(text);
	char *line = memory_new(len + INPUT_SLACK, 1), stamp[STAMP_TEXT_MAX];
	static const enum field shown[] = { FIELD_LOG_SOURCE, FIELD_SOURCE_PROCESS, FIELD_MESSAGE };

	to->len = 0;
	memcpy(line, text, len);
	parsed_empty(&parsed);
	if (format->state_size > 0)
		context.state = memory_new(1, format->state_size);
	if (!format->read(&context, (struct slice){ line, len }, &parsed)) {
		buffer_add(to, SLICE("no"));
	} else {
		if (parsed.has_stamp)
			buffer_add(to, (struct slice){ stamp, stamp_print(stamp, &parsed.stamp) });
		if (parsed.facility >= 0 || parsed.severity >= 0)
			buffer_printf(to, " %d.%d", parsed.facility, parsed.severity);
		for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
			buffer_add_char(to, '|');
			if (parsed_has(&parsed, shown[i]))
				buffer_add(to, parsed.text[shown[i]]);
			if (shown[i] == FIELD_SOURCE_PROCESS && parsed.source_pid >= 0)
				buffer_printf(to, "[%lld]", (long long)parsed.source_pid);
		}
		if (parsed.extended.len > 0) {
			buffer_add_char(to, '|');
			buffer_add(to, buffer_slice(&parsed.extended));
		}
	}
	if (format->forget != NULL)
		format->forget(context.state);
	free(context.state);
	context.state = NULL;
	parsed_clear(&parsed);
	free(line);
}

static void reads(const char *name, const char *line, const char *wanted)
{
	struct buffer got = { 0 };

	describe(format_find(slice_of(name)), line, &got);
	if (!CHECK_TEXT(buffer_slice(&got), wanted))
		printf("  %s: %s\n", name, line);
	buffer_clear(&got);
}

static void test_bsd(void)
{
#define CISCO "\"cisco_facility\":\"ASA\",\"mnemonic\":\"302015\""
#define AT    "2024-06-10T12:00:00+00:00"
	reads("syslogbsd", "Jun 10 12:00:00 web1 sshd[77]: text", AT "|web1|sshd[77]|text");
	reads("syslogbsd", "<38>JUN 10 12:00:00 web1 su: text", AT " 4.6|web1|su|text");
	reads("syslogbsd", "jun  1 12:00:00 web1 su: text", "2024-06-01T12:00:00+00:00|web1|su|text");
	reads("syslogbsd", "Jun 1 12:00:00 web1 su: text", "2024-06-01T12:00:00+00:00|web1|su|text");
	reads("syslogbsd", "Jun 10 12:00:00.123 web1 su: text", "2024-06-10T12:00:00.123+00:00|web1|su|text");
	reads("syslogbsd", "Jun 10 2019 12:00:00 web1 su: text", "2019-06-10T12:00:00+00:00|web1|su|text");
	reads("syslogbsd", "Jun 10 12:00:00 2019 web1 su: text", "2019-06-10T12:00:00+00:00|web1|su|text");
	reads("syslogbsd", "Jun 10 12:00:00 web1 su: text", AT "|web1|su|text"); /* the year before is not kept */
	reads("syslogbsd", "Jun 10 12:00:00 192.0.2.7 su: text", AT "|192.0.2.7|su|text");
	reads("syslogbsd", "Jun 10 12:00:00 2001:db8::1 su: text", AT "|2001:db8::1|su|text");
	reads("syslogbsd", "Jun 10 12:00:00 fe80:: su: text", AT "|fe80::|su|text");
	reads("syslogbsd", "Jun 10 12:00:60 web1 su: text", "2024-06-10T12:00:60+00:00|web1|su|text");
	reads("syslogbsd", "Jun 10 12:00:00 <auth.info> web1 su: text", AT " 4.6|web1|su|text");
	reads("syslogbsd", "Jun 10 12:00:00 <4.6> web1 su: text", AT " 4.6|web1|su|text");
	reads("syslogbsd", "Jun 10 12:00:00 fw : %ASA-6-302015: text", AT " -1.6|fw|ASA|%ASA-6-302015: text|" CISCO);
	reads("syslogbsd", "Jun 31 12:00:00 web1 su: text", "no");
	reads("syslogbsd", "Jun 10 25:00:00 web1 su: text", "no");
	reads("syslogbsd", "Jux 10 12:00:00 web1 su: text", "no");
	reads("syslogbsd", "Jun 10 12:00:00", "no");
	reads("syslogbsd", "", "no");
}

static void test_priority(void)
{
	reads("syslogbsd", "<0>Jun 10 12:00:00 web1 su: x", AT " 0.0|web1|su|x");
	reads("syslogbsd", "<191>Jun 10 12:00:00 web1 su: x", AT " 23.7|web1|su|x");
#define FAULT "|\"parse_error\":\"priority is not 0 to 191\""
	reads("syslogbsd", "<192>Jun 10 12:00:00 web1 su: x", AT "|web1|su|x" FAULT);
	reads("syslogbsd", "<013>Jun 10 12:00:00 web1 su: x", AT "|web1|su|x" FAULT);
	reads("syslogbsd", "<-1>Jun 10 12:00:00 web1 su: x", AT "|web1|su|x" FAULT);
	reads("syslogbsd", "<-0>Jun 10 12:00:00 web1 su: x", AT "|web1|su|x" FAULT);
	reads("syslogbsd", "<>Jun 10 12:00:00 web1 su: x", AT "|web1|su|x" FAULT);
	reads("syslogbsd", "<4294967297>Jun 10 12:00:00 web1 su: x", AT "|web1|su|x" FAULT);
	reads("syslogbsd", "<12345678901234567>Jun 10 12:00:00 web1 su: x", "no");
	reads("syslogbsd", "<13Jun 10 12:00:00 web1 su: x", "no");
	reads("syslogbsd", "<4.6>Jun 10 12:00:00 web1 su: x", AT "|web1|su|x" FAULT);
}

static void test_tags(void)
{
	reads("syslogbsd", "Jun 10 12:00:00 h sshd(pam_unix)[123]: x", AT "|h|sshd(pam_unix)[123]|x");
	reads("syslogbsd", "Jun 10 12:00:00 h postfix/smtpd[1]: x", AT "|h|postfix/smtpd[1]|x");
	reads("syslogbsd", "Jun 10 12:00:00 h rc.local: x", AT "|h|rc.local|x");
	reads("syslogbsd", "Jun 10 12:00:00 h a[1]:x", AT "|h|a[1]|x");
	reads("syslogbsd", "Jun 10 12:00:00 h a[1] x", AT "|h|a[1]|x");
	reads("syslogbsd", "Jun 10 12:00:00 h a[]: x", AT "|h|a|x");
	reads("syslogbsd", "Jun 10 12:00:00 h a[pid]: x", AT "|h|a|x|\"procid\":\"pid\"");
	reads("syslogbsd", "Jun 10 12:00:00 h a[2147483647]: x", AT "|h|a[2147483647]|x");
	reads("syslogbsd", "Jun 10 12:00:00 h a[2147483648]: x", AT "|h|a|x|\"procid\":\"2147483648\"");
	reads("syslogbsd", "Jun 10 12:00:00 h a[4294967297]: x", AT "|h|a|x|\"procid\":\"4294967297\"");
	reads("syslogbsd", "Jun 10 12:00:00 h a[-1]: x", AT "|h|a|x|\"procid\":\"-1\"");
	reads("syslogbsd", "Jun 10 12:00:00 h a[77", AT "|h||a[77");
	reads("syslogbsd", "Jun 10 12:00:00 h Google Chrome[7]: x", AT "|h|Google Chrome[7]|x");
	reads("syslogbsd", "Jun 10 12:00:00 h syslogd 1.4.1: restart.", AT "|h|syslogd 1.4.1|restart.");
	reads("syslogbsd", "Jun 10 12:00:00 h no tag: x", AT "|h||no tag: x");
	reads("syslogbsd", "Jun 10 12:00:00 h 10:15:00 x", AT "|h||10:15:00 x");
	reads("syslogbsd", "Jun 10 12:00:00 h -- MARK --", AT "|h||-- MARK --");
	reads("syslogbsd", "Jun 10 12:00:00 h last message repeated 3 times", AT "|h||last message repeated 3 times");
	reads("syslogbsd", "Jun 10 12:00:00 h message repeated 2 times: [ a: b]",
	      AT "|h||message repeated 2 times: [ a: b]");
	reads("syslogbsd", "Jun 10 12:00:00 h a:", AT "|h|a|");
	reads("syslogbsd", "Jun 10 12:00:00 h :", AT "|h||");
}

static void test_nohost(void)
{
	reads("syslogbsd", "Jun 10 12:00:00 haproxy[7]: x", "no");
	reads("syslogbsd", "Jun 10 12:00:00 kernel: x", "no");
	reads("syslogbsd", "Jun 10 12:00:00 last message repeated 3 times", "no");
	reads("syslogbsd", "Jun 10 12:00:00: %ASA-6-302015: x", "no");
	reads("syslogbsd", "Jun 10 12:00:00 %ASA-6-302015: x", "no");
	reads("nohost", "Jun 10 12:00:00 haproxy[7]: x", AT "||haproxy[7]|x");
	reads("nohost", "<6>Jun 10 12:00:00 kernel: x", AT " 0.6||kernel|x");
	reads("nohost", "Jun 10 12:00:00 last message repeated 3 times", AT "|||last message repeated 3 times");
	reads("nohost", "Jun 10 12:00:00: %ASA-6-302015: x", AT " -1.6||ASA|%ASA-6-302015: x|" CISCO);
	reads("nohost", "Jun 10 12:00:00", AT "|||");
	reads("nohost", "Feb 30 12:00:00 kernel: x", "no");
}

static void test_iso(void)
{
	reads("syslogiso", "2024-06-10T12:00:00.123456+02:00 web1 sshd[77]: x",
	      "2024-06-10T12:00:00.123456+02:00|web1|sshd[77]|x");
	reads("syslogiso", "<86>2024-06-10T12:00:00Z web1 CRON: x", "2024-06-10T12:00:00Z 10.6|web1|CRON|x");
	reads("syslogiso", "<54> 2024-06-10T12:00:00Z web1 CRON: x", "2024-06-10T12:00:00Z 6.6|web1|CRON|x");
	reads("syslogiso", "2024-06-10T12:00:00 web1 su: x", AT "|web1|su|x");
	reads("syslogiso", "2024-06-10T12:00:00Z kernel: x", "2024-06-10T12:00:00Z||kernel|x");
	reads("syslogiso", "2024-06-10 12:00:00 web1 su[7]: x", AT "|web1|su[7]|x");
	reads("syslogiso", "2024-06-10 12:00:00 INFO a program that is no syslog", "no");
	reads("syslogiso", "2024-06-31T12:00:00Z web1 su: x", "no");
	reads("syslogiso", "2024-06-10T12:00:00Zweb1 su: x", "no");
}

static void test_5424(void)
{
#define HEAD  "<13>1 2024-06-10T12:00:00Z web1 app 77 ID1 "
#define FOUND "2024-06-10T12:00:00Z 1.5|web1|app[77]|"
#define ID1   "|\"msgid\":\"ID1\""
	reads("syslog5424", HEAD "- x", FOUND "x" ID1);
	reads("syslog5424", HEAD "-", FOUND ID1);
	reads("syslog5424", HEAD "- \xef\xbb\xbfx", FOUND "x" ID1);
	reads("syslog5424", HEAD "x y", FOUND "x y" ID1);
	reads("syslog5424", HEAD "[a b=\"c\"] x", FOUND "x" ID1 ",\"sd\":{\"a\":{\"b\":\"c\"}}");
	reads("syslog5424", HEAD "[a b=\"c\"][d] x", FOUND "x" ID1 ",\"sd\":{\"a\":{\"b\":\"c\"},\"d\":{}}");
	reads("syslog5424", HEAD "[a b=\"c\"]", FOUND ID1 ",\"sd\":{\"a\":{\"b\":\"c\"}}");
	reads("syslog5424", HEAD "[a b=\"\\\"\\\\\\]\\n\"] x",
	      FOUND "x" ID1 ",\"sd\":{\"a\":{\"b\":\"\\\"\\\\]\\\\n\"}}");
	reads("syslog5424", HEAD "[a b=\"1\" b=\"2\"] x", FOUND "x" ID1 ",\"sd\":{\"a\":{\"b\":[\"1\",\"2\"]}}");
	reads("syslog5424", HEAD "[a b=\"1\" c=\"2\" b=\"3\"] x",
	      FOUND "x" ID1 ",\"sd\":{\"a\":{\"b\":[\"1\",\"3\"],\"c\":\"2\"}}");
	reads("syslog5424", HEAD "[a b=\"1\"][d][a c=\"2\"] x",
	      FOUND "x" ID1 ",\"sd\":{\"a\":{\"b\":\"1\",\"c\":\"2\"},\"d\":{}}");
	reads("syslog5424", HEAD "[a b=c d=] x", FOUND "x" ID1 ",\"sd\":{\"a\":{\"b\":\"c\",\"d\":\"\"}}");
#define BROKEN ID1 ",\"parse_error\":\"structured data is malformed\""
	reads("syslog5424", HEAD "[a b=\"c] x", FOUND "[a b=\"c] x" BROKEN);
	reads("syslog5424", HEAD "[a b=\"c\" x", FOUND "[a b=\"c\" x" BROKEN);
	reads("syslog5424", HEAD "[a b=\"c\"", FOUND "[a b=\"c\"" BROKEN);
	reads("syslog5424", HEAD "[a b=\"c\"]x", FOUND "[a b=\"c\"]x" BROKEN);
	reads("syslog5424", HEAD "[] x", FOUND "[] x" BROKEN);
	reads("syslog5424", HEAD "[", FOUND "[" BROKEN);
	reads("syslog5424", HEAD "[a =\"c\"] x", FOUND "[a =\"c\"] x" BROKEN);
	reads("syslog5424", HEAD "[a b=\"c\\", FOUND "[a b=\"c\\" BROKEN);
	reads("syslog5424", "<13>1 - - - - - -", " 1.5|||");
	reads("syslog5424", "<13>1 - - - proc - - x", " 1.5|||x|\"procid\":\"proc\"");
	reads("syslog5424", "<13>1 2024-06-10T12:00:00Z web1",
	      "2024-06-10T12:00:00Z 1.5|web1|||\"parse_error\":\"header is incomplete\"");
	reads("syslog5424", "<13>1 2024-06-31T12:00:00Z web1 app 77 ID1 - x", "no");
	reads("syslog5424", "<13>0 2024-06-10T12:00:00Z web1 app 77 ID1 - x", "no");
	reads("syslog5424", "<13>1", "no");
	reads("syslog5424", "<13>1 2024-06-10 12:00:00 web1 app 77 ID1 - x", "no");
}

/* More parameters than there is room for. */
static void test_many_parameters(void)
{
	struct buffer line = { 0 }, got = { 0 };

	buffer_add(&line, SLICE(HEAD "[a"));
	for (int i = 0; i < 5000; i++)
		buffer_add(&line, SLICE(" b=\"c\""));
	buffer_add(&line, SLICE("] x"));
	describe(format_find(SLICE("syslog5424")), buffer_text(&line), &got);
	CHECK(got.len > line.len && memcmp(got.ptr, FOUND "[a b", sizeof FOUND "[a b" - 1) == 0);
	buffer_clear(&line);
	buffer_clear(&got);
}

/* Lists of empty values: they leave no spare room behind them, at some length none at all. */
static void test_empty_values(void)
{
	for (int count = 2; count < 100; count++) {
		struct buffer line = { 0 }, got = { 0 }, wanted = { 0 };
		buffer_add(&line, SLICE(HEAD "[e x=\"\""));
		buffer_add(&wanted, SLICE(FOUND "x" ID1 ",\"sd\":{\"e\":{\"x\":\"\",\"a\":["));
		for (int i = 0; i < count; i++) {
			buffer_add(&line, SLICE(" a=\"\""));
			buffer_add(&wanted, i > 0 ? SLICE(",\"\"") : SLICE("\"\""));
		}
		buffer_add(&line, SLICE("] x"));
		buffer_add(&wanted, SLICE("]}}"));
		describe(format_find(SLICE("syslog5424")), buffer_text(&line), &got);
		CHECK_TEXT(buffer_slice(&got), buffer_text(&wanted));
		buffer_clear(&line);
		buffer_clear(&got);
		buffer_clear(&wanted);
	}
}

/* A line that no format knows keeps what is certain. */
static void test_bare(void)
{
	struct parsed parsed = { 0 };
	struct slice line = SLICE("<34>what"), odd = SLICE("<340>what");

	parsed_empty(&parsed);
	priority_read_bare(&line, &parsed);
	CHECK_TEXT(line, "what");
	CHECK(parsed.facility == 4 && parsed.severity == 2);
	parsed_empty(&parsed);
	priority_read_bare(&odd, &parsed);
	CHECK_TEXT(odd, "<340>what");
	CHECK(parsed.facility == -1 && parsed.severity == -1);
}

/* -f auto tries formats in their order: each sample is read by its own one first. */
static void test_samples(void)
{
	struct buffer got = { 0 };

	for (size_t i = 0; formats[i] != NULL; i++) {
		CHECK(formats[i]->samples[0] != NULL);
		for (const char *const *sample = formats[i]->samples; *sample != NULL; sample++)
			for (size_t j = 0; j <= i; j++) {
				describe(formats[j], *sample, &got);
				if (!CHECK(slice_is(buffer_slice(&got), "no") == (j < i)))
					printf("  %s as %s: %s\n", *sample, formats[j]->name, got.ptr);
			}
	}
	CHECK(format_find(SLICE("syslog")) == NULL);
	buffer_clear(&got);
}

int main(void)
{
	struct error err;
	struct slice now = SLICE("2024-06-15T00:00:00Z");
	struct stamp reference;

	CHECK(zone_init(&zone, "+0000", &err) && stamp_read(&now, &reference));
	year_begin(&year, NULL, reference.time);
	test_bsd();
	test_priority();
	test_tags();
	test_nohost();
	test_iso();
	test_5424();
	test_many_parameters();
	test_empty_values();
	test_bare();
	test_samples();
	return check_end();
}
