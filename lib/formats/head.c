/* What logging libraries write between the stamp and the message: level, thread, pid, component. */
/* SPDX-License-Identifier: MIT */
#include "head.h"

#include "level.h"
#include "tag.h"

enum {
	CELLS_MAX = 12, /* in one head */
	NUMBER_DIGITS_MAX = 20,
	LEVEL_MAX = 12, /* bytes */
	COLUMN_GAP = 2, /* blanks that show that the layout has columns */
};

size_t head_count_blanks(struct slice text)
{
	size_t n = 0;

	while (n < text.len && (text.ptr[n] == ' ' || text.ptr[n] == '\t'))
		n++;
	return n;
}

void head_blanks(struct slice *text)
{
	*text = slice_after(*text, head_count_blanks(*text));
}

static bool is_blank(struct slice text, size_t at)
{
	return at >= text.len || text.ptr[at] == ' ' || text.ptr[at] == '\t';
}

size_t head_word(struct slice text)
{
	const size_t max = text.len < HEAD_NAME_MAX ? text.len : HEAD_NAME_MAX;
	size_t n = 0;

	while (n < max && !is_blank(text, n))
		n++;
	return n;
}

static size_t letters_length(struct slice text)
{
	const size_t max = text.len < LEVEL_MAX ? text.len : LEVEL_MAX;
	size_t n = 0;

	for (; n < max; n++) {
		const char c = text.ptr[n];
		if (((c | 0x20) < 'a' || (c | 0x20) > 'z') && (c < '0' || c > '9'))
			break;
	}
	return n;
}

/* "- ", ": ", "| " and what ends a cell in the layouts of libraries. */
bool head_separator(struct slice text)
{
	return text.len > 0 &&
	       (text.ptr[0] == '|' || ((text.ptr[0] == '-' || text.ptr[0] == ':') && is_blank(text, 1)));
}

/* Does what stands behind a level's name show that it is one? In capitals it needs no more than a blank. */
static bool is_level_end(struct slice name, struct slice behind)
{
	size_t blanks = head_count_blanks(behind);
	struct tag tag;

	if (behind.len > 0 && (behind.ptr[0] == ':' || behind.ptr[0] == '|' || behind.ptr[0] == ','))
		return true;
	if (blanks == 0 && behind.len > 0)
		return behind.ptr[0] == '[' || (behind.ptr[0] == '/' && level_stands_alone(name));
	if (level_stands_alone(name) || blanks >= COLUMN_GAP || (blanks > 0 && behind.ptr[0] == '\t'))
		return true;
	behind = slice_after(behind, blanks);
	if (head_separator(behind) || (behind.len > 0 && (behind.ptr[0] == '[' || behind.ptr[0] == '(')))
		return true;
	return behind.len > 0 && tag_split(behind, &tag) && head_is_number(tag.pid);
}

bool head_level_ahead(struct slice text)
{
	size_t n;

	if (text.len > 0 && text.ptr[0] == '[') {
		text = slice_after(text, 1);
		n = letters_length(text);
		head_blanks(&text);
		return n > 0 && level_severity(slice_first(text, n)) != LEVEL_NONE;
	}
	n = letters_length(text);
	return level_severity(slice_first(text, n)) != LEVEL_NONE &&
	       is_level_end(slice_first(text, n), slice_after(text, n));
}

void head_level(struct head *head, struct slice name, int severity)
{
	if (head->level || name.len == 0)
		return;
	level_set(name, severity, head->out);
	head->level = true;
}

void head_component(struct head *head, struct slice name)
{
	if (head->component || name.len == 0)
		return;
	parsed_extend_first(head->out, "component", name);
	head->component = true;
}

void head_thread(struct head *head, struct slice name)
{
	if (head->thread || name.len == 0)
		return;
	parsed_extend_first(head->out, "thread", name);
	head->thread = true;
}

void head_number(struct head *head, struct slice digits, bool thread)
{
	if (!thread && head->out->source_pid < 0)
		tag_pid(digits, head->out);
	else if (!head->thread)
		parsed_extend_first(head->out, "tid", digits);
	head->thread |= thread;
}

bool head_is_number(struct slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] < '0' || word.ptr[i] > '9')
			return false;
	return word.len > 0 && word.len <= NUMBER_DIGITS_MAX;
}

