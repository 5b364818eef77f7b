/* Writing JSON text: strings of any bytes. */
/* SPDX-License-Identifier: MIT */
#include "json.h"

#include "scan.h"
#include "utf8.h"

enum {
	ESCAPED_MAX = 6, /* bytes that one byte becomes at most: \u001f */
};

size_t json_plain(struct slice bytes)
{
	return (size_t)(scan_plain(bytes.ptr, bytes.ptr + bytes.len) - bytes.ptr);
}

static char *put_hex4(char *to, unsigned code)
{
	static const char hex[] = "0123456789abcdef";

	memcpy(to, "\\u00", 4);
	to[4] = hex[code >> 4 & 15];
	to[5] = hex[code & 15];
	return to + 6;
}

/* Writes what stands for the ASCII character c, which is not plain. */
static char *put_escape(char *to, unsigned char c)
{
	static const char letters[0x80] = {
		['"'] = '"', ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'
	};

	if (letters[c] == '\0')
		return put_hex4(to, c);
	to[0] = '\\';
	to[1] = letters[c];
	return to + 2;
}

/* Writes what stands for the character at *p, which is not ASCII, and moves *p behind it. */
static char *put_odd(char *to, const char **p, const char *end)
{
	size_t length = utf8_length(*p, end);
	uint32_t code = length > 0 ? utf8_code(*p, length) : 0xfffd;

	*p += length > 0 ? length : 1;
	if (code < 0xa0)
		return put_hex4(to, code); /* C1: some terminals obey them */
	return to + utf8_put(to, code);
}

/* False where a byte is not ASCII. */
static inline bool add_escaped(struct buffer *to, struct slice bytes, bool slack)
{
	const char *p = bytes.ptr, *end = bytes.ptr + bytes.len;
	bool ascii = true;
	char *at;

	if (bytes.len == 0)
		return true;
	at = buffer_room(to, ESCAPED_MAX * bytes.len + SCAN_STEP);
	while (p < end) {
		const char *odd = slack ? scan_copy_slack(at, p, end) : scan_copy(at, p, end);
		at += odd - p;
		p = odd;
		if (p == end)
			break;
		if (*p == '"') { /* by far the most frequent */
			memcpy(at, "\\\"", 2);
			at += 2;
			p++;
		} else if ((unsigned char)*p < 0x80) {
			at = put_escape(at, (unsigned char)*p++);
		} else {
			ascii = false;
			at = put_odd(at, &p, end);
		}
	}
	to->len = (size_t)(at - to->ptr);
	return ascii;
}

void json_add_escaped(struct buffer *to, struct slice bytes)
{
	add_escaped(to, bytes, false);
}

bool json_add_escaped_slack(struct buffer *to, struct slice bytes)
{
	return add_escaped(to, bytes, true);
}

void json_add_string(struct buffer *to, struct slice bytes)
{
	buffer_add_char(to, '"');
	json_add_escaped(to, bytes);
	buffer_add_char(to, '"');
}

void json_add_base64(struct buffer *to, struct slice bytes)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *p = (const unsigned char *)bytes.ptr;
	char *at = buffer_room(to, (bytes.len + 2) / 3 * 4 + 2);

	*at++ = '"';
	for (size_t left = bytes.len; left > 0; p += 3, left -= left < 3 ? left : 3) {
		unsigned second = left > 1 ? p[1] : 0, third = left > 2 ? p[2] : 0;
		unsigned three = (unsigned)p[0] << 16 | second << 8 | third;
		*at++ = letters[three >> 18];
		*at++ = letters[three >> 12 & 63];
		*at++ = left > 1 ? letters[three >> 6 & 63] : '=';
		*at++ = left > 2 ? letters[three & 63] : '=';
	}
	*at++ = '"';
	to->len = (size_t)(at - to->ptr);
}

/* Is there an escape of these surrogates at p: 'd' and 8 to b (high) or c to f (low)? */
static bool is_surrogate(const char *p, const char *end, bool high)
{
	char second;

	if (end - p < 6 || p[0] != '\\' || p[1] != 'u' || (p[2] | 0x20) != 'd')
		return false;
	second = (char)(p[3] | 0x20);
	return high ? p[3] == '8' || p[3] == '9' || second == 'a' || second == 'b' : second >= 'c' && second <= 'f';
}

void json_add_value(struct buffer *to, struct slice value)
{
	char *p, *end;

	buffer_add(to, value);
	end = to->ptr + to->len;
	p = value.len > 0 ? memchr(end - value.len, '\\', value.len) : NULL;
	while (p != NULL) {
		bool high = is_surrogate(p, end, true);
		size_t length = 2;
		if (high && is_surrogate(p + 6, end, false)) {
			length = 12;
		} else if (high || is_surrogate(p, end, false)) {
			memcpy(p, "\\ufffd", 6);
			length = 6;
		}
		p += length;
		p = p < end ? memchr(p, '\\', (size_t)(end - p)) : NULL;
	}
}
