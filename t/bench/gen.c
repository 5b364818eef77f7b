/* Writes a log for the benchmark: the same number and seed, the same lines; BSD stamps, sorted by time. */
/* SPDX-License-Identifier: MIT */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { LINES_DEFAULT = 1000000, SEED_DEFAULT = 1, DAYS = 28, PIDS = 30000 };

#define ONE_OF(list) (list)[any(sizeof(list) / sizeof((list)[0]))]

/* What a line says behind stamp and host. %i: its pid, %u user, %a address, %p port, %n number, %s service, %c command.
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

static const char *const hosts[] = { "gate", "web1", "web2", "db1", "mail", "backup" };
static const char *const users[] = { "anna", "ben", "carol", "deploy", "root", "admin", "oracle", "test", "git" };
static const char *const nets[] = { "192.0.2", "198.51.100", "203.0.113", "10.20.0" };
static const char *const services[] = { "logrotate", "apt-daily", "man-db", "nginx", "fstrim", "postgresql" };
static const char *const commands[] = { "/usr/bin/systemctl reload nginx", "/usr/bin/apt-get update", "/usr/bin/psql" };

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

/* gen [LINES [SEED]]: they are spread over four weeks of June. */
int main(int argc, char **argv)
{
	const long lines = argc > 1 ? strtol(argv[1], NULL, 10) : LINES_DEFAULT;

	state = (uint64_t)(argc > 2 ? strtol(argv[2], NULL, 10) : SEED_DEFAULT) * 0x9e3779b97f4a7c15ULL;
	if (lines < 1 || state == 0)
		errx(2, "usage: gen [LINES [SEED]], both 1 or more");
	for (long i = 0; i < lines; i++) {
		const long t = (long)((double)i / (double)lines * DAYS * 86400);

		printf("Jun %2ld %02ld:%02ld:%02ld %s ", t / 86400 + 1, t / 3600 % 24, t / 60 % 60, t % 60,
		       ONE_OF(hosts));
		print_message(ONE_OF(messages), i);
	}
	if (fflush(stdout) != 0 || ferror(stdout))
		err(3, "standard output");
	return 0;
}
