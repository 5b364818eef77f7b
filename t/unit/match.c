/* Criteria against events, each word with what it takes and what it just misses. */
/* SPDX-License-Identifier: MIT */
#include "../../lib/match.h"
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

static const struct sample {
	const char *criteria, *event;
	bool matches;
} samples[] = {
	/* an object is AND, an array is OR */
	{ "{}", "{\"a\":1}", true },
	{ "{\"user\":\"root\",\"source_process\":\"sshd\"}", "{\"source_process\":\"sshd\",\"user\":\"root\"}", true },
	{ "{\"user\":\"root\",\"source_process\":\"sshd\"}", "{\"source_process\":\"sshd\",\"user\":\"toor\"}", false },
	{ "{\"user\":\"root\",\"source_process\":\"sshd\"}", "{\"user\":\"root\"}", false },
	{ "[{\"user\":\"root\"},{\"user\":\"toor\"}]", "{\"user\":\"toor\"}", true },
	{ "[{\"user\":\"root\"},{\"user\":\"toor\"}]", "{\"user\":\"roor\"}", false },
	{ "[{\"user\":\"a\",\"x\":\"1\"},[{\"user\":\"b\"},{\"user\":\"c\"}]]", "{\"user\":\"c\"}", true },
	{ "[{\"user\":\"a\",\"x\":\"1\"},[{\"user\":\"b\"},{\"user\":\"c\"}]]", "{\"user\":\"a\"}", false },
	{ "{\"not\":{\"user\":\"root\"}}", "{\"user\":\"admin\"}", true },
	{ "{\"not\":{\"user\":\"root\"}}", "{\"message\":\"no user\"}", true },
	{ "{\"not\":{\"user\":\"root\"}}", "{\"user\":\"ROOT\"}", false },
	{ "{\"not\":[{\"user\":\"a\"},{\"user\":\"b\"}],\"user\":\"c\"}", "{\"user\":\"c\"}", true },
	{ "{\"not\":{\"not\":{\"user\":\"a\"}}}", "{\"user\":\"a\"}", true },

	/* equality */
	{ "{\"user\":\"Root\"}", "{\"user\":\"rOOT\"}", true },
	{ "{\"user\":\"root\"}", "{\"user\":\"root \"}", false },
	{ "{\"user\":\"root\"}", "{\"user\":\"roo\"}", false },
	{ "{\"user\":\"\"}", "{\"user\":\"\"}", true },
	{ "{\"user\":\"\"}", "{\"a\":1}", false },
	{ "{\"user|cased\":\"Root\"}", "{\"user\":\"Root\"}", true },
	{ "{\"user|cased\":\"Root\"}", "{\"user\":\"root\"}", false },
	{ "{\"user\":\"\\u00c4\"}", "{\"user\":\"\\u00e4\"}", false },
	{ "{\"user\":\"\\u00c4\"}", "{\"user\":\"\\u00c4\"}", true },
	{ "{\"user\":\"a\\\"b\"}", "{\"user\":\"A\\u0022B\"}", true },
	{ "{\"user\":[\"b\",\"a\",\"c\"]}", "{\"user\":\"A\"}", true },
	{ "{\"user\":[\"b\",\"a\",\"c\"]}", "{\"user\":\"d\"}", false },
	{ "{\"user\":[\"b\",\"ab\",\"abc\"]}", "{\"user\":\"abc\"}", true },
	{ "{\"user\":[\"b\",\"ab\",\"abc\"]}", "{\"user\":\"a\"}", false },

	/* wildcards */
	{ "{\"user\":\"adm*\"}", "{\"user\":\"Administrator\"}", true },
	{ "{\"user\":\"adm*\"}", "{\"user\":\"badm\"}", false },
	{ "{\"user\":\"r??t\"}", "{\"user\":\"root\"}", true },
	{ "{\"user\":\"r??t\"}", "{\"user\":\"rot\"}", false },
	{ "{\"user\":\"50\\\\*\"}", "{\"user\":\"50*\"}", true },
	{ "{\"user\":\"50\\\\*\"}", "{\"user\":\"500\"}", false },
	{ "{\"user|cased\":\"A*\"}", "{\"user\":\"ab\"}", false },
	{ "{\"user\":[\"x\",\"a*\"]}", "{\"user\":\"ab\"}", true },

	/* numbers */
	{ "{\"source_port\":22}", "{\"source_port\":22}", true },
	{ "{\"source_port\":22}", "{\"source_port\":22.0}", true },
	{ "{\"source_port\":22}", "{\"source_port\":\"22\"}", true },
	{ "{\"source_port\":22}", "{\"source_port\":220}", false },
	{ "{\"source_port\":22}", "{\"source_port\":\"22x\"}", false },
	{ "{\"source_port\":\"22\"}", "{\"source_port\":22}", true },
	{ "{\"source_port\":\"2*\"}", "{\"source_port\":2200}", true },
	{ "{\"n\":9007199254740993}", "{\"n\":9007199254740993}", true },
	{ "{\"n\":9007199254740993}", "{\"n\":9007199254740992}", false },
	{ "{\"n\":[1,\"x\",2]}", "{\"n\":2}", true },
	{ "{\"status|gte\":500}", "{\"extended\":{\"status\":\"500\"}}", true },
	{ "{\"status|gte\":500}", "{\"extended\":{\"status\":\"499\"}}", false },
	{ "{\"status|gt\":500}", "{\"extended\":{\"status\":\"500\"}}", false },
	{ "{\"status|gt\":500}", "{\"extended\":{\"status\":500.5}}", true },
	{ "{\"status|gt\":99}", "{\"extended\":{\"status\":\"1000\"}}", true },
	{ "{\"status|gt\":99}", "{\"extended\":{\"status\":\"high\"}}", false },
	{ "{\"status|lt\":99}", "{\"extended\":{\"status\":\"high\"}}", false },
	{ "{\"status|gt\":99}", "{\"extended\":{\"status\":\"inf\"}}", false },
	{ "{\"status|gt\":99}", "{\"extended\":{\"status\":\"0x100\"}}", false },
	{ "{\"status|lt\":-1}", "{\"extended\":{\"status\":-1.5}}", true },
	{ "{\"status|lte\":-1}", "{\"extended\":{\"status\":-1}}", true },
	{ "{\"status|lt\":-1}", "{\"extended\":{\"status\":-1}}", false },
	{ "{\"severity|lte\":3}", "{\"facility\":4}", false },
	{ "{\"x\":true}", "{\"x\":true}", true },
	{ "{\"x\":true}", "{\"x\":1}", false },

	/* parts of texts */
	{ "{\"message|contains\":\"FAIL\"}", "{\"message\":\"login Failed\"}", true },
	{ "{\"message|contains\":\"fail\"}", "{\"message\":\"login fai led\"}", false },
	{ "{\"message|contains\":\"\"}", "{\"message\":\"\"}", true },
	{ "{\"message|contains\":\"aab\"}", "{\"message\":\"aaaab\"}", true },
	{ "{\"message|contains\":\"aab\"}", "{\"message\":\"aaaac\"}", false },
	{ "{\"message|contains\":\"a*b\"}", "{\"message\":\"xa*bx\"}", true },
	{ "{\"message|contains\":\"a*b\"}", "{\"message\":\"aab\"}", false },
	{ "{\"message|contains|cased\":\"Fail\"}", "{\"message\":\"Failed\"}", true },
	{ "{\"message|contains|cased\":\"Fail\"}", "{\"message\":\"failed\"}", false },
	{ "{\"message|contains\":[\"one\",\"two\"]}", "{\"message\":\"two of them\"}", true },
	{ "{\"message|contains|all\":[\"one\",\"two\"]}", "{\"message\":\"two of them\"}", false },
	{ "{\"message|contains|all\":[\"fail\",\"pam\"]}", "{\"message\":\"PAM: authentication Failure\"}", true },
	{ "{\"message|all|contains|cased\":[\"Fail\",\"PAM\"]}", "{\"message\":\"PAM: authentication Failure\"}",
	  true },
	{ "{\"message|contains|all|cased\":[\"fail\",\"PAM\"]}", "{\"message\":\"PAM: authentication Failure\"}",
	  false },
	{ "{\"message|startswith\":\"pam\"}", "{\"message\":\"PAM: x\"}", true },
	{ "{\"message|startswith\":\"pam\"}", "{\"message\":\"a PAM\"}", false },
	{ "{\"message|startswith\":\"pam\"}", "{\"message\":\"pa\"}", false },
	{ "{\"message|endswith\":\"X\"}", "{\"message\":\"PAM: x\"}", true },
	{ "{\"message|endswith\":\"xx\"}", "{\"message\":\"x\"}", false },
	{ "{\"message|endswith\":\"m\"}", "{\"message\":\"PAM: x\"}", false },
	{ "{\"message|contains\":\"a\\nb\"}", "{\"message\":\"xa\\nbx\"}", true },

	/* regular expressions */
	{ "{\"message|re\":\"^Failed .* for (root|admin) \"}", "{\"message\":\"Failed password for root from\"}",
	  true },
	{ "{\"message|re\":\"^failed\"}", "{\"message\":\"Failed password\"}", false },
	{ "{\"message|re\":\"(?i)^failed\"}", "{\"message\":\"Failed password\"}", true },
	{ "{\"message|re|all\":[\"a\",\"b\"]}", "{\"message\":\"xbax\"}", true },
	{ "{\"message|re|all\":[\"a\",\"b\"]}", "{\"message\":\"xbx\"}", false },

	/* networks */
	{ "{\"source_host|cidr\":\"10.0.0.0/8\"}", "{\"source_host\":\"10.255.255.255\"}", true },
	{ "{\"source_host|cidr\":\"10.0.0.0/8\"}", "{\"source_host\":\"11.0.0.0\"}", false },
	{ "{\"source_host|cidr\":\"10.0.0.0/8\"}", "{\"source_host\":\"::ffff:10.1.2.3\"}", true },
	{ "{\"source_host|cidr\":\"10.0.0.0/8\"}", "{\"source_host\":\"ten\"}", false },
	{ "{\"source_host|cidr\":\"::ffff:10.0.0.0/104\"}", "{\"source_host\":\"10.1.2.3\"}", true },
	{ "{\"source_host|cidr\":\"192.0.2.77/31\"}", "{\"source_host\":\"192.0.2.76\"}", true },
	{ "{\"source_host|cidr\":\"192.0.2.77/31\"}", "{\"source_host\":\"192.0.2.78\"}", false },
	{ "{\"source_host|cidr\":\"192.0.2.77\"}", "{\"source_host\":\"192.0.2.77\"}", true },
	{ "{\"source_host|cidr\":\"192.0.2.77\"}", "{\"source_host\":\"192.0.2.7\"}", false },
	{ "{\"source_host|cidr\":\"0.0.0.0/0\"}", "{\"source_host\":\"192.0.2.7\"}", true },
	{ "{\"source_host|cidr\":\"0.0.0.0/0\"}", "{\"source_host\":\"2001:db8::1\"}", false },
	{ "{\"source_host|cidr\":\"2001:db8::/33\"}", "{\"source_host\":\"2001:db8:7fff::1\"}", true },
	{ "{\"source_host|cidr\":\"2001:db8::/33\"}", "{\"source_host\":\"2001:db8:8000::1\"}", false },
	{ "{\"source_host|cidr\":\"fe80::/10\"}", "{\"source_host\":\"fe80::1%eth0\"}", true },
	{ "{\"source_host|cidr\":[\"10.0.0.0/8\",\"10.1.0.0/16\",\"172.16.0.0/12\"]}", "{\"source_host\":\"10.2.0.1\"}",
	  true },
	{ "{\"source_host|cidr\":[\"10.0.0.0/8\",\"10.1.0.0/16\",\"172.16.0.0/12\"]}",
	  "{\"source_host\":\"172.32.0.1\"}", false },

	/* being there */
	{ "{\"user|exists\":true}", "{\"user\":\"\"}", true },
	{ "{\"user|exists\":true}", "{\"user\":null}", false },
	{ "{\"user|exists\":false}", "{\"a\":1}", true },
	{ "{\"user|exists\":false}", "{\"user\":\"x\"}", false },
	{ "{\"sd|exists\":true}", "{\"extended\":{\"sd\":{}}}", true },

	/* names that lead inside, and lists */
	{ "{\"extended.users\":\"bob\"}", "{\"extended\":{\"users\":[\"alice\",\"BOB\"]}}", true },
	{ "{\"users\":\"bob\"}", "{\"extended\":{\"users\":[\"alice\",\"bob\"]}}", true },
	{ "{\"users\":\"bob\"}", "{\"extended\":{\"users\":[\"alice\",[\"bob\"]]}}", false },
	{ "{\"users|contains|all\":[\"ali\",\"bo\"]}", "{\"extended\":{\"users\":[\"alice\",\"bob\"]}}", true },
	{ "{\"not\":{\"users\":\"bob\"}}", "{\"extended\":{\"users\":[\"alice\",\"bob\"]}}", false },
	{ "{\"extended.sd.origin.ip\":\"192.0.2.1\"}", "{\"extended\":{\"sd\":{\"origin\":{\"ip\":\"192.0.2.1\"}}}}",
	  true },
	{ "{\"extended.sd.origin.ip\":\"192.0.2.1\"}", "{\"extended\":{\"sd\":{\"origin\":\"192.0.2.1\"}}}", false },
	{ "{\"colour\":\"red\"}", "{\"colour\":\"red\"}", true },
	{ "{\"source_rule\":\"SSH_*\"}", "{\"source_rule\":\"ssh_brute\"}", true },
};

