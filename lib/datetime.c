/* Time stamps in any of the notations that programs use: the table of notations, and how one of them is chosen. */
/* SPDX-License-Identifier: MIT */
#include "datetime.h"

#include "notation.h"

enum order { ORDER_PLAIN, ORDER_DECIDES };

/*
 * digits: how many stand at its start (2: one or two; 0: a letter); next: the byte behind them. They are looked at
 * first. Letters of a pattern are explained in notation.h. Rows are tried from top to bottom.
 */
struct notation {
	unsigned char digits;
	char next;
	const char *pattern;
	const char *sample;
	bool first;	  /* only where the line starts */
	enum order order; /* ORDER_DECIDES: other rows may read the same text otherwise */
};

static const struct notation notations[] = {
	/* year first */
	{ 4, '-', "Y-m-dTH:M:Sfz", "2024-06-10T12:00:00.123+02:00", false, ORDER_PLAIN },
	{ 4, '-', "Y-m-d k:M:Sfz", "2024-06-10 12:00:00,123", false, ORDER_PLAIN },
	{ 4, '-', "Y-m-d_H:M:Sfz", "2024-06-10_12:00:00.123", false, ORDER_PLAIN },
	{ 4, '-', "Y-m-d-H:M:Sfz", "2024-06-10-12:00:00", false, ORDER_PLAIN },
	{ 4, '-', "Y-m-d-H.M.Sfo", "2024-06-10-12.00.00.123456+060", false, ORDER_PLAIN },
	{ 4, '-', "Y-m-d-H.M.Sfz", "2024-06-10-12.00.00.123456", false, ORDER_PLAIN },
	{ 4, '-', "Y-b-d H:M:Sfz", "2024-Jun-10 12:00:00.123456", false, ORDER_PLAIN },
	{ 4, '/', "Y/m/d k:M:Sfz", "2024/06/10 12:00:00.123", false, ORDER_PLAIN },
	{ 4, '/', "Y/m/d-H:M:Sfz", "2024/06/10-12:00:00.123", false, ORDER_PLAIN },
	{ 4, '/', "Y/m/dTH:M:Sfz", "2024/06/10T12:00:00Z", false, ORDER_PLAIN },
	{ 4, '/', "Y/m/d:H:M:Sfz", "2024/06/10:12:00:00", false, ORDER_PLAIN },
	{ 4, '.', "Y.m.d k:M:Sfz", "2024.06.10 12:00:00", false, ORDER_PLAIN },
	{ 4, '.', "Y.m.d-H:M:Sfz", "2024.06.10-12:00:00", false, ORDER_PLAIN },
	{ 4, ':', "Y:n:D-H:M:Sfz", "2024:6:10-12:00:00", false, ORDER_PLAIN },
	{ 4, ':', "Y:m:d H:M:Sfz", "2024:06:10 12:00:00", false, ORDER_PLAIN },
	{ 4, ' ', "Y b D H:M:Sfz", "2024 Jun 10 12:00:00", false, ORDER_PLAIN },
	{ 8, ' ', "Ymd H:M:Sfz", "20240610 12:00:00.123456", false, ORDER_PLAIN },
	{ 8, '-', "Ymd-H:M:Sf", "20240610-12:00:00:123", false, ORDER_PLAIN },
	{ 8, '-', "Ymd-HMSfz", "20240610-120000", false, ORDER_PLAIN },
	{ 8, ' ', "Ymd HMSfz", "20240610 120000", false, ORDER_PLAIN },
	{ 8, 'T', "YmdTHMSfz", "20240610T120000Z", false, ORDER_PLAIN },
	{ 8, 'T', "YmdTH:M:Sfz", "20240610T12:00:00.123", false, ORDER_PLAIN },
	{ 8, ':', "Ymd:HMSf", "20240610:120000.123", false, ORDER_PLAIN },
	{ 8, '.', "Ymd.HMSfz", "20240610.120000,123", false, ORDER_PLAIN },
	{ 6, ' ', "ymd k:M:Sf", "240610  9:00:00", false, ORDER_PLAIN },
	{ 6, ' ', "ymd HMSf", "240610 120000", false, ORDER_PLAIN },
	{ 14, '\0', "YmdHMSfz", "20240610120000.123", true, ORDER_PLAIN },

	/* the month by its name */
	{ 2, '/', "D/b/Y:H:M:Sfz", "10/Jun/2024:12:00:00 +0200", false, ORDER_PLAIN },
	{ 2, '/', "D/b/Y H:M:Sfz", "10/Jun/2024 12:00:00", false, ORDER_PLAIN },
	{ 2, '-', "D-b-Y k:M:Sfz", "10-Jun-2024 12:00:00 UTC", false, ORDER_PLAIN },
	{ 2, '-', "D-b-y k:M:Sfz", "10-Jun-24 12:00:00", false, ORDER_PLAIN },
	{ 2, ' ', "D b Y H:M:Sfz", "10 Jun 2024 12:00:00.123", false, ORDER_PLAIN },
	{ 2, ' ', "D b H:M:Sfz", "10 Jun 12:00:00.123", false, ORDER_PLAIN },
	{ 2, '\0', "DbY H:M:Sf", "10Jun2024 12:00:00.123", false, ORDER_PLAIN },
	{ 0, '\0', "b D, Y k:M:Sfpz", "Jun 10, 2024 9:00:00 PM", false, ORDER_PLAIN },
	{ 0, '\0', "b D, Y H:M:Sfz", "June 10, 2024 12:00:00", false, ORDER_PLAIN },
	{ 0, '\0', "b D Y k:M:Sfpz", "Jun 10 2024 9:00:00 PM", false, ORDER_PLAIN },
	{ 0, '\0', "b D Y H:M:Sfz", "Jun 10 2024 12:00:00", false, ORDER_PLAIN },
	{ 0, '\0', "b D H:M:Sf Y", "Jun 10 12:00:00.123 2024", false, ORDER_PLAIN },
	{ 0, '\0', "b D H:M:Sfz", "Jun 10 12:00:00.123", false, ORDER_PLAIN },
	{ 0, '\0', "b-D-Y k:M:Sfz", "Jun-10-2024 12:00:00", false, ORDER_PLAIN },
	{ 0, '\0', "b-D-y k:M:Sfz", "Jun-10-24 12:00:00", false, ORDER_PLAIN },
	{ 0, '\0', "b/D/Y H:M:Sfz", "jun/10/2024 12:00:00", false, ORDER_PLAIN },
	{ 0, '\0', "b/D H:M:Sfz", "jun/10 12:00:00", false, ORDER_PLAIN },
	{ 0, '\0', "a b D H:M:Sf Y", "Mon Jun 10 12:00:00.123456 2024", false, ORDER_PLAIN },
	{ 0, '\0', "a b D H:M:S Z Y", "Mon Jun 10 12:00:00 CEST 2024", false, ORDER_PLAIN },
	{ 0, '\0', "a b D Y H:M:Sfz", "Mon Jun 10 2024 12:00:00", false, ORDER_PLAIN },
	{ 0, '\0', "a b D H:M:Sfz", "Mon Jun 10 12:00:00", false, ORDER_PLAIN },
	{ 0, '\0', "a D b Y H:M:Sfz", "Mon 10 Jun 2024 12:00:00", false, ORDER_PLAIN },
	{ 0, '\0', "a, D b Y H:M:Sfz", "Mon, 10 Jun 2024 12:00:00 +0200", false, ORDER_PLAIN },
	{ 0, '\0', "a, D-b-Y H:M:Sfz", "Mon, 10-Jun-2024 12:00:00 GMT", false, ORDER_PLAIN },

	/* American habits that show as such: AM and PM, '@', no year, Suricata's and Snort's '-' before the clock */
	{ 2, '/', "n/D/Y, k:M:Sfpz", "6/10/2024, 9:00:00 PM", false, ORDER_PLAIN },
	{ 2, '/', "n/D/Y k:M:Sfpz", "6/10/2024 9:00:00 PM", false, ORDER_PLAIN },
	{ 2, '/', "n/D/y, k:M:Sfpz", "06/10/24, 9:00:00 PM", false, ORDER_PLAIN },
	{ 2, '/', "n/D/y k:M:Sfpz", "06/10/24 9:00:00 PM", false, ORDER_PLAIN },
	{ 2, '/', "n/D/y@H:M:S", "06/10/24@12:00:00", false, ORDER_PLAIN },
	{ 2, '/', "n/D/Y-H:M:Sf", "06/10/2024-12:00:00.123456", false, ORDER_PLAIN },
	{ 2, '/', "n/D/y-H:M:Sf", "06/10/24-12:00:00.123456", false, ORDER_PLAIN },
	{ 2, '/', "n/D-H:M:Sf", "06/10-12:00:00.123456", false, ORDER_PLAIN },
	{ 2, '/', "n/D H:M:Sf", "06/10 12:00:00", false, ORDER_PLAIN },
	{ 2, '/', "n/D/y,H:M:S", "06/10/24,12:00:00", false, ORDER_PLAIN },
	{ 2, '-', "n-d H:M:Sf", "06-10 12:00:00.123", false, ORDER_PLAIN },
	{ 2, '.', "n.d H:M:Sf", "06.10 12:00:00", true, ORDER_PLAIN },

	/* points: the day comes first, wherever they are written */
	{ 2, '.', "D.n.Y k:M:Sfz", "10.06.2024 12:00:00", false, ORDER_PLAIN },
	{ 2, '.', "D.n.Y, k:M:Sfz", "10.06.2024, 12:00:00", false, ORDER_PLAIN },
	{ 2, '.', "D.n.y k:M:Sfz", "10.06.24 12:00:00", false, ORDER_PLAIN },

	/* which is the day? */
	{ 2, '/', "y/n/D H:M:Sfz", "24/05/31 12:00:00", false, ORDER_DECIDES },
	{ 2, '/', "D/n/y k:M:Sfz", "31/05/24 12:00:00", false, ORDER_DECIDES },
	{ 2, '/', "n/D/y k:M:Sfz", "05/31/24 12:00:00", false, ORDER_DECIDES },
	{ 2, '/', "D/n/Y k:M:Sfz", "31/05/2024 12:00:00", false, ORDER_DECIDES },
	{ 2, '/', "n/D/Y k:M:Sfz", "05/31/2024 12:00:00", false, ORDER_DECIDES },
	{ 2, '/', "D/n/Y:H:M:Sfz", "31/05/2024:12:00:00", false, ORDER_DECIDES },
	{ 2, '/', "n/D/Y:H:M:Sfz", "05/31/2024:12:00:00", false, ORDER_DECIDES },
	{ 2, '-', "D-n-Y k:M:Sfz", "31-05-2024 12:00:00", false, ORDER_DECIDES },
	{ 2, '-', "n-D-Y k:M:Sfz", "05-31-2024 12:00:00.123", false, ORDER_DECIDES },

	/* a clock alone */
	{ 2, ':', "H:M:Sf", "12:00:00.123", true, ORDER_PLAIN },
	{ 0 },
};

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t count_digits(struct slice text)
{
	size_t n = 0;

	while (n < text.len && text.ptr[n] >= '0' && text.ptr[n] <= '9')
		n++;
	return n;
}

