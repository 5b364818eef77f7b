/* Types of audit records: their names, and which of them are parts of one event. */
/* SPDX-License-Identifier: MIT */
#include "audit_type.h"

#include <stdint.h>

/* linux/audit.h: the kernel writes numbers where no auditd names them. */
struct type {
	int number;
	struct slice name;
};

#define TYPE(number, name)                                                                                             \
	{                                                                                                              \
		number,                                                                                                \
		{                                                                                                      \
			name, sizeof(name) - 1                                                                         \
		}                                                                                                      \
	}

static const struct type types[] = {
	TYPE(1006, "LOGIN"),
	TYPE(1100, "USER_AUTH"),
	TYPE(1101, "USER_ACCT"),
	TYPE(1102, "USER_MGMT"),
	TYPE(1103, "CRED_ACQ"),
	TYPE(1104, "CRED_DISP"),
	TYPE(1105, "USER_START"),
	TYPE(1106, "USER_END"),
	TYPE(1107, "USER_AVC"),
	TYPE(1108, "USER_CHAUTHTOK"),
	TYPE(1109, "USER_ERR"),
	TYPE(1110, "CRED_REFR"),
	TYPE(1112, "USER_LOGIN"),
	TYPE(1113, "USER_LOGOUT"),
	TYPE(1114, "ADD_USER"),
	TYPE(1115, "DEL_USER"),
	TYPE(1116, "ADD_GROUP"),
	TYPE(1117, "DEL_GROUP"),
	TYPE(1123, "USER_CMD"),
	TYPE(1130, "SERVICE_START"),
	TYPE(1131, "SERVICE_STOP"),
	TYPE(1300, "SYSCALL"),
	TYPE(1302, "PATH"),
	TYPE(1303, "IPC"),
	TYPE(1304, "SOCKETCALL"),
	TYPE(1305, "CONFIG_CHANGE"),
	TYPE(1306, "SOCKADDR"),
	TYPE(1307, "CWD"),
	TYPE(1309, "EXECVE"),
	TYPE(1311, "IPC_SET_PERM"),
	TYPE(1312, "MQ_OPEN"),
	TYPE(1313, "MQ_SENDRECV"),
	TYPE(1314, "MQ_NOTIFY"),
	TYPE(1315, "MQ_GETSETATTR"),
	TYPE(1316, "KERNEL_OTHER"),
	TYPE(1317, "FD_PAIR"),
	TYPE(1318, "OBJ_PID"),
	TYPE(1319, "TTY"),
	TYPE(1320, "EOE"),
	TYPE(1321, "BPRM_FCAPS"),
	TYPE(1322, "CAPSET"),
	TYPE(1323, "MMAP"),
	TYPE(1324, "NETFILTER_PKT"),
	TYPE(1325, "NETFILTER_CFG"),
	TYPE(1326, "SECCOMP"),
	TYPE(1327, "PROCTITLE"),
	TYPE(1328, "FEATURE_CHANGE"),
	TYPE(1329, "REPLACE"),
	TYPE(1330, "KERN_MODULE"),
	TYPE(1331, "FANOTIFY"),
	TYPE(1332, "TIME_INJOFFSET"),
	TYPE(1333, "TIME_ADJNTPVAL"),
	TYPE(1334, "BPF"),
	TYPE(1335, "EVENT_LISTENER"),
	TYPE(1336, "URINGOP"),
	TYPE(1337, "OPENAT2"),
	TYPE(1338, "DM_CTRL"),
	TYPE(1339, "DM_EVENT"),
	TYPE(1400, "AVC"),
	TYPE(1401, "SELINUX_ERR"),
	TYPE(1402, "AVC_PATH"),
	TYPE(1403, "MAC_POLICY_LOAD"),
	TYPE(1404, "MAC_STATUS"),
	TYPE(1405, "MAC_CONFIG_CHANGE"),
	TYPE(1500, "APPARMOR"),
	TYPE(1501, "APPARMOR_AUDIT"),
	TYPE(1502, "APPARMOR_ALLOWED"),
	TYPE(1503, "APPARMOR_DENIED"),
	TYPE(1504, "APPARMOR_HINT"),
	TYPE(1505, "APPARMOR_STATUS"),
	TYPE(1506, "APPARMOR_ERROR"),
	TYPE(1700, "ANOM_PROMISCUOUS"),
	TYPE(1701, "ANOM_ABEND"),
	TYPE(1702, "ANOM_LINK"),
	TYPE(1703, "ANOM_CREAT"),
	TYPE(1800, "INTEGRITY_DATA"),
	TYPE(1801, "INTEGRITY_METADATA"),
	TYPE(1802, "INTEGRITY_STATUS"),
	TYPE(1803, "INTEGRITY_HASH"),
	TYPE(1804, "INTEGRITY_PCR"),
	TYPE(1805, "INTEGRITY_RULE"),
	TYPE(1806, "INTEGRITY_EVM_XATTR"),
	TYPE(1807, "INTEGRITY_POLICY_RULE"),
};

/* Numbers whose records are parts: those of the kernel, but for its own words and for labels of networks. */
enum {
	LOGIN = 1006, /* the kernel's, with the write to loginuid that made it */
	SYSCALL = 1300,
	EOE = 1320,
	PROCTITLE = 1327,
	PARTS_START = 1300,
	LABELS_START = 1406,
	LABELS_END = 1420,
	PARTS_END = 2000,
};

struct slice audit_type_name(struct slice type)
{
	int64_t number;

	if (!slice_number(type, 0, INT16_MAX, &number))
		return type;
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (types[i].number == number)
			return types[i].name;
	return type;
}

/* 0: it is none that is known. */
static int number_of(struct slice type)
{
	const struct slice unknown = SLICE("UNKNOWN[");
	int64_t number;

	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (slice_equal(type, types[i].name))
			return types[i].number;
	if (slice_starts(type, unknown) && type.ptr[type.len - 1] == ']')
		type = slice_first(slice_after(type, unknown.len), type.len - unknown.len - 1);
	return slice_number(type, 0, INT16_MAX, &number) ? (int)number : 0;
}

enum audit_part audit_type_part(struct slice type)
{
	const int number = number_of(type);

	if (number == EOE || number == PROCTITLE)
		return AUDIT_LAST;
	if (number == SYSCALL)
		return AUDIT_FIRST;
	if (number == LOGIN)
		return AUDIT_PART;
	return number >= PARTS_START && number < PARTS_END && (number < LABELS_START || number >= LABELS_END)
		   ? AUDIT_PART
		   : AUDIT_ALONE;
}
