/* Records of Linux's audit system: their head, and which of them belong together. */
/* SPDX-License-Identifier: MIT */
#include "audit.h"

#include "../epoch.h"
#include "audit_type.h"

enum {
	NAME_MAX_BYTES = 64, /* of a type or a stamp; what is longer is none */
};

/* "1364481363.243:24287)" behind "audit(", moved behind. */
static bool take_stamp(struct slice *text, struct audit *audit)
{
	const struct slice head = slice_first(*text, text->len < NAME_MAX_BYTES ? text->len : NAME_MAX_BYTES);
	size_t close = slice_find(head, ')'), colon = slice_find(head, ':');

	if (close == head.len || colon > close || !epoch_read(slice_first(head, colon), &audit->stamp))
		return false;
	audit->event = slice_first(head, close);
	audit->serial = slice_after(slice_first(head, close), colon + 1);
	*text = slice_after(*text, close + 1);
	return true;
}

static bool take(struct slice *text, struct slice start)
{
	if (!slice_starts(*text, start))
		return false;
	*text = slice_after(*text, start.len);
	return true;
}

/* "type=SYSCALL msg=", "type=1400 ", moved behind. */
static bool take_type(struct slice *text, struct audit *audit)
{
	if (!take(text, SLICE("type=")))
		return true;
	const size_t n = slice_find(slice_first(*text, text->len < NAME_MAX_BYTES ? text->len : NAME_MAX_BYTES), ' ');
	if (n == text->len || text->ptr[n] != ' ')
		return false;
	audit->type = audit_type_name(slice_first(*text, n));
	*text = slice_after(*text, n + 1);
	(void)take(text, SLICE("msg="));
	return true;
}

bool audit_split(struct slice text, struct audit *audit)
{
	bool found;

	*audit = (struct audit){ 0 };
	found = take_type(&text, audit) && take(&text, SLICE("audit(")) && take_stamp(&text, audit);
	if (found)
		(void)(take(&text, SLICE(":")) || take(&text, SLICE(" :")));
	audit->body = found ? slice_trim(text) : text;
	return found;
}

void audit_mark(const struct audit *audit, struct slice text, struct slice node, struct parsed *out)
{
	const enum audit_part kind = audit_type_part(audit->type);
	struct buffer *extended = &out->work[WORK_PART];

	if (audit->serial.len == 0 || kind == AUDIT_ALONE)
		return;
	extended->len = 0;
	buffer_add(extended, buffer_slice(&out->extended));
	out->part = (struct part){
		.text = text,
		.event = audit->event,
		.node = node,
		.kind = kind,
		.texts = out->texts,
		.source_pid = out->source_pid,
	};
}
