/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/progress.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_MS = 1000, EVERY_MS = 100, LINE_MAX_LEN = 200 };

struct progress_line {
	struct progress *progress;
	pthread_t thread;
	pthread_mutex_t lock; /* guards ending */
	pthread_cond_t wake;
	bool ending;
	bool drawn; /* something is to be wiped; under lock */
};

/* 999 B, 1.0 kB, 45.6 MB; decimal units, as engines print sizes. */
static void amount(uint64_t n, char *to, size_t size)
{
	static const char *const units[] = { "B", "kB", "MB", "GB", "TB" };
	double v = (double)n;
	size_t u = 0;
	for (; v >= 999.95 && u + 1 < ARRAY_LEN(units); u++)
		v /= 1000;
	snprintf(to, size, u ? "%.1f %s" : "%.0f %s", v, units[u]);
}

/* All of the work where it is known, else the phase's. */
static int percent(const struct progress *p, uint64_t done, uint64_t total)
{
	if (progress_share(p) || atomic_load(&p->rest))
		return (int)(progress_share(p) * 100 / PROGRESS_ALL);
	return done >= total ? 100
			     : (int)(100.0 * (double)done / (double)total);
}

void cli_progress_line_text(const struct progress *p, char *to, size_t n)
{
	const char *phase = atomic_load(&p->phase);
	uint64_t done = atomic_load(&p->done), total = atomic_load(&p->total);
	bool planned = progress_share(p) || atomic_load(&p->rest);
	char a[32], b[32];
	/* An estimate may be passed; what is shown is not. */
	if (total && planned)
		done = MIN(done, total);
	amount(done, a, sizeof a);
	amount(total, b, sizeof b);
	if (!phase)
		snprintf(to, n, "%s", "");
	else if (total)
		snprintf(to, n, "%s %s of %s, %d %%", phase, a, b,
			 percent(p, done, total));
	else if (planned)
		snprintf(to, n, "%s, %d %%", phase, percent(p, 0, 0));
	else
		snprintf(to, n, "%s %s", phase, a);
}

/* A terminal that was stopped (^S), or went away, takes no line: nobody waits
 * for it, or the end of the program would. */
static void put(const char *p, size_t n)
{
	struct pollfd fd = { .fd = STDERR_FILENO, .events = POLLOUT };
	if (poll(&fd, 1, 0) > 0)
		(void)!write(STDERR_FILENO, p, n);
}

/* One write a frame, so that nothing else lands inside it. */
static void draw(const struct progress *p)
{
	char text[LINE_MAX_LEN], frame[LINE_MAX_LEN + 16];
	struct winsize w = { 0 };
	cli_progress_line_text(p, text, sizeof text);
	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 1 &&
	    w.ws_col < sizeof text)
		text[w.ws_col - 1] = '\0';
	int n = snprintf(frame, sizeof frame, "\r%s\033[K", text);
	put(frame, (size_t)n);
}

static void later(struct timespec *t, long ms)
{
	t->tv_sec += ms / 1000;
	t->tv_nsec += ms % 1000 * 1000000;
	if (t->tv_nsec >= 1000000000) {
		t->tv_nsec -= 1000000000;
		t->tv_sec++;
	}
}

static void *draw_until_end(void *arg)
{
	struct progress_line *l = arg;
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	later(&at, FIRST_MS);
	pthread_mutex_lock(&l->lock);
	while (!l->ending) {
		if (pthread_cond_timedwait(&l->wake, &l->lock, &at) !=
		    ETIMEDOUT)
			continue;
		draw(l->progress);
		l->drawn = true;
		later(&at, EVERY_MS);
	}
	pthread_mutex_unlock(&l->lock);
	return NULL;
}

static bool wanted(bool quiet)
{
	const char *term = getenv("TERM");
	return !quiet && isatty(STDERR_FILENO) && term && *term &&
	       strcmp(term, "dumb") != 0;
}

int cli_progress_line_open(struct progress *progress, bool quiet,
			   struct progress_line **out, struct err *err)
{
	*out = NULL;
	if (!wanted(quiet))
		return 0;
	struct progress_line *l = calloc(1, sizeof *l);
	if (!l)
		return err_nomem(err, sizeof *l);
	l->progress = progress;
	pthread_mutex_init(&l->lock, NULL);
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&l->wake, &attr);
	pthread_condattr_destroy(&attr);
	int sys = pthread_create(&l->thread, NULL, draw_until_end, l);
	if (sys) {
		pthread_cond_destroy(&l->wake);
		pthread_mutex_destroy(&l->lock);
		free(l);
		errno = sys;
		return err_sys(err, "cannot start a thread");
	}
	*out = l;
	return 0;
}

void cli_progress_line_pause(struct progress_line *l)
{
	if (!l)
		return;
	pthread_mutex_lock(&l->lock);
	if (l->drawn)
		put("\r\033[K", 4);
	l->drawn = false;
}

void cli_progress_line_resume(struct progress_line *l)
{
	if (l)
		pthread_mutex_unlock(&l->lock);
}

void cli_progress_line_close(struct progress_line **lp)
{
	struct progress_line *l = take(lp);
	if (!l)
		return;
	int sys = errno;
	pthread_mutex_lock(&l->lock);
	l->ending = true;
	pthread_cond_signal(&l->wake);
	pthread_mutex_unlock(&l->lock);
	pthread_join(l->thread, NULL);
	if (l->drawn)
		put("\r\033[K", 4);
	pthread_cond_destroy(&l->wake);
	pthread_mutex_destroy(&l->lock);
	free(l);
	errno = sys;
}
