/* What logging libraries write between the stamp and the message: level, thread, pid, component. */
/* SPDX-License-Identifier: MIT */
#ifndef SIEM_FORMAT_HEAD_H
#define SIEM_FORMAT_HEAD_H

#include "format.h"

enum {
	HEAD_NAME_MAX = 128,	/* bytes of a component's name */
	HEAD_BRACKET_MAX = 512, /* bytes in brackets */
};

/* A head that is being read. */
struct head {
	struct slice rest; /* what has not been read */
	struct parsed *out;
	bool level, component, thread, file;
	bool bracket; /* the cell before stood in brackets, the component among them */
	bool coded;   /* there was MySQL's code of an event: then comes the component */
	bool done;    /* what follows is the message */
};

/* Reads cells from the start of head->rest, until the message starts or there are no more. */
void head_read(struct head *head);

/* One cell in square brackets at the start of head->rest; false where it is a part of the message. */
bool head_bracket(struct head *head);

/* The parts, for those who know where they stand; empty names are not set. */
void head_level(struct head *head, struct slice name, int severity);
void head_component(struct head *head, struct slice name);
void head_thread(struct head *head, struct slice name);
/* A number: the pid, or, where that is known or thread is set, the thread's. */
void head_number(struct head *head, struct slice digits, bool thread);
/* "file.go:12" or "file.go:12:function"; false where it is none. */
bool head_file(struct head *head, struct slice text);

/* Is it a name of a module, class or file: starts with a letter, has no blanks in it? */
bool head_is_name(struct slice word);
bool head_is_number(struct slice word);
/* Names with points or "::" between parts that are no numbers. */
bool head_is_path(struct slice word);

/* Does a level stand here, alone, before a colon, or in brackets? */
bool head_level_ahead(struct slice text);

/* A component, program or file at the start of head->rest; false where the message starts. */
bool head_name(struct head *head);

/* "- ", ": ", "|" at the start of a text: what ends a cell in the layouts of libraries. */
bool head_separator(struct slice text);

/* Length of the word at the start of a text, at most HEAD_NAME_MAX. */
size_t head_word(struct slice text);
size_t head_count_blanks(struct slice text);

/* Moves *text behind the blanks and tabs at its start. */
void head_blanks(struct slice *text);

#endif