static const struct fault {
	const char *criteria, *words;
} faults[] = {
	{ "{\"user|containz\":\"x\"}", "user|containz: no such test: '|containz'; did you mean '|contains'?" },
	{ "{\"user|zzzzzzzz\":\"x\"}", "user|zzzzzzzz: no such test: '|zzzzzzzz'; there are contains, startswith, "
				       "endswith, re, cidr, gt, gte, lt, lte, exists, in, all, cased" },
	{ "{\"user|equals\":\"x\"}", "user|equals: no such test: '|equals'; there are contains, startswith, endswith, "
				     "re, cidr, gt, gte, lt, lte, exists, in, all, cased" },
	{ "{\"user|re|cidr\":\"x\"}", "user|re|cidr: '|re' and '|cidr' do not go together" },
	{ "{\"user|all|all\":[\"x\"]}", "user|all|all: '|all' stands twice" },
	{ "{\"user|exists|all\":true}", "user|exists|all: '|exists' stands alone" },
	{ "{\"user|gt|all\":[1]}", "user|gt|all: '|gt' takes one number and no other suffix" },
	{ "{\"user|gt\":[1,2]}", "user|gt: takes one number, no list" },
	{ "{\"user|gt\":\"many\"}", "user|gt: 'many' is no number" },
	{ "{\"user|exists\":1}", "user|exists: must be true or false" },
	{ "{\"user\":null}", "user: null is never a value; to ask whether the field is there write 'user|exists'" },
	{ "{\"extended\":{\"a\":1}}", "extended: an object is no value; to look inside write 'extended.NAME'" },
	{ "{\"user\":[]}", "user: an empty list never matches" },
	{ "{\"user|all\":[]}", "user|all: an empty list never matches" },
	{ "{\"user\":[[\"a\"]]}", "user: a list inside a list" },
	{ "{\"user|cidr\":\"10.0.0.0/33\"}",
	  "user|cidr: '10.0.0.0/33' is no network: write 192.0.2.0/24 or 2001:db8::/32" },
	{ "{\"user|in\":3}", "user|in: takes the name of a file" },
	{ "{\"user|in\":\"no-such-file\"}", "user|in: no-such-file: No such file or directory" },
	{ "{\"|re\":\"x\"}", "|re: '' has an empty part" },
	{ "[]", "an empty list never matches" },
	{ "[{},{\"not\":{\"user|rx\":1}}]", "[1]: not: user|rx: no such test: '|rx'; did you mean '|re'?" },
	{ "[\"user\"]", "[0]: must be an object (all of it) or an array (any of it)" },
};

