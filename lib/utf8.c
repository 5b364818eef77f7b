/* UTF-8 to the letter of RFC 3629: no surrogates, no overlong forms, nothing above U+10FFFF. */
/* SPDX-License-Identifier: MIT */
#include "utf8.h"

#include "scan.h"

static bool continues(const char *p, size_t count)
{
	for (size_t i = 1; i <= count; i++)
		if (((unsigned char)p[i] & 0xc0) != 0x80)
			return false;
	return true;
}

size_t utf8_length(const char *p, const char *end)
{
	unsigned char first = (unsigned char)*p;
	size_t room = (size_t)(end - p);
	uint32_t code;

	if (first < 0x80)
		return 1;
	if (first >= 0xc2 && first <= 0xdf)
		return room >= 2 && continues(p, 1) ? 2 : 0;
	if (first >= 0xe0 && first <= 0xef) {
		if (room < 3 || !continues(p, 2))
			return 0;
		code = utf8_code(p, 3);
		return code >= 0x800 && (code < 0xd800 || code > 0xdfff) ? 3 : 0;
	}
	if (first >= 0xf0 && first <= 0xf4) {
		if (room < 4 || !continues(p, 3))
			return 0;
		code = utf8_code(p, 4);
		return code >= 0x10000 && code <= 0x10ffff ? 4 : 0;
	}
	return 0;
}

uint32_t utf8_code(const char *p, size_t length)
{
	static const unsigned char first_bits[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	uint32_t code = (unsigned char)p[0] & first_bits[length];

	for (size_t i = 1; i < length; i++)
		code = code << 6 | ((unsigned char)p[i] & 0x3f);
	return code;
}

size_t utf8_put(char *to, uint32_t code)
{
	if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		code = 0xfffd;
	if (code < 0x80) {
		to[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		to[0] = (char)(0xc0 | code >> 6);
		to[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		to[0] = (char)(0xe0 | code >> 12);
		to[1] = (char)(0x80 | (code >> 6 & 0x3f));
		to[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | code >> 18);
	to[1] = (char)(0x80 | (code >> 12 & 0x3f));
	to[2] = (char)(0x80 | (code >> 6 & 0x3f));
	to[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

bool utf8_valid(struct slice bytes)
{
	const char *p = bytes.ptr, *end;

	if (bytes.len == 0)
		return true;
	end = p + bytes.len;
	while ((p = scan_ascii(p, end)) < end) {
		size_t length = utf8_length(p, end);
		if (length == 0)
			return false;
		p += length;
	}
	return true;
}
