/* Writes a log for the benchmark: the same kind, number and seed, the same lines; sorted by time, June 2025. */
/* SPDX-License-Identifier: MIT */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINES_DEFAULT = 1000000, SEED_DEFAULT = 1, DAYS = 28, PIDS = 30000 };

#define ONE_OF(list) (list)[any(sizeof(list) / sizeof((list)[0]))]

/*
 * What a line says behind stamp and host. %i: its pid, %u user, %a address, %p port, %n number, %s service, %c command,
 * %t path, %r referrer, %b browser.
 */
static const char *const messages[] = {
	"sshd[%i]: Failed password for %u from %a port %p ssh2",
	"sshd[%i]: Failed password for invalid user %u from %a port %p ssh2",
	"sshd[%i]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=%a  user=%u",
	"sshd[%i]: Connection closed by authenticating user %u %a port %p [preauth]",
	"sshd[%i]: Disconnected from invalid user %u %a port %p [preauth]",
	"sshd[%i]: Accepted publickey for %u from %a port %p ssh2: RSA "
	"SHA256:0d7vYBrVJmYSHrTg5sXyEmLr0cnKtiLtFx4QY0nKqQc",
	"CRON[%i]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)",
	"CRON[%i]: pam_unix(cron:session): session closed for user root",
	"CRON[%i]: (root) CMD (test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.daily; })",
	"sudo:     %u : TTY=pts/0 ; PWD=/home/%u ; USER=root ; COMMAND=%c",
	"kernel: [%n.418733] nft drop: IN=eth0 OUT= SRC=%a DST=192.0.2.10 LEN=44 TTL=241 ID=%n PROTO=TCP SPT=%p DPT=%n "
	"SYN",
	"kernel: [%n.020914] nft drop: IN=eth0 OUT= SRC=%a DST=192.0.2.10 LEN=60 TTL=52 ID=%n PROTO=UDP SPT=%p DPT=%n",
	"systemd[1]: %s.service: Deactivated successfully.",
	"systemd[1]: %s.service: Consumed 1.204s CPU time, 12.1M memory peak, no swap.",
	"postfix/smtpd[%i]: disconnect from unknown[%a] ehlo=1 auth=0/1 quit=1 commands=2/3",
	"postfix/qmgr[%i]: 4XB%n: from=<%u@example.com>, size=%n, nrcpt=1 (queue active)",
};

/* Behind client, ident, user and stamp. */
static const char *const requests[] = {
	"\"GET %t HTTP/1.1\" 200 %n \"%r\" \"%b\"",
	"\"GET %t HTTP/1.1\" 200 %n \"%r\" \"%b\"",
	"\"GET %t?id=%n&page=2 HTTP/1.1\" 200 %n \"%r\" \"%b\"",
	"\"GET %t HTTP/2.0\" 304 - \"-\" \"%b\"",
	"\"POST /wp-login.php HTTP/1.1\" 403 %n \"-\" \"%b\"",
	"\"GET /.env HTTP/1.1\" 404 196 \"-\" \"%b\"",
	"\"HEAD / HTTP/1.0\" 301 0 \"-\" \"-\"",
	"\"\\x16\\x03\\x01\" 400 157 \"-\" \"-\"",
};

static const char *const hosts[] = { "gate", "web1", "web2", "db1", "mail", "backup" };
static const char *const users[] = { "anna", "ben", "carol", "deploy", "root", "admin", "oracle", "test", "git" };
static const char *const nets[] = { "192.0.2", "198.51.100", "203.0.113", "10.20.0" };
static const char *const services[] = { "logrotate", "apt-daily", "man-db", "nginx", "fstrim", "postgresql" };
static const char *const commands[] = { "/usr/bin/systemctl reload nginx", "/usr/bin/apt-get update", "/usr/bin/psql" };
static const char *const paths[] = { "/", "/index.html", "/img/logo.png", "/api/v1/orders", "/static/app.3f2a.js" };
static const char *const referrers[] = { "-", "https://www.example.com/", "https://search.example.net/?q=siem" };
static const char *const browsers[] = {
	"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
	("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
	 "Safari/537.36"),
	"curl/7.88.1",
	"Mozilla/5.0 (compatible; ExampleBot/2.1; +https://www.example.org/bot.html)",
};