/* Could the text, with that many digits at its start, be of this notation? Says no to nearly all. */
static inline bool may_be(const struct notation *notation, size_t digits, char next)
{
	return digits == notation->digits && (notation->next == '\0' || next == notation->next);
}

/* Letters or digits close behind, or an offset that is none: then it is no stamp. */
static bool goes_on(struct slice rest)
{
	if (rest.len == 0)
		return false;
	if ((rest.ptr[0] == '+' || rest.ptr[0] == '-') && rest.len > 1)
		return rest.ptr[1] >= '0' && rest.ptr[1] <= '9';
	return is_word(rest.ptr[0]);
}

/* Reads all of a notation. */
static bool read_one(struct slice *text, const struct notation *notation, struct datetime *out)
{
	struct slice rest = *text;

	if (!notation_read(&rest, notation->pattern, out) || goes_on(rest))
		return false;
	*text = rest;
	return true;
}

/* A word in capitals behind: the level that Hadoop and Spark write behind their "yy/MM/dd HH:mm:ss". */
static bool is_hadoop(const struct notation *notation, struct slice rest)
{
	size_t n = 1;

	if (notation->pattern[0] != 'y' || rest.len < 5 || rest.ptr[0] != ' ')
		return false;
	while (n < rest.len && rest.ptr[n] >= 'A' && rest.ptr[n] <= 'Z')
		n++;
	return n > 4 || (n == 4 && rest.ptr[4] == ' ');
}

