/* xferlog: files that FTP servers sent and received: wu-ftpd, ProFTPD, vsftpd, Pure-FTPd. */
/* SPDX-License-Identifier: MIT */
#include "moment.h"
#include "table.h"
#include "web.h"

#include "../notation.h"

static const char *const samples[] = {
	"Thu Sep  5 09:12:22 2024 1 192.0.2.7 1024 /home/anna/file.txt b _ o r anna ftp 0 * c",
	"Thu Sep  5 09:12:23 2024 3 2001:db8::7 70231 /pub/a file.iso b _ i a anna@example.com ftp 0 * i",
	NULL,
};

/* The word at the end of *text, which loses it and the blanks before. */
static struct slice last_word(struct slice *text)
{
	const char *blank = text->len > 0 ? memrchr(text->ptr, ' ', text->len) : NULL;
	struct slice word = blank != NULL ? slice_after(*text, (size_t)(blank + 1 - text->ptr)) : *text;

	*text = slice_trim(slice_first(*text, text->len - word.len));
	return word;
}

/* One letter, of those that may stand there? */
static bool is_letter(struct slice word, const char *letters)
{
	return word.len == 1 && word.ptr[0] != '\0' && strchr(letters, word.ptr[0]) != NULL;
}

static struct slice meaning(struct slice letter, const char *letters, const char *const *words)
{
	return slice_of(words[strchr(letters, letter.ptr[0]) - letters]);
}

/* From the end, for there may be blanks in a file's name: .. type flags direction mode user service method id status */
static bool read_tail(struct slice *text, struct parsed *out)
{
	static const char *const directions[] = { "download", "upload", "delete" };
	static const char *const modes[] = { "anonymous", "guest", "real" };
	static const char *const results[] = { "complete", "incomplete" };
	const struct slice status = last_word(text), id = last_word(text), method = last_word(text);
	const struct slice service = last_word(text), user = last_word(text), mode = last_word(text);
	const struct slice direction = last_word(text), flags = last_word(text), type = last_word(text);

	if (!is_letter(type, "ab"))
		return parsed_miss(out, type, "a or b, and eight words behind it");
	if (flags.len == 0 || !is_letter(direction, "oid"))
		return parsed_miss(out, direction, "a direction: o, i or d");
	if (!is_letter(mode, "agr"))
		return parsed_miss(out, mode, "how the user logged in: a, g or r");
	if (!is_letter(method, "01"))
		return parsed_miss(out, method, "a method: 0 or 1");
	if (!is_letter(status, "ci"))
		return parsed_miss(out, status, "c or i at the end");
	web_user(out, user);
	parsed_extend(out, "action", meaning(direction, "oid", directions));
	parsed_extend(out, "access_mode", meaning(mode, "agr", modes));
	parsed_extend(out, "result", meaning(status, "ci", results));
	web_text(out, SLICE("service"), service);
	if (!slice_is(id, "*"))
		web_text(out, SLICE("auth_user"), id);
	return true;
}

static bool read(struct format_context *context, struct slice line, struct parsed *out)
{
	struct datetime datetime = { 0 };
	struct slice rest = line, text, seconds, host, size;
	int64_t n;

	if (line.len < 40 || line.ptr[3] != ' ' || !notation_read(&rest, "a b D H:M:S Y", &datetime) || rest.len == 0 ||
	    rest.ptr[0] != ' ')
		return parsed_miss_stamp(out, line, "a b e H:M:S Y ", "a stamp such as Thu Sep  5 09:12:22 2024");
	text = rest = slice_trim(rest);
	seconds = web_word(&rest);
	host = web_word(&rest);
	size = web_word(&rest);
	if (!slice_number(seconds, 0, INT32_MAX, &n))
		return parsed_miss(out, seconds, "a number of seconds");
	if (!slice_number(size, 0, INT64_MAX, &n))
		return parsed_miss(out, size, "a number of bytes");
	if (!read_tail(&rest, out))
		return false;
	out->stamp = moment_stamp(context, &datetime);
	parsed_text(out, FIELD_SOURCE_HOST, host);
	web_number(out, SLICE("duration"), seconds);
	web_number(out, SLICE("byte_count"), size);
	web_text(out, SLICE("path"), rest);
	parsed_text(out, FIELD_MESSAGE, text);
	return out->has_stamp = true;
}

const struct format format_xferlog = {
	.name = "xferlog",
	.what = "files that FTP servers sent and received: ProFTPD, vsftpd, Pure-FTPd, wu-ftpd",
	.samples = samples,
	.sure = true,
	.read = read,
};