static json_t *parse(const char *text)
{
	json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	if (json == NULL)
		printf("no JSON: %s\n", text);
	return json;
}

/* 1, 0, or -1 where something was refused. */
static int matches(const char *criteria, const char *dir, const char *line)
{
	struct error err;
	struct event event;
	char padded[4096] = { 0 };
	int result = -1;

	json_t *json = parse(criteria);
	struct match *match = match_new(json, dir, &err);
	memcpy(padded, line, strlen(line));
	if (match == NULL)
		printf("%s: %s\n", criteria, err.text);
	else if (!event_read(&event, (struct slice){ padded, strlen(line) }, &err))
		printf("%s: %s\n", line, err.text);
	else
		result = match_event(match, &event);
	match_free(match);
	json_decref(json);
	return result;
}

static void check_samples(void)
{
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		const struct sample *sample = &samples[i];
		if (!CHECK_NUMBER(matches(sample->criteria, NULL, sample->event), sample->matches))
			printf("  %s on %s\n", sample->criteria, sample->event);
	}
}

static void check_faults(void)
{
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		struct error err = { "" };
		json_t *json = parse(faults[i].criteria);
		struct match *match = match_new(json, NULL, &err);
		CHECK(match == NULL);
		CHECK_TEXT(slice_of(err.text), faults[i].words);
		match_free(match);
		json_decref(json);
	}
}