static bool same_date(const struct civil *a, const struct civil *b)
{
	return a->year == b->year && a->month == b->month && a->day == b->day;
}

/* Of the rows from here on whose order only the text can tell: the one that gives a date that can be. */
static bool decide(struct slice *text, const struct notation *notation, char next, int64_t latest, struct datetime *out)
{
	struct slice behind = { 0 };
	struct datetime other;

	for (; notation->order == ORDER_DECIDES; notation++) {
		struct slice rest = *text;
		if (notation->next != next || !read_one(&rest, notation, &other))
			continue;
		if (is_hadoop(notation, rest)) {
			*out = other;
			*text = rest;
			return true;
		}
		if (civil_time(&other.civil) > latest + DAY)
			continue;
		if (behind.ptr != NULL && !same_date(&out->civil, &other.civil))
			return false;
		behind = rest;
		*out = other;
	}
	if (behind.ptr == NULL)
		return false;
	*text = behind;
	return true;
}

static bool read_digits(struct slice *text, size_t digits, enum datetime_place place, int64_t latest,
			struct datetime *out)
{
	const char next = digits < text->len ? text->ptr[digits] : '\0';
	const size_t kind = digits == 1 ? 2 : digits;

	for (const struct notation *row = notations; row->pattern != NULL; row++) {
		if (!may_be(row, kind, next) || (row->first && place != DATETIME_FIRST))
			continue;
		if (row->order == ORDER_DECIDES)
			return decide(text, row, next, latest, out);
		if (read_one(text, row, out))
			return true;
	}
	return place == DATETIME_FIRST && notation_epoch(text, out);
}

/* Near names of months and days there are digits, else they are words of a message. */
static bool has_digit(struct slice text)
{
	enum { NEAR = sizeof "Wednesday, September" };
	const size_t max = text.len < NEAR ? text.len : NEAR;

	for (size_t i = 3; i < max; i++)
		if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
			return true;
	return false;
}

static bool read_letters(struct slice *text, struct datetime *out)
{
	if (!notation_may_start(text->ptr) || !has_digit(*text))
		return false;
	for (const struct notation *row = notations; row->pattern != NULL; row++)
		if (row->digits == 0 && read_one(text, row, out))
			return true;
	return false;
}

bool datetime_read(struct slice *text, enum datetime_place place, int64_t latest, struct datetime *out)
{
	const size_t digits = count_digits(*text);

	if (text->len < DATETIME_MIN)
		return false;
	if (digits > 0)
		return read_digits(text, digits, place, latest, out);
	if (text->ptr[0] == '@')
		return place == DATETIME_FIRST && notation_tai64n(text, out);
	return read_letters(text, out);
}

const char *datetime_sample(size_t i)
{
	return notations[i].sample;
}
