/* json: a line that is one JSON object, of journald, Zeek, Suricata, clouds, containers and loggers of all kinds. */
/* SPDX-License-Identifier: MIT */
#include "object.h"
#include "table.h"

static const char *const samples[] = {
	"{\"timestamp\":\"2024-06-10T12:00:00.123Z\",\"level\":\"warn\",\"host\":\"web1\",\"app\":\"shop\",\"msg\":"
	"\"login failed\","
	"\"user\":\"anna\",\"client_ip\":\"192.0.2.1\"}",
	"{\"__REALTIME_TIMESTAMP\":\"1718020800123456\",\"_HOSTNAME\":\"web1\",\"SYSLOG_IDENTIFIER\":\"sshd\",\"_PID\":"
	"\"77\","
	"\"PRIORITY\":\"6\",\"SYSLOG_FACILITY\":\"4\",\"MESSAGE\":\"Connection closed by 192.0.2.1 port 4711\"}",
	"{\"ts\":1718020800.5,\"uid\":\"CHhAvVGS1DHFjwGM9\",\"id.orig_h\":\"192.0.2.1\",\"id.orig_p\":4711,\"id.resp_"
	"h\":\"192.0.2.7\","
	"\"id.resp_p\":22,\"proto\":\"tcp\"}",
	"{\"log\":\"listening on 8080\\n\",\"stream\":\"stdout\",\"time\":\"2024-06-10T12:00:00.123456789Z\"}",
	NULL,
};

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	const struct slice cookie = SLICE("@cee:");
	struct slice object;

	if (slice_starts(line, cookie))
		line = slice_trim(slice_after(line, cookie.len));
	if (!object_check(line, &out->work[WORK_UNIQUE], &object))
		return object_miss(line, out);
	object_read(context, object, out);
	return true;
}

const struct format format_json = {
	.name = "json",
	.what = "JSON lines: journald, Zeek, Suricata, Docker, cloud audits, ECS, loggers",
	.samples = samples,
	.sure = true,
	.is_output = true,
	.read = read,
};
