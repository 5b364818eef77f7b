/* s3access: who asked Amazon's S3 for what: its server access logs. */
/* SPDX-License-Identifier: MIT */
#include "clf.h"
#include "table.h"
#include "web.h"

enum {
	OWNER_MAX = 64, /* bytes of the bucket owner's id */
};

static const char *const samples[] = {
	"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be pictures [10/Jun/2024:12:00:00 +0000] "
	"192.0.2.7 arn:aws:iam::123456789012:user/anna 3E57427F3EXAMPLE REST.GET.OBJECT a/b.png "
	"\"GET /pictures/a/b.png?versionId=1 HTTP/1.1\" 200 - 113 113 7 5 \"-\" \"S3Console/0.4\" -",
	NULL,
};

/* A quoted text at the start of *line, or the word that is there instead. */
static struct slice take_text(struct slice *line)
{
	struct slice text;

	if (line->len == 0 || line->ptr[0] != '"')
		return web_word(line);
	web_quoted(line, &text);
	*line = slice_trim(*line);
	return text;
}

/* "GET /pictures/a/b.png?versionId=1 HTTP/1.1" 200 NoSuchKey 113 113 7 5 "referrer" "user agent" version .. */
static bool read_request(struct slice line, struct parsed *out)
{
	struct slice request, status;

	if (line.len == 0 || (line.ptr[0] != '"' && line.ptr[0] != '-'))
		return parsed_miss(out, line, "a quoted request, or -");
	request = take_text(&line);
	if (!web_unknown(request))
		web_request(out, request);
	status = web_word(&line);
	if (!web_unknown(status) && !web_is_number(status))
		return parsed_miss(out, status, "a status, or -");
	web_number(out, SLICE("status"), status);
	web_text(out, SLICE("error"), web_word(&line));
	web_number(out, SLICE("byte_count"), web_word(&line));
	web_number(out, SLICE("object_size"), web_word(&line));
	web_number(out, SLICE("duration"), web_word(&line));
	web_word(&line); /* S3's own part of that */
	web_text(out, SLICE("referrer"), take_text(&line));
	web_text(out, SLICE("user_agent"), take_text(&line));
	return true;
}

static bool is_operation(struct slice word)
{
	return slice_starts(word, SLICE("REST.")) || slice_starts(word, SLICE("WEBSITE.")) ||
	       slice_starts(word, SLICE("S3.")) || slice_starts(word, SLICE("SOAP.")) ||
	       slice_starts(word, SLICE("BATCH."));
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct slice owner = web_word(&line), bucket = web_word(&line), client, requester, id, operation;

	if (owner.len == 0 || owner.len > OWNER_MAX || line.len < 4 || line.ptr[0] != '[' || line.ptr[3] != '/')
		return parsed_miss(out, owner.len == OWNER_MAX ? line : owner, "owner, bucket, and [ with a stamp");
	line = slice_after(line, 1);
	if (!clf_stamp(context, &line, out))
		return false;
	if (!slice_starts(line, SLICE("] ")))
		return parsed_miss(out, line, "an offset and ] behind the stamp");
	line = slice_after(line, 2);
	client = web_word(&line);
	requester = web_word(&line);
	id = web_word(&line);
	operation = web_word(&line);
	if (!is_operation(operation))
		return parsed_miss(out, operation, "an operation such as REST.GET.OBJECT");
	if (!web_unknown(client))
		parsed_text(out, FIELD_SOURCE_HOST, client);
	web_user(out, requester);
	web_text(out, SLICE("bucket"), bucket);
	web_text(out, SLICE("bucket_owner"), owner);
	web_text(out, SLICE("request_id"), id);
	web_text(out, SLICE("action"), operation);
	web_text(out, SLICE("object"), web_word(&line));
	return read_request(line, out);
}

const struct format format_s3access = {
	.name = "s3access",
	.what = "server access logs of Amazon's S3",
	.samples = samples,
	.sure = true,
	.read = read,
};
