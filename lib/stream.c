/* Event lines in, one after the other: the loop that all filters of events share. */
/* SPDX-License-Identifier: MIT */
#include "stream.h"

#include "names.h"

#include <err.h>
#include <inttypes.h>

static void idle(void *data)
{
	struct stream *stream = data;

	if (stream->idle != NULL)
		stream->idle(stream->data);
	if (stream->out != NULL)
		output_flush(stream->out);
}

static void counters(void *data)
{
	struct stream *stream = data;

	if (stream->counters != NULL)
		stream->counters(stream->data);
	else
		warnx("%" PRIu64 " events read, %" PRIu64 " lines refused", stream->events, stream->refuse.count);
}

static void reload(void *data)
{
	struct stream *stream = data;

	if (stream->reload != NULL)
		stream->reload(stream->data);
}

/* What is refused must not come in again. */
static bool check_rejects(const struct stream *stream, char **paths, int count, struct error *err)
{
	if (count == 0 && refuse_is_file(&stream->refuse, "-"))
		return error_set(err, "--rejects: standard input is that very file");
	for (int i = 0; i < count; i++)
		if (refuse_is_file(&stream->refuse, paths[i]))
			return error_set(err, "--rejects: %s is read as well", paths[i]);
	return true;
}

bool stream_init(struct stream *stream, char **paths, int count, struct output *out, const char *rejects,
		 struct error *err)
{
	*stream = (struct stream){ .out = out };
	input_init(&stream->in, paths, count, EVENT_LINE_MAX);
	stream->in.idle = idle;
	stream->in.counters = counters;
	stream->in.reload = reload;
	stream->in.data = stream;
	return refuse_init(&stream->refuse, rejects, err) && check_rejects(stream, paths, count, err);
}

/* Reads the line in hand; of a name that stands twice in an object only the last is left. */
static bool read_event(struct stream *stream, struct event *event, struct error *why)
{
	if (!event_read(event, stream->line, why))
		return false;
	if (!event->repeated)
		return true;
	stream->unique.len = 0;
	return !names_unique(&stream->unique, event->line) || event_read(event, buffer_slice(&stream->unique), why);
}

bool stream_next(struct stream *stream, struct event *event)
{
	struct error why;

	while (input_line(&stream->in, &stream->line)) {
		if (stream->in.cut > 0)
			error_set(&why, "longer than %d bytes", (int)EVENT_LINE_MAX);
		else if (read_event(stream, event, &why))
			return stream->events++, true;
		else if (slice_is_blank(stream->line))
			continue;
		refuse_line(&stream->refuse, &stream->in, stream->line, why.text);
		if (stream->refused != NULL)
			stream->refused(stream->data);
	}
	return false;
}

void stream_refuse(struct stream *stream, const char *why)
{
	stream->events--;
	refuse_line(&stream->refuse, &stream->in, stream->line, why);
}

void stream_refuse_line(struct stream *stream, struct slice line, const char *why)
{
	stream->events--;
	refuse_later(&stream->refuse, line, why);
}

enum status stream_end(struct stream *stream)
{
	enum status refused = refuse_end(&stream->refuse);

	buffer_clear(&stream->unique);
	return status_worse(refused, input_close(&stream->in));
}