bool head_is_name(struct slice word)
{
	const char first = word.len > 0 ? word.ptr[0] : ' ';

	if (((first | 0x20) < 'a' || (first | 0x20) > 'z') && first != '_' && first != '$')
		return false;
	for (size_t i = 1; i < word.len; i++) {
		const char c = word.ptr[i];
		if (c <= ' ' || c == '=' || c == '"' || c == '\'' || c == ',' || c == ';' || c == '[' || c == ']' ||
		    c == '|')
			return false;
	}
	return word.len <= HEAD_NAME_MAX;
}

bool head_is_path(struct slice word)
{
	const size_t point = slice_find(word, '.'), colon = slice_find(word, ':');

	if (!head_is_name(word))
		return false;
	if (point > 0 && point + 1 < word.len && word.ptr[point + 1] > '9')
		return true;
	return colon + 2 < word.len && word.ptr[colon + 1] == ':';
}

/* Does the name end as those of programs' sources do? "example.com:443" is none. */
static bool is_source(struct slice name)
{
	static const char *const ends[] = { "c",  "cc",	 "cpp",	 "c++", "cxx", "h",  "hpp",  "go",
					    "rs", "py",	 "java", "kt",	"js",  "ts", "rb",   "php",
					    "cs", "lua", "pl",	 "ex",	"erl", "m",  "scala" };
	size_t n = name.len;

	while (n > 0 && name.ptr[n - 1] != '.')
		n--;
	for (size_t i = 0; n > 1 && i < sizeof ends / sizeof ends[0]; i++)
		if (slice_is(slice_after(name, n), ends[i]))
			return true;
	return false;
}

bool head_file(struct head *head, struct slice text)
{
	size_t colon = slice_find(text, ':'), digits = 0;
	struct slice name = slice_first(text, colon), line;

	if (head->file || colon == text.len || slice_find(name, ' ') < name.len || !is_source(name))
		return false;
	line = slice_after(text, colon + 1);
	while (digits < line.len && line.ptr[digits] >= '0' && line.ptr[digits] <= '9')
		digits++;
	if (digits == 0 || digits > 7 || (digits < line.len && line.ptr[digits] != ':'))
		return false;
	parsed_extend_first(head->out, "file", name);
	parsed_extend_first(head->out, "line", slice_first(line, digits));
	head->file = true;
	return true;
}

/* The message starts behind the colon, but for "ERROR:name:message" of Python. */
static void end_level(struct head *head)
{
	const size_t n = slice_find(slice_first(head->rest, head_word(head->rest)), ':');

	head->done = true;
	if (n + 1 >= head->rest.len || !head_is_name(slice_first(head->rest, n)) || head->rest.ptr[n] != ':' ||
	    head->rest.ptr[n + 1] == ' ' || head->rest.ptr[n + 1] == ':' || head->rest.ptr[n + 1] == '/')
		return;
	head_component(head, slice_first(head->rest, n));
	head->rest = slice_after(head->rest, n + 1);
}

/* "INFO", "Warn:", "ERROR|", "INFO/MainProcess": a level, and the colon behind it ends the head. */
static bool take_level(struct head *head)
{
	const size_t n = letters_length(head->rest);
	const struct slice name = slice_first(head->rest, n), behind = slice_after(head->rest, n);
	const int severity = level_severity(name);

	if (head->level || severity == LEVEL_NONE || !is_level_end(name, behind))
		return false;
	head_level(head, name, severity);
	head->rest = behind;
	if (slice_starts(behind, SLICE("::")))
		return true;
	if (behind.len > 0 && (behind.ptr[0] == ':' || behind.ptr[0] == '/'))
		head->rest = slice_after(behind, 1);
	if (behind.len > 0 && behind.ptr[0] == ':')
		end_level(head);
	return true;
}

/* A number before a level: HDFS, OpenStack, MySQL; behind one and before "---": Spring. */
static bool take_number(struct head *head)
{
	const size_t n = head_word(head->rest);
	const struct slice number = slice_first(head->rest, n);
	struct slice behind = slice_after(head->rest, n);

	if (!head_is_number(number))
		return false;
	head_blanks(&behind);
	if (!slice_starts(behind, SLICE("--- ")) && (head->level || !head_level_ahead(behind)))
		return false;
	head_number(head, number, behind.ptr[0] == '[');
	head->rest = behind;
	return true;
}

