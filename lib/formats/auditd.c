/* auditd: records of Linux's audit system, as auditd writes them and as they come in syslog. */
/* SPDX-License-Identifier: MIT */
#include "audit.h"
#include "payload.h"
#include "table.h"

static const char *const samples[] = {
	"type=USER_LOGIN msg=audit(1373330716.415:4063): pid=11998 uid=0 auid=4294967295 ses=4294967295 msg='op=login "
	"acct=\"root\" exe=\"/usr/sbin/sshd\" hostname=? addr=192.0.2.1 terminal=ssh res=failed'",
	"node=web1 type=EXECVE msg=audit(1684329817.579:2995): argc=3 a0=\"perl\" a1=\"-e\" a2=7072696E74202231220A",
	"type=SOCKADDR msg=audit(1684329817.579:2996): saddr=02000016C00002010000000000000000",
	NULL,
};

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct audit audit;
	size_t blank;

	(void)context;
	if (slice_starts(line, SLICE("node="))) {
		blank = slice_find(line, ' ');
		parsed_text(out, FIELD_LOG_SOURCE, slice_after(slice_first(line, blank), sizeof "node=" - 1));
		line = slice_after(line, blank < line.len ? blank + 1 : blank);
	}
	if (!audit_split(line, &audit))
		return parsed_miss(out, audit.body, "type=NAME msg=audit(SECONDS:NUMBER): or a part of it");
	out->stamp = audit.stamp;
	out->has_stamp = true;
	parsed_text(out, FIELD_MESSAGE, audit.body);
	audit_mark(&audit, line, (struct slice){ 0 }, out);
	audit_read(&audit, 1, out);
	return true;
}

/* "SYSCALL arch=..", as journald hands records on: the type in capitals, then pairs. */
static bool split_bare(struct slice text, struct audit *audit)
{
	size_t n = 0;

	while (n < text.len && ((text.ptr[n] >= 'A' && text.ptr[n] <= 'Z') || text.ptr[n] == '_'))
		n++;
	if (n < 2 || n == text.len || text.ptr[n] != ' ' || slice_find(text, '=') == text.len)
		return false;
	*audit = (struct audit){ .type = slice_first(text, n), .body = slice_after(text, n + 1) };
	return true;
}

/* The kernel's clock "[ 12.345] ", its own "audit: ", and auditd's "node=web1 ", before a record. */
static struct slice skip_head(struct slice text, struct slice *node, struct parsed *out)
{
	size_t n;

	if (text.len > 0 && text.ptr[0] == '[' && (n = slice_find(text, ']')) < text.len)
		text = slice_trim(slice_after(text, n + 1));
	if (slice_starts(text, SLICE("audit: ")))
		text = slice_after(text, sizeof "audit: " - 1);
	if (slice_starts(text, SLICE("node=")) && (n = slice_find(text, ' ')) < text.len) {
		*node = slice_after(slice_first(text, n), sizeof "node=" - 1);
		parsed_extend_first(out, "node", *node);
		text = slice_after(text, n + 1);
	}
	return text;
}

void payload_audit(struct format_context *context, struct slice message, struct parsed *out)
{
	const bool kernel = slice_is(out->text[FIELD_SOURCE_PROCESS], "kernel");
	const char *end = message.ptr + message.len;
	struct slice node = { 0 };
	struct audit audit;

	(void)context;
	if (kernel && scan_text_slack(message.ptr, end, "audit(", sizeof "audit(" - 1) == end)
		return;
	message = skip_head(message, &node, out);
	if (audit_split(message, &audit)) {
		if (!out->has_stamp)
			out->stamp = audit.stamp;
		out->has_stamp = true;
		audit_mark(&audit, message, node, out);
	} else if (kernel || !split_bare(message, &audit)) {
		return;
	}
	audit_read(&audit, 1, out);
}

const struct format format_auditd = {
	.name = "auditd",
	.what = "records of Linux's audit system",
	.samples = samples,
	.sure = true,
	.read = read,
};
