/* Sets of short texts, and which of two is the rarer in logs. */
/* SPDX-License-Identifier: MIT */
#include "literal_set.h"
#include "fold.h"

enum {
	HEAD_MIN = 3, /* bytes that a text is cut down to */
};

#define SHORT_FACTOR 64 /* what has fewer than four bytes is slower to look for */

static bool literal_is(const struct literal *literal, const char *text, size_t len)
{
	return literal->len == len && memcmp(literal->text, text, len) == 0;
}

void literal_set_empty(struct literal_set *set)
{
	set->count = 1;
	set->rows[0].len = 0;
}

bool literal_set_add(struct literal_set *set, struct slice text)
{
	struct literal new;
	if (text.len > LITERAL_MAX)
		return false;
	new.len = text.len;
	for (size_t i = 0; i < text.len; i++)
		new.text[i] = fold(text.ptr[i]);
	for (size_t i = 0; i < set->count; i++)
		if (literal_is(&set->rows[i], new.text, new.len))
			return true;
	if (set->count == LITERALS_MAX)
		return false;
	set->rows[set->count++] = new;
	return true;
}

void literal_set_copy(struct literal_set *set, const struct literal_set *from)
{
	set->count = from->count;
	memcpy(set->rows, from->rows, from->count * sizeof *from->rows);
}

bool literal_set_join(struct literal_set *set, const struct literal_set *other)
{
	for (size_t i = 0; i < other->count; i++)
		if (!literal_set_add(set, (struct slice){ other->rows[i].text, other->rows[i].len }))
			return false;
	return true;
}

/* Cuts all down to their first bytes until half of the room is free; what goes on being full costs no more then. */
static bool cut(struct literal_set *set)
{
	struct literal_set heads;
	for (size_t most = LITERAL_MAX / 2; most >= HEAD_MIN; most /= 2) {
		heads.count = 0;
		for (size_t i = 0; i < set->count; i++) {
			const size_t len = set->rows[i].len;
			literal_set_add(&heads, (struct slice){ set->rows[i].text, len < most ? len : most });
		}
		if (heads.count > LITERALS_MAX / 2)
			continue;
		literal_set_copy(set, &heads);
		return true;
	}
	return false;
}

bool literal_set_join_heads(struct literal_set *set, const struct literal_set *other)
{
	for (size_t i = 0; i < other->count; i++) {
		const struct slice text = { other->rows[i].text, other->rows[i].len };
		if (!literal_set_add(set, text) && !(cut(set) && literal_set_add(set, text)))
			return false;
	}
	return true;
}

static bool add_both(struct literal_set *set, const struct literal *head, const struct literal *tail)
{
	char text[2 * LITERAL_MAX];
	memcpy(text, head->text, head->len);
	memcpy(text + head->len, tail->text, tail->len);
	return literal_set_add(set, (struct slice){ text, head->len + tail->len });
}

/* Nearly all of an expression are single characters behind each other. */
static bool follow_one(struct literal_set *set, const struct literal *tail)
{
	for (size_t i = 0; i < set->count; i++)
		if (set->rows[i].len + tail->len > LITERAL_MAX)
			return false;
	for (size_t i = 0; i < set->count; i++) {
		memcpy(set->rows[i].text + set->rows[i].len, tail->text, tail->len);
		set->rows[i].len += tail->len;
	}
	return true;
}

bool literal_set_follow(struct literal_set *set, const struct literal_set *tail)
{
	struct literal_set all;
	if (tail->count == 1)
		return follow_one(set, &tail->rows[0]);
	all.count = 0;
	for (size_t i = 0; i < set->count; i++)
		for (size_t j = 0; j < tail->count; j++)
			if (!add_both(&all, &set->rows[i], &tail->rows[j]))
				return false;
	literal_set_copy(set, &all);
	return true;
}

static bool is_letter(unsigned char c)
{
	return c >= 'a' && c <= 'z';
}

static double byte_likely(unsigned char c)
{
	if (c >= 0x80 || c < ' ')
		return 0.0005;
	if (c == ' ')
		return 0.12;
	if (is_letter(c))
		return strchr("etaoinsr", c) ? 0.045 : 0.015;
	if (c >= '0' && c <= '9')
		return 0.03;
	return strchr(".:/-=_[]", c) ? 0.015 : 0.004;
}

double literal_likely(struct slice text)
{
	double likely = 1;
	for (size_t i = 0; i < text.len; i++) {
		const unsigned char c = (unsigned char)fold(text.ptr[i]);
		const bool in_word = i > 0 && is_letter(c) && is_letter((unsigned char)fold(text.ptr[i - 1]));
		likely *= byte_likely(c) * (in_word ? 3 : 1);
	}
	return likely;
}

/* Of the whole set; 1 and more: it says nothing. */
static double set_likely(const struct literal_set *set)
{
	double likely = 0;
	for (size_t i = 0; i < set->count; i++) {
		const struct slice text = { set->rows[i].text, set->rows[i].len };
		if (text.len == 0)
			return 1;
		likely += literal_likely(text) * (text.len < 4 ? SHORT_FACTOR : 1);
	}
	return set->count > 0 && likely < 1 ? likely : 1;
}

void literal_set_prefer(struct literal_set *set, const struct literal_set *other)
{
	const double likely = set_likely(other);
	if (likely < 1 && likely < set_likely(set))
		literal_set_copy(set, other);
}

static bool has_other(const struct literal_set *set, size_t i)
{
	for (size_t j = 0; j < set->count; j++)
		if (j != i && memmem(set->rows[i].text, set->rows[i].len, set->rows[j].text, set->rows[j].len))
			return true;
	return false;
}

/* No two are equal, so that of those in each other one is left. */
void literal_set_reduce(struct literal_set *set)
{
	size_t i = 0;
	while (i < set->count)
		if (has_other(set, i))
			set->rows[i] = set->rows[--set->count];
		else
			i++;
}