/* "(Server.java:12)", and "(executor-thread-3121)" behind a component, as JBoss writes the thread. */
static bool take_parenthesis(struct head *head)
{
	const size_t max = head->rest.len < HEAD_NAME_MAX ? head->rest.len : HEAD_NAME_MAX;
	const size_t n = slice_find(slice_first(head->rest, max), ')');

	if (head->rest.ptr[0] != '(' || n == max || !head->level)
		return false;
	if (!head_file(head, slice_after(slice_first(head->rest, n), 1))) {
		if (!head->component || head->thread)
			return false;
		head_thread(head, slice_after(slice_first(head->rest, n), 1));
	}
	head->rest = slice_after(head->rest, n + 1);
	head->done = true;
	return true;
}

/* "{taskinstance.py:1150}", as Airflow writes the place. */
static bool take_braces(struct head *head)
{
	const size_t max = head->rest.len < HEAD_NAME_MAX ? head->rest.len : HEAD_NAME_MAX;
	const size_t n = slice_find(slice_first(head->rest, max), '}');

	if (head->rest.ptr[0] != '{' || n == max || !head_file(head, slice_after(slice_first(head->rest, n), 1)))
		return false;
	head->rest = slice_after(head->rest, n + 1);
	return true;
}

/* What stands between cells; true where there was more than blanks. */
static bool skip_separators(struct head *head)
{
	bool found = false;

	head_blanks(&head->rest);
	if (head->rest.len > 0 && head->rest.ptr[0] == ':' && head_level_ahead(slice_after(head->rest, 1)))
		head->rest = slice_after(head->rest, 1);
	while (head_separator(head->rest) || slice_starts(head->rest, SLICE("::")) ||
	       slice_starts(head->rest, SLICE("--- ")) || slice_starts(head->rest, SLICE("-- ")) ||
	       (head->rest.len > 0 && head->rest.ptr[0] == ',')) {
		while (head->rest.len > 0 && (head->rest.ptr[0] == '-' || head->rest.ptr[0] == ':'))
			head->rest = slice_after(head->rest, 1);
		if (head->rest.len > 0 && (head->rest.ptr[0] == '|' || head->rest.ptr[0] == ','))
			head->rest = slice_after(head->rest, 1);
		head_blanks(&head->rest);
		found = true;
	}
	return found;
}

/* "PHP Warning:  ", "PHP Fatal error:  ": the component has no sign behind it. */
static void skip_php(struct head *head)
{
	struct slice rest = head->rest;
	size_t n;

	if (head->level || !slice_starts(rest, SLICE("PHP ")))
		return;
	rest = slice_after(rest, 4);
	n = slice_find(slice_first(rest, rest.len < 20 ? rest.len : 20), ':');
	if (n + 1 >= rest.len || rest.ptr[n] != ':')
		return;
	if (n > 6 && slice_equal(slice_after(slice_first(rest, n), n - 6), SLICE(" error")))
		head_level(head, slice_first(rest, n), slice_starts(rest, SLICE("Fatal")) ? 2 : 3);
	else if (level_severity(slice_first(rest, n)) != LEVEL_NONE)
		head_level(head, slice_first(rest, n), level_severity(slice_first(rest, n)));
	else
		return;
	head_component(head, slice_first(head->rest, 3));
	head->rest = slice_after(rest, n + 1);
	head->done = true;
}

static bool take_cell(struct head *head)
{
	if (head->rest.len == 0)
		return false;
	if (head->rest.ptr[0] == '[')
		return head_bracket(head);
	head->bracket = false;
	return take_level(head) || take_number(head) || take_parenthesis(head) || take_braces(head) || head_name(head);
}

void head_read(struct head *head)
{
	for (int cells = 0; cells < CELLS_MAX && !head->done; cells++) {
		bool separated = skip_separators(head);
		skip_php(head);
		if (separated && head->level && head->component)
			break;
		if (!take_cell(head))
			break;
	}
	if (head->done)
		skip_separators(head);
	head_blanks(&head->rest);
}
