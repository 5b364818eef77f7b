/* Runs commands in turn, round after round, and tells what each takes: time, as a ratio to M too, and memory. */
/* SPDX-License-Identifier: MIT */
#include <err.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS_MAX = 99, COMMANDS_MAX = 40, FIELDS = 4 };

/*
 * A line of input, tabs between: name, target ("1.3", "2.0 of NAME", "5+ of NAME" for at least, "-"), what to do before
 * (not timed), command.
 */
struct command {
	char *name, *target, *before, *text;
	double seconds[ROUNDS_MAX], ratios[ROUNDS_MAX];
	long peak; /* KiB */
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* In the child: the command by the shell, reading nothing and writing to nowhere. */
static _Noreturn void become(const char *text)
{
	const int null = open("/dev/null", O_RDWR);

	if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0)
		err(3, "/dev/null");
	execl("/bin/sh", "sh", "-c", text, (char *)NULL);
	err(3, "/bin/sh");
}

/* Returns the seconds it took; *peak grows to the memory of the largest process in it. */
static double run(const char *text, long *peak)
{
	const double start = now();
	const pid_t child = fork();
	struct rusage usage;
	int status;

	if (child == 0)
		become(text);
	if (child < 0 || wait4(child, &status, 0, &usage) != child)
		err(3, "%s", text);
	if (status != 0)
		errx(3, "failed: %s", text);
	if (peak != NULL && usage.ru_maxrss > *peak)
		*peak = usage.ru_maxrss;
	return now() - start;
}

static int by_size(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Sorts them: the middle one is the median, the first and the last are the spread. */
static double median(double *list, int count)
{
	qsort(list, (size_t)count, sizeof *list, by_size);
	return count % 2 == 1 ? list[count / 2] : (list[count / 2 - 1] + list[count / 2]) / 2;
}

static int read_commands(struct command *commands)
{
	char *line = NULL;
	size_t size = 0;
	int count = 0;

	for (; getline(&line, &size, stdin) > 0; line = NULL, size = 0) {
		char *fields[FIELDS], *rest = line;

		line[strcspn(line, "\n")] = '\0';
		for (int i = 0; i < FIELDS; i++)
			fields[i] = strsep(&rest, "\t");
		if (count == COMMANDS_MAX || fields[FIELDS - 1] == NULL)
			errx(2, "no command, or one too many: %s", line);
		commands[count++] = (struct command){ fields[0], fields[1], fields[2], fields[3], { 0 }, { 0 }, 0 };
	}
	free(line);
	return count;
}

static struct command *find(struct command *commands, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	errx(2, "no command '%s' to compare with", name);
}

/* The command that this one is compared with: the one in its target, else the yardstick. */
static struct command *yardstick(struct command *commands, int count, const struct command *command)
{
	const char *of = strstr(command->target, " of ");

	return find(commands, count, of != NULL ? of + strlen(" of ") : "M");
}

static void tell(struct command *command, const char *of, int rounds, double memory_limit)
{
	const double ratio = median(command->ratios, rounds), seconds = median(command->seconds, rounds);
	char *behind;
	const double limit = strtod(command->target, &behind), mib = (double)command->peak / 1024;
	const bool bound = limit > 0, least = *behind == '+', slim = mib < memory_limit || !bound;
	const bool met = least ? ratio >= limit : ratio <= limit;

	printf("%-34s %8.3f s  %6.2f %-15s (%.2f .. %.2f) %8.1f MiB", command->name, seconds, ratio, of,
	       command->ratios[0], command->ratios[rounds - 1], mib);
	if (bound)
		printf("   at %s %.1f: %s%s", least ? "least" : "most", limit, met ? "ok" : "MISSED",
		       slim ? "" : ", memory MISSED");
	printf("\n");
}

/* measure ROUNDS MEMORY_LIMIT_MIB <commands */
int main(int argc, char **argv)
{
	static struct command commands[COMMANDS_MAX];
	const int rounds = argc == 3 ? (int)strtol(argv[1], NULL, 10) : 0;
	const int count = read_commands(commands);

	if (rounds < 1 || rounds > ROUNDS_MAX)
		errx(2, "usage: measure ROUNDS MEMORY_LIMIT_MIB <commands");
	for (int round = 0; round < rounds; round++)
		for (int i = 0; i < count; i++) {
			if (commands[i].before[0] != '\0')
				run(commands[i].before, NULL);
			commands[i].seconds[round] = run(commands[i].text, &commands[i].peak);
		}
	for (int round = 0; round < rounds; round++)
		for (int i = 0; i < count; i++)
			commands[i].ratios[round] =
			    commands[i].seconds[round] / yardstick(commands, count, &commands[i])->seconds[round];
	for (int i = 0; i < count; i++)
		tell(&commands[i], yardstick(commands, count, &commands[i])->name, rounds, strtod(argv[2], NULL));
	return 0;
}
