/* SPDX-License-Identifier: Apache-2.0 */
/* Times commands against each other: init_time ROUNDS CMD ARGS... [, CMD ...]
 *
 * Every round runs each command once, so that what disturbs one disturbs all;
 * prints the median time of each in nanoseconds, a line a command. */
#include <sched.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#define COMMANDS_MAX 32

extern char **environ;

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static int64_t time_one(char **argv)
{
	int64_t start = now_ns();
	int status;
	pid_t pid;

	if (posix_spawn(&pid, *argv, NULL, NULL, argv, environ) ||
	    waitpid(pid, &status, 0) < 0 || status) {
		fprintf(stderr, "%s failed\n", *argv);
		exit(1);
	}
	return now_ns() - start;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* One processor and no preemption: the spread is a few per cent then. */
static void settle(void)
{
	struct sched_param p = { .sched_priority = 10 };
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(0, &one);
	sched_setaffinity(0, sizeof one, &one);
	sched_setscheduler(0, SCHED_FIFO, &p);
}

int main(int argc, char **argv)
{
	int rounds = argc > 2 ? atoi(argv[1]) : 0, n = 0;
	char **command[COMMANDS_MAX];
	int64_t *t;

	if (rounds < 1)
		return 2;
	command[n++] = argv + 2;
	for (int i = 2; i < argc && n < COMMANDS_MAX; i++)
		if (!strcmp(argv[i], ",")) {
			argv[i] = NULL;
			command[n++] = argv + i + 1;
		}
	t = calloc((size_t)(n * rounds), sizeof *t);
	if (!t)
		return 1;
	settle();
	for (int r = 0; r < rounds; r++)
		for (int c = 0; c < n; c++)
			t[c * rounds + r] = time_one(command[c]);
	for (int c = 0; c < n; c++) {
		qsort(t + c * rounds, (size_t)rounds, sizeof *t, compare);
		printf("%lld\n", (long long)t[c * rounds + rounds / 2]);
	}
	free(t);
	return 0;
}
