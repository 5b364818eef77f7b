/* Socket addresses as the kernel has them in memory, written in hexadecimal digits. */
/* SPDX-License-Identifier: MIT */
#include "sockaddr.h"

#include "../hex.h"

#include <arpa/inet.h>

/* Linux's numbers, whatever machine reads the log. */
enum { LINUX_UNIX = 1, LINUX_INET = 2, LINUX_INET6 = 10, LINUX_NETLINK = 16, LINUX_PACKET = 17 };

/* Where things lie, in bytes. */
enum { FAMILY = 0, PORT = 2, PATH = 2, INET = 4, INET_END = 8, INET6 = 8, INET6_END = 24 };

/* Bytes, as many as there is room for; 0 where a digit is none. */
static size_t read_bytes(struct slice digits, unsigned char *to, size_t room)
{
	size_t n = digits.len / 2 < room ? digits.len / 2 : room;

	for (size_t i = 0; i < n; i++) {
		int high = hex_digit(digits.ptr[2 * i]), low = hex_digit(digits.ptr[2 * i + 1]);
		if (high < 0 || low < 0)
			return 0;
		to[i] = (unsigned char)(high << 4 | low);
	}
	return n;
}

/* A socket's path; an abstract one starts with a NUL, shown as "@". */
static void read_path(const unsigned char *bytes, size_t len, struct sockaddr_text *out)
{
	size_t n = 0;

	if (n < len && bytes[0] == '\0' && len > 1 && bytes[1] != '\0')
		out->address[n++] = '@';
	while (n < len && n < SOCKADDR_TEXT_MAX - 1 && bytes[n] != '\0') {
		out->address[n] = (char)bytes[n];
		n++;
	}
	out->address_len = n;
}

static void read_internet(int family, const unsigned char *bytes, size_t at, struct sockaddr_text *out)
{
	out->port = bytes[PORT] << 8 | bytes[PORT + 1];
	if (inet_ntop(family, bytes + at, out->address, SOCKADDR_TEXT_MAX) != NULL)
		out->address_len = strnlen(out->address, SOCKADDR_TEXT_MAX);
}

bool sockaddr_read(struct slice digits, struct sockaddr_text *out)
{
	unsigned char bytes[SOCKADDR_TEXT_MAX];
	const size_t len = read_bytes(digits, bytes, sizeof bytes);

	*out = (struct sockaddr_text){ .port = -1 };
	if (len < PORT)
		return false;
	/* Of the machine's own byte order; no family is above 255. */
	switch (bytes[FAMILY] | bytes[FAMILY + 1]) {
	case LINUX_UNIX:
		out->family = "unix";
		read_path(bytes + PATH, len - PATH, out);
		return true;
	case LINUX_INET:
		out->family = "ipv4";
		if (len >= INET_END)
			read_internet(AF_INET, bytes, INET, out);
		return len >= INET_END;
	case LINUX_INET6:
		out->family = "ipv6";
		if (len >= INET6_END)
			read_internet(AF_INET6, bytes, INET6, out);
		return len >= INET6_END;
	case LINUX_NETLINK:
		out->family = "netlink";
		return true;
	case LINUX_PACKET:
		out->family = "packet";
		return true;
	}
	return false;
}
