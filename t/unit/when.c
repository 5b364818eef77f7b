/* Stamps of all notations, epochs, words for levels, and the table of names. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/epoch.h"
#include "../../lib/formats/attribute.h"
#include "../../lib/formats/suits.h"
#include "../../lib/formats/when.h"
#include "../../lib/level.h"
#include "../../lib/zone.h"
#include "check.h"

static struct zone zone;
static struct year year;
static struct format_context context = { .zone = &zone, .year = &year };

static void when(const char *text, const char *wanted)
{
	struct stamp stamp;
	char shown[STAMP_TEXT_MAX];
	struct slice got = SLICE("no");

	if (when_read(&context, slice_of(text), false, &stamp))
		got = (struct slice){ shown, stamp_print(shown, &stamp) };
	if (!CHECK_TEXT(got, wanted))
		printf("  %s\n", text);
}

static void test_epochs(void)
{
	when("1718020800", "2024-06-10T12:00:00Z");
	when("1718020800.5", "2024-06-10T12:00:00.5Z");
	when("1718020800.123456789", "2024-06-10T12:00:00.123456Z");
	when("1718020800123", "2024-06-10T12:00:00.123Z");
	when("1718020800123456", "2024-06-10T12:00:00.123456Z");
	when("1718020800123456789", "2024-06-10T12:00:00.123456Z");
	when("100000000", "1973-03-03T09:46:40Z");
	when("99999999999", "5138-11-16T09:46:39Z");
	when("99999999", "no");
	when("20.5", "no");
	when("-1718020800", "no");
	when("1718020800.", "no");
	when("1718020800.1x", "no");
	when("0171802080", "no");
	when("99999999999999999999", "no");
	when("1e9", "no");
	when("/Date(1718020800123)/", "2024-06-10T12:00:00.123Z");
}

static void test_texts(void)
{
	when("2024-06-10T12:00:00Z", "2024-06-10T12:00:00Z");
	when("2024-06-10T12:00:00.1234567Z", "2024-06-10T12:00:00.123456Z");
	when("2024-06-10T12:00:00-0400", "2024-06-10T12:00:00-04:00");
	when("2024-06-10 12:00:00.784", "2024-06-10T12:00:00.784+02:00");
	when("2024-06-10 12:00:00 +0000 UTC", "2024-06-10T12:00:00Z");
	when("2024-06-10 12:00:00 UTC", "2024-06-10T12:00:00Z");
	when("2024/06/10 12:00:00", "2024-06-10T12:00:00+02:00");
	when("29/Apr/2021:08:47:53 +0000", "2021-04-29T08:47:53+00:00");
	when("Sep 09 2017 00:31:23 UTC", "2017-09-09T00:31:23Z");
	when("Sep 9 2017 00:31:23.5", "2017-09-09T00:31:23.5+02:00");
	when("October 14, 2019 09:06:02", "2019-10-14T09:06:02+02:00");
	when("Wed, 02 Oct 2002 13:00:00 GMT", "2002-10-02T13:00:00Z");
	when("Wed, 02 Oct 2002 13:00:00 +0130", "2002-10-02T13:00:00+01:30");
	when("Wed Oct  2 13:00:00 2002", "2002-10-02T13:00:00+02:00");
	when("Oct 26, 2025 at 7:59:41.239 PM", "2025-10-26T19:59:41.239+02:00");
	when("11/28/2021 12:09:47 AM", "2021-11-28T00:09:47+02:00");
	when("11/8/2021 10:09:47 AM", "2021-11-08T10:09:47+02:00");
	when("28/11/2021 10:09:47", "2021-11-28T10:09:47+02:00");
	when("11/8/2021 10:09:47", "no"); /* August or November */
	when("Jun 10 12:00:00", "2024-06-10T12:00:00+02:00");
	when("31 November 2021 10:00:00", "no");
	when("2021-02-30T10:00:00Z", "no");
	when("0000-01-01 10:00:00 x", "no");
	when("2021-01-01", "no");
	when("10:00:00", "no");
	when("13:00:00 PM Oct 2 2002", "no");
	when("Oct 2 2002 13:00:00 not a stamp", "no");
	when("", "no");
	CHECK(when_is_clock(SLICE("12:32:48")));
	CHECK(when_is_clock(SLICE("1:12:33.5")));
	CHECK(!when_is_clock(SLICE("12:32:48 x")));
	CHECK(!when_is_clock(SLICE("20.020")));
	CHECK(!when_is_clock(SLICE("123:32:48")));
}

static void test_levels(void)
{
	CHECK_NUMBER(level_word(SLICE("WARNING")), 4);
	CHECK_NUMBER(level_word(SLICE("Informational")), 6);
	CHECK_NUMBER(level_word(SLICE("fatal")), 2);
	CHECK_NUMBER(level_word(SLICE("High")), -1);
	CHECK_NUMBER(level_word(SLICE("")), -1);
	CHECK_NUMBER(level_tens(SLICE("30")), 6);
	CHECK_NUMBER(level_tens(SLICE("60")), 2);
	CHECK_NUMBER(level_tens(SLICE("61")), -1);
	CHECK_NUMBER(level_tens(SLICE("4")), -1);
	CHECK_NUMBER(level_windows(SLICE("2")), 3);
	CHECK_NUMBER(level_cef(SLICE("Very-High")), 2);
	CHECK_NUMBER(level_cef(SLICE("7")), 3);
	CHECK_NUMBER(level_cef(SLICE("11")), -1);
	CHECK_NUMBER(level_facility(SLICE("AUTHPRIV")), 10);
	CHECK_NUMBER(level_facility(SLICE("24")), -1);
}

/* Searching needs the order; and what goes to extended must find its own name, else a member of that name would stand
 * twice. */
static void test_table(void)
{
	for (size_t i = 1; i < attribute_count; i++)
		if (!CHECK(strcmp(attribute_rows[i - 1].name, attribute_rows[i].name) <= 0))
			printf("  %s\n", attribute_rows[i].name);
	for (size_t i = 0; i < attribute_count; i++)
		CHECK(attribute_find(slice_of(attribute_rows[i].name)) != NULL);
	CHECK(attribute_find(SLICE("nosuchname")) == NULL);
	CHECK(attribute_find(SLICE("")) == NULL);
	CHECK(attribute_same(attribute_find(SLICE("level")), attribute_find(SLICE("level")) + 1));
}

static void address(const char *text, const char *wanted_host, const char *wanted_port)
{
	struct slice host, port;

	suits_address(slice_of(text), &host, &port);
	CHECK_TEXT(host, wanted_host);
	CHECK_TEXT(port, wanted_port);
}

static void test_addresses(void)
{
	address("192.0.2.1", "192.0.2.1", "");
	address("192.0.2.1:4711", "192.0.2.1", "4711");
	address("192.0.2.1:4711:WAN", "192.0.2.1", "4711");
	address("192.0.2.1:70000", "192.0.2.1", "");
	address("[2001:db8::1]:22", "2001:db8::1", "22");
	address("[2001:db8::1]", "2001:db8::1", "");
	address("2001:db8::1", "2001:db8::1", "");
	address("::ffff:192.0.2.1", "::ffff:192.0.2.1", "");
	address("[", "[", "");
}

int main(void)
{
	struct error err;
	int64_t reference = 1718409600 * SECOND; /* 2024-06-15 */

	CHECK(zone_init(&zone, "+0200", &err));
	year_refer(&year, reference);
	test_epochs();
	test_texts();
	test_levels();
	test_table();
	test_addresses();
	return check_end();
}
