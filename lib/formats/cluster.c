/* Logs of supercomputers: nodes, seconds since 1970, and a stamp of the node's own. */
/* SPDX-License-Identifier: MIT */
#include "cluster.h"

#include "../datetime.h"
#include "../epoch.h"
#include "../notation.h"
#include "head.h"
#include "level.h"
#include "tag.h"

enum {
	EPOCH_LEN = 10,
	OFFSET_STEP = 900, /* seconds: offsets are whole quarters of an hour */
	OFFSET_MAX = 14 * 3600,
};

/* The next word and the blanks behind it; false at the end. */
static bool take_word(struct slice *line, struct slice *word)
{
	*word = slice_first(*line, slice_find(*line, ' '));
	*line = slice_after(*line, word->len);
	head_blanks(line);
	return word->len > 0 && line->len > 0;
}

/* A clock on the node tells the offset in which the seconds are to be shown, and their fraction. */
static void show_as(const struct datetime *local, struct parsed *out)
{
	const int64_t apart = civil_time(&local->civil) - local->civil.microsecond - out->stamp.time;
	const int64_t step = OFFSET_STEP * SECOND, near = (apart + (apart < 0 ? -step : step) / 2) / step * OFFSET_STEP;

	if (near > OFFSET_MAX || near < -OFFSET_MAX)
		return;
	out->stamp.utc = false;
	out->stamp.offset = (int32_t)near;
	out->stamp.digits = local->civil.digits;
	out->stamp.time = civil_time(&local->civil) - near * SECOND;
}

/* "RAS KERNEL INFO message" */
static bool read_bluegene(struct slice line, struct parsed *out)
{
	struct head head = { .out = out };
	struct slice type, component, level;

	if (!take_word(&line, &type) || !take_word(&line, &component) || !take_word(&line, &level) ||
	    level_severity(level) == LEVEL_NONE)
		return false;
	parsed_extend_first(out, "type", type);
	head_component(&head, component);
	head_level(&head, level, level_severity(level));
	parsed_text(out, FIELD_MESSAGE, line);
	return true;
}

/* Behind label, seconds, date and node. */
static bool read_node(struct slice line, struct slice node, struct parsed *out)
{
	struct datetime local = { 0 };
	struct slice location;

	parsed_text(out, FIELD_LOG_SOURCE, node);
	if (notation_read(&line, "Y-m-d-H.M.Sf", &local)) {
		show_as(&local, out);
		head_blanks(&line);
		return take_word(&line, &location) && read_bluegene(line, out);
	}
	if (!notation_read(&line, "b D H:M:S", &local))
		return false;
	civil_from_days(out->stamp.time / DAY, &local.civil.year, &(int){ 0 }, &(int){ 0 });
	show_as(&local, out);
	head_blanks(&line);
	if (!take_word(&line, &location))
		return false;
	tag_read(line, out);
	return true;
}

/* "134681 node-246 unix.hw state_change.unavailable 1077804742 1 message" */
static bool read_hpc(struct slice line, struct parsed *out)
{
	struct slice id, node, component, state, seconds, flag;
	struct head head = { .out = out };

	if (!take_word(&line, &id) || !take_word(&line, &node) || !take_word(&line, &component) ||
	    !take_word(&line, &state) || !take_word(&line, &seconds) || !take_word(&line, &flag))
		return false;
	if (!head_is_number(id) || !head_is_name(node) || !head_is_name(component) || seconds.len != EPOCH_LEN ||
	    flag.len != 1 || !head_is_number(flag) || !epoch_read(seconds, &out->stamp))
		return false;
	parsed_text(out, FIELD_LOG_SOURCE, node);
	parsed_extend_first(out, "log_id", id);
	head_component(&head, component);
	parsed_extend_first(out, "state", state);
	parsed_text(out, FIELD_MESSAGE, line);
	return out->has_stamp = true;
}

/* Nothing that was read before it was found to be something else may stay, but for the priority. */
static bool leave(struct parsed *out)
{
	const int facility = out->facility, severity = out->severity;

	parsed_empty(out);
	out->facility = facility;
	out->severity = severity;
	return false;
}

bool cluster_read(struct slice line, struct parsed *out)
{
	struct slice label, seconds, date, node;
	struct datetime day = { 0 };

	if (line.len > 0 && line.ptr[0] >= '0' && line.ptr[0] <= '9')
		return read_hpc(line, out) || leave(out);
	if (!take_word(&line, &label) || !take_word(&line, &seconds) || seconds.len != EPOCH_LEN ||
	    !take_word(&line, &date) || !notation_read(&date, "Y.m.d", &day) || !take_word(&line, &node))
		return false;
	if (!epoch_read(seconds, &out->stamp) || !read_node(line, node, out))
		return leave(out);
	if (!slice_equal(label, SLICE("-")))
		parsed_extend_first(out, "label", label);
	return out->has_stamp = true;
}
