/* nostamp: lines of syslog that lost their stamp, known by the pid or the priority that is left. */
/* SPDX-License-Identifier: MIT */
#include "moment.h"
#include "payload.h"
#include "priority.h"
#include "syslog.h"
#include "table.h"
#include "tag.h"

static const char *const samples[] = {
	"web1 sshd[77]: Failed password for root from 192.0.2.1 port 4711 ssh2",
	"sshd[77]: Failed password for root from 192.0.2.1 port 4711 ssh2",
	"<38>su: pam_unix(su:session): session opened for user root by anna(uid=1000)",
	NULL,
};

static bool is_word(struct slice text, const char *more)
{
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.ptr[i];
		if ((unsigned char)((c | 0x20) - 'a') >= 26 && (unsigned char)(c - '0') >= 10 &&
		    (c == '\0' || strchr(more, c) == NULL))
			return false;
	}
	return text.len > 0;
}

/* "sshd[77]: ", nothing looser: a stamp does not vouch for it. */
static bool is_program(struct slice text)
{
	struct tag tag;
	int64_t pid;
	const char *behind;

	if (!tag_split(text, &tag) || !is_word(tag.name, "._-/()@+") || !slice_number(tag.pid, 0, INT32_MAX, &pid))
		return false;
	behind = tag.pid.ptr + tag.pid.len + 1; /* the bracket */
	return behind < text.ptr + text.len && *behind == ':';
}

/* "su: " behind a priority, which nothing but syslog has. */
static bool is_name(struct slice text)
{
	struct tag tag;

	return tag_split(text, &tag) && is_word(tag.name, "._-/()@+");
}

/* A message may start with a stamp of the program's own: then that is the time. */
static void read_own_stamp(struct format_context *context, struct parsed *out)
{
	if (parsed_has(out, FIELD_MESSAGE) && !out->has_stamp)
		(void)moment_read(context, out->text[FIELD_MESSAGE], out);
}

/* RouterOS's topics behind a priority; a packet of the kernel's firewall behind anything, as dmesg shows it. */
static bool read_bare(struct format_context *context, struct slice line, struct parsed *out)
{
	const size_t before = out->extended.len;

	parsed_text(out, FIELD_MESSAGE, line);
	if (out->facility >= 0)
		payload_routeros(context, line, out);
	if (out->extended.len == before)
		payload_firewall(context, line, out);
	if (out->extended.len > before)
		return true;
	out->texts = 0;
	return false;
}

/* Is there a bracket in the second word? Else there is nothing that speaks for this format. */
static bool has_pid(struct slice line, size_t blank)
{
	const struct slice second = slice_after(line, blank < line.len ? blank + 1 : blank);

	return slice_find(second, '[') < slice_find(second, ' ');
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice host;
	size_t blank;

	priority_read(&line, out);
	blank = slice_find(line, ' ');
	host = slice_first(line, blank);
	if (read_bare(context, line, out))
		return true;
	if (is_program(line) || (out->facility >= 0 && is_name(line))) {
		syslog_text(context, line, out);
	} else if (is_word(host, "._:-") && blank < line.len && is_program(slice_after(line, blank + 1))) {
		parsed_text(out, FIELD_LOG_SOURCE, host);
		syslog_text(context, slice_after(line, blank + 1), out);
	} else {
		return out->miss != NULL &&
		       parsed_miss(out, has_pid(line, blank) ? slice_after(line, blank + 1) : line, "program[pid]:");
	}
	read_own_stamp(context, out);
	return true;
}

const struct format format_nostamp = {
	.name = "nostamp",
	.what = "syslog without a stamp: [machine] program[pid]: message",
	.samples = samples,
	.read = read,
};