/* xorshift64*: no libc's rand() gives the same everywhere. */
static uint64_t state;

static unsigned any(unsigned n)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (unsigned)(state * 0x2545f4914f6cdd1dULL >> 33) % n;
}

static void print_part(char kind, long line)
{
	switch (kind) {
	case 'i':
		printf("%ld", 600 + line % PIDS);
		break;
	case 'u':
		fputs(ONE_OF(users), stdout);
		break;
	case 'a':
		fputs(ONE_OF(nets), stdout);
		printf(".%u", any(254) + 1);
		break;
	case 'p':
		printf("%u", 32768 + any(28000));
		break;
	case 'n':
		printf("%u", any(65536));
		break;
	case 's':
		fputs(ONE_OF(services), stdout);
		break;
	case 'c':
		fputs(ONE_OF(commands), stdout);
		break;
	case 't':
		fputs(ONE_OF(paths), stdout);
		break;
	case 'r':
		fputs(ONE_OF(referrers), stdout);
		break;
	case 'b':
		fputs(ONE_OF(browsers), stdout);
		break;
	}
}

static void print_message(const char *message, long line)
{
	for (const char *p = message; *p != '\0'; p++)
		if (*p == '%')
			print_part(*++p, line);
		else
			putchar(*p);
	putchar('\n');
}

static void print_bsd(long t, long line)
{
	printf("Jun %2ld %02ld:%02ld:%02ld %s ", t / 86400 + 1, t / 3600 % 24, t / 60 % 60, t % 60, ONE_OF(hosts));
	print_message(ONE_OF(messages), line);
}

/* As rsyslog's RSYSLOG_SyslogProtocol23Format writes it; syslog-ng and others add structured data. */
static void print_5424(long t, long line)
{
	static const char *const data[] = { "-", "-",
					    "[timeQuality tzKnown=\"1\" isSynced=\"1\" syncAccuracy=\"500\"]" };
	const char *message = ONE_OF(messages), *colon = strchr(message, ':');
	const int name = (int)strcspn(message, "[:");

	printf("<%u>1 2025-06-%02ldT%02ld:%02ld:%02ld.%06u+00:00 %s %.*s ", 8 * any(24) + any(8), t / 86400 + 1,
	       t / 3600 % 24, t / 60 % 60, t % 60, any(1000000), ONE_OF(hosts), name, message);
	if (message[name] == '[')
		print_part('i', line);
	else
		putchar('-');
	printf(" - %s", ONE_OF(data));
	print_message(colon + 1, line);
}

static void print_web(long t, long line)
{
	print_part('a', line);
	fputs(any(16) > 0 ? " - - " : " - anna ", stdout);
	printf("[%02ld/Jun/2025:%02ld:%02ld:%02ld +0000] ", t / 86400 + 1, t / 3600 % 24, t / 60 % 60, t % 60);
	print_message(ONE_OF(requests), line);
}

/* Kinds of logs, the first where none is named. */
static const struct kind {
	const char *name;
	void (*print)(long t, long line); /* seconds of June, number of the line */
} kinds[] = { { "bsd", print_bsd }, { "5424", print_5424 }, { "web", print_web } };

enum { KINDS = sizeof kinds / sizeof kinds[0] };

static const struct kind *find_kind(const char *name)
{
	for (int i = 0; i < KINDS; i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

/* gen [LINES [SEED [KIND]]]: they are spread over four weeks of June. */
int main(int argc, char **argv)
{
	const long lines = argc > 1 ? strtol(argv[1], NULL, 10) : LINES_DEFAULT;
	const struct kind *kind = argc > 3 ? find_kind(argv[3]) : &kinds[0];

	state = (uint64_t)(argc > 2 ? strtol(argv[2], NULL, 10) : SEED_DEFAULT) * 0x9e3779b97f4a7c15ULL;
	if (lines < 1 || state == 0 || kind == NULL)
		errx(2, "usage: gen [LINES [SEED [bsd | 5424 | web]]], both numbers 1 or more");
	for (long i = 0; i < lines; i++)
		kind->print((long)((double)i / (double)lines * DAYS * 86400), i);
	if (fflush(stdout) != 0 || ferror(stdout))
		err(3, "standard output");
	return 0;
}
