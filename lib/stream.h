/* Event lines in, one after the other: the loop that all filters of events share. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_STREAM_H
#define SIEM_STREAM_H

#include "event.h"
#include "input.h"
#include "output.h"
#include "refuse.h"

/*
 *	stream_init(&stream, operands, count, &out, rejects, &err);
 *	while (stream_next(&stream, &event))
 *		..                              // stream_refuse(&stream, why) if it cannot be used after all
 *	return stream_end(&stream);
 *
 * Lines that are no event are refused (refuse.h), blank ones passed over. Of members of one object that have
 * the same name only the last is left: no two readers shall see different things in a line. The output is flushed
 * when the input is idle; a program that must do more then sets stream.idle, which is called first, and again each
 * stream.in.again milliseconds if that is set.
 */
struct stream {
	struct input in;
	struct refuse refuse;
	struct output *out;   /* or NULL */
	struct slice line;    /* in hand, as it was read */
	struct buffer unique; /* the same without repeated names, where there were any */
	uint64_t events;      /* read so far, refused ones not counted */
	void (*idle)(void *data);
	void (*refused)(void *data);  /* or NULL: a line was no event; others may be waiting for what is to be done */
	void (*counters)(void *data); /* SIGUSR1; unset: events and refused lines are told */
	void (*reload)(void *data);   /* or NULL; SIGHUP */
	void *data;
};

/* False with *err filled where the file for rejected lines cannot be opened. */
bool stream_init(struct stream *stream, char **paths, int count, struct output *out, const char *rejects,
		 struct error *err);

/* The next event, borrowed until the next call; false at the end. */
bool stream_next(struct stream *stream, struct event *event);

/* The event in hand cannot be used: it is refused instead of counted. */
void stream_refuse(struct stream *stream, const char *why);

/* The same for one that was read earlier, of which only the line is left. */
void stream_refuse_line(struct stream *stream, struct slice line, const char *why);

/* Closes the input and tells what was refused; the output stays open. */
enum status stream_end(struct stream *stream);

#endif
