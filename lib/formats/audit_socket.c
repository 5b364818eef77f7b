/* Socket addresses of audit records: which end of the event they are. */
/* SPDX-License-Identifier: MIT */
#include "audit_socket.h"

#include "../hex.h"

/* Numbers of a call: x86_64; the table that newer architectures share (asm-generic); i386 and s390x; powerpc; and as
 * the first argument of socketcall. -1: there is none. */
enum { X86_64, GENERIC, I386, POWERPC, SOCKETCALL, ABIS };

struct call {
	const char *name;
	enum audit_end end;
	short numbers[ABIS];
};

static const struct call calls[] = {
	{ "connect", AUDIT_END_DEST, { 42, 203, 362, 328, 3 } },
	{ "sendto", AUDIT_END_DEST, { 44, 206, 369, 335, 11 } },
	{ "sendmsg", AUDIT_END_DEST, { 46, 211, 370, 341, 16 } },
	{ "sendmmsg", AUDIT_END_DEST, { 307, 269, 345, 349, 20 } },
	{ "accept", AUDIT_END_SOURCE, { 43, 202, -1, 330, 5 } },
	{ "accept4", AUDIT_END_SOURCE, { 288, 242, 364, 344, 18 } },
	{ "recvfrom", AUDIT_END_SOURCE, { 45, 207, 371, 337, 12 } },
	{ "recvmsg", AUDIT_END_SOURCE, { 47, 212, 372, 342, 17 } },
	{ "recvmmsg", AUDIT_END_SOURCE, { 299, 243, 337, 343, 19 } },
};

/* AUDIT_ARCH_ of linux/audit.h; socketcall: its number there, or NULL. */
struct architecture {
	const char *digits;
	int abi;
	const char *socketcall;
};

static const struct architecture architectures[] = {
	{ "c000003e", X86_64, NULL },	{ "c00000b7", GENERIC, NULL },	{ "c00000f3", GENERIC, NULL },
	{ "c0000102", GENERIC, NULL },	{ "40000003", I386, "102" },	{ "80000016", I386, "102" },
	{ "c0000015", POWERPC, "102" }, { "80000015", POWERPC, "102" },
};

static enum audit_end end_of_number(int abi, int64_t number)
{
	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
		if (calls[i].numbers[abi] == number)
			return calls[i].end;
	return AUDIT_END_NONE;
}

/* Arguments are in hexadecimal digits. */
static enum audit_end end_of_socketcall(struct slice a0)
{
	int64_t number = 0;

	for (size_t i = 0; i < a0.len; i++) {
		const int digit = hex_digit(a0.ptr[i]);
		if (digit < 0 || number > INT16_MAX)
			return AUDIT_END_NONE;
		number = number << 4 | digit;
	}
	return end_of_number(SOCKETCALL, number);
}

static enum audit_end end_of_name(struct slice name)
{
	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
		if (slice_is(name, calls[i].name))
			return calls[i].end;
	return AUDIT_END_NONE;
}

enum audit_end audit_socket_end(struct slice name, struct slice arch, struct slice number, struct slice a0)
{
	int64_t call;

	if (slice_is(name, "socketcall"))
		return end_of_socketcall(a0);
	if (name.len > 0)
		return end_of_name(name);
	for (size_t i = 0; i < sizeof architectures / sizeof architectures[0]; i++) {
		const struct architecture *one = &architectures[i];
		if (!slice_is(arch, one->digits))
			continue;
		if (one->socketcall != NULL && slice_is(number, one->socketcall))
			return end_of_socketcall(a0);
		return slice_number(number, 0, INT16_MAX, &call) ? end_of_number(one->abi, call) : AUDIT_END_NONE;
	}
	return AUDIT_END_NONE;
}
