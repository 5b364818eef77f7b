/* cri: what Kubernetes keeps of containers: stamp, stream, F for a full line or P for a part of one, text. */
/* SPDX-License-Identifier: MIT */
#include "cri.h"
#include "syslog.h"
#include "table.h"

static const char *const samples[] = {
	"2024-06-10T12:00:00.123456789Z stdout F listening on 8080",
	"2024-06-10T14:00:00.123456789+02:00 stderr P a line that is too long to be written in one piece",
	NULL,
};

enum {
	STREAM_LEN = sizeof "stdout" - 1,
	HEAD_LEN = sizeof "stdout F" - 1,
};

bool cri_is(struct slice text)
{
	if (!slice_starts(text, SLICE("stdout ")) && !slice_starts(text, SLICE("stderr ")))
		return false;
	if (text.len < HEAD_LEN || (text.ptr[HEAD_LEN - 1] != 'F' && text.ptr[HEAD_LEN - 1] != 'P'))
		return false;
	return text.len == HEAD_LEN || text.ptr[HEAD_LEN] == ' ' ||
	       text.ptr[HEAD_LEN] == ':'; /* tags behind a colon may follow */
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	size_t tags;

	if (line.len < 11 || line.ptr[10] != 'T')
		return parsed_miss_common_stamp(out, line, "Y-m-dTH:M:S",
						"a stamp such as 2024-06-10T12:00:00.123456789Z");
	if (!syslog_iso_stamp(context, &line, out))
		return false;
	line = slice_after(line, line.len > 0);
	if (!cri_is(line))
		return parsed_miss(out, line, "stdout or stderr, and F or P");
	parsed_extend(out, "stream", slice_first(line, STREAM_LEN));
	line = slice_after(line, STREAM_LEN + 1);
	tags = slice_find(line, ' ');
	parsed_extend(out, "logtag", slice_first(line, tags));
	parsed_text(out, FIELD_MESSAGE, slice_after(line, tags < line.len ? tags + 1 : tags));
	return true;
}

const struct format format_cri = {
	.name = "cri",
	.what = "container logs of Kubernetes (CRI)",
	.samples = samples,
	.is_output = true,
	.read = read,
};
