/* One loop for all of them: events go in, and when there are no more, what was found comes out. */
/* SPDX-License-Identifier: MIT */
#include "examine.h"

#include "advise.h"
#include "differ.h"
#include "explain.h"
#include "stream.h"

#include <err.h>
#include <inttypes.h>

struct tool {
	const char *option;
	void *(*begin)(const struct examine *examine, struct error *err);
	bool (*event)(void *tool, const struct event *event, struct error *err);
	void (*end)(void *tool, struct output *out); /* and frees it */
};

static void *begin_advise(const struct examine *examine, struct error *err)
{
	return advise_new(examine->rules, examine->advise, examine->options, err);
}

static bool event_advise(void *tool, const struct event *event, struct error *err)
{
	return advise_event(tool, event, err);
}

static void end_advise(void *tool, struct output *out)
{
	advise_end(tool, &out->text);
	advise_free(tool);
}

static void *begin_explain(const struct examine *examine, struct error *err)
{
	return explain_new(examine->rules, examine->explain, examine->key, examine->options, err);
}

static void *begin_near(const struct examine *examine, struct error *err)
{
	(void)err;
	return explain_near(examine->rules, examine->near, examine->options);
}

static bool event_explain(void *tool, const struct event *event, struct error *err)
{
	return explain_event(tool, event, err);
}

static void end_explain(void *tool, struct output *out)
{
	explain_end(tool, out);
	explain_free(tool);
}

static void *begin_differ(const struct examine *examine, struct error *err)
{
	(void)err;
	return differ_new(examine->old, examine->rules, examine->options);
}

static bool event_differ(void *tool, const struct event *event, struct error *err)
{
	return differ_event(tool, event, err);
}

static void end_differ(void *tool, struct output *out)
{
	const struct difference difference = differ_end(tool, out);

	warnx("%" PRIu64 " episodes gained, %" PRIu64 " lost, %" PRIu64 " changed, %" PRIu64 " as they were",
	      difference.gained, difference.lost, difference.changed, difference.same);
	differ_free(tool);
}

static const struct tool tools[] = {
	{ "advise", begin_advise, event_advise, end_advise },
	{ "explain", begin_explain, event_explain, end_explain },
	{ "near", begin_near, event_explain, end_explain },
	{ "diff", begin_differ, event_differ, end_differ },
};

static const struct tool *tool_of(const struct examine *examine)
{
	if (examine->advise != NULL)
		return &tools[0];
	if (examine->explain != NULL)
		return &tools[1];
	if (examine->near > 0)
		return &tools[2];
	return examine->old != NULL ? &tools[3] : NULL;
}

const char *examine_option(const struct examine *examine)
{
	const struct tool *tool = tool_of(examine);
	return tool != NULL ? tool->option : NULL;
}

bool examine_events(const struct examine *examine, char **paths, int count, struct output *out, enum status *status,
		    struct error *err)
{
	const struct tool *tool = tool_of(examine);
	struct stream stream;
	struct event event;
	struct error why;

	void *work = tool->begin(examine, err);
	if (work == NULL)
		return error_within(err, "--%s", tool->option);
	if (!stream_init(&stream, paths, count, out, examine->rejects, err)) {
		tool->end(work, out);
		return false;
	}
	while (stream_next(&stream, &event))
		if (!tool->event(work, &event, &why))
			stream_refuse(&stream, why.text);
	tool->end(work, out);
	*status = stream_end(&stream);
	return true;
}