static void check_files(void)
{
	char dir[] = "/tmp/siem-match-XXXXXX";
	char path[64];

	if (!CHECK(mkdtemp(dir) != NULL))
		return;
	snprintf(path, sizeof path, "%s/list", dir);
	FILE *file = fopen(path, "we");
	fputs("# bad addresses\n192.0.2.1\r\n\n  Evil*  \n198.51.100.0/24", file);
	fclose(file);
	CHECK_NUMBER(matches("{\"source_host|in\":\"list\"}", dir, "{\"source_host\":\"192.0.2.1\"}"), 1);
	CHECK_NUMBER(matches("{\"source_host|in\":\"list\"}", dir, "{\"source_host\":\"192.0.2.10\"}"), 0);
	CHECK_NUMBER(matches("{\"source_host|in\":\"list\"}", dir, "{\"source_host\":\"evil.example\"}"), 1);
	CHECK_NUMBER(matches("{\"source_host|in|cased\":\"list\"}", dir, "{\"source_host\":\"evil.example\"}"), 0);
	CHECK_NUMBER(matches("{\"message|contains|in\":\"list\"}", dir, "{\"message\":\"x 198.51.100.0/24\"}"), 1);
	file = fopen(path, "we");
	fputs("198.51.100.0/24\n2001:db8::/32\n", file);
	fclose(file);
	CHECK_NUMBER(matches("{\"source_host|cidr|in\":\"list\"}", dir, "{\"source_host\":\"198.51.100.200\"}"), 1);
	CHECK_NUMBER(matches("{\"source_host|in|cidr\":\"list\"}", dir, "{\"source_host\":\"198.51.101.1\"}"), 0);
	unlink(path);
	rmdir(dir);
}

static void check_depth(void)
{
	struct error err;
	char deep[200];

	memset(deep, '[', 40);
	memcpy(deep + 40, "{}", 2);
	memset(deep + 42, ']', 40);
	deep[82] = '\0';
	json_t *json = parse(deep);
	CHECK(match_new(json, NULL, &err) == NULL);
	CHECK(strstr(err.text, "more than 32 levels") != NULL);
	json_decref(json);
}

/* An expression that backtracks without end gives up and is counted. */
static void check_limit(void)
{
	struct error err;
	struct event event;
	static char line[200] = "{\"message\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"}";

	json_t *json = parse("{\"message|re\":\"^(a+)+$\"}");
	struct match *match = match_new(json, NULL, &err);
	CHECK(event_read(&event, slice_of(line), &err));
	CHECK(!match_event(match, &event));
	CHECK_NUMBER(match_gave_up(match), 1);
	match_free(match);
	json_decref(json);
}

int main(void)
{
	check_samples();
	check_faults();
	check_files();
	check_depth();
	check_limit();
	return check_end();
}
