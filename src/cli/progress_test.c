/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/progress.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/test.h"

TEST(progress, text)
{
	static const struct {
		const char *phase;
		uint64_t done, total;
		const char *want;
	} rows[] = {
		{ NULL, 0, 0, "" },
		{ "reading", 0, 0, "reading 0 B" },
		{ "reading", 999, 0, "reading 999 B" },
		{ "reading", 1000, 2000, "reading 1.0 kB of 2.0 kB, 50 %" },
		{ "writing", 999960, 1105000000,
		  "writing 1.0 MB of 1.1 GB, 0 %" },
		{ "proving", 3, 2, "proving 3 B of 2 B, 100 %" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct progress p = { .done = 0 };
		char text[100];
		progress_phase(&p, rows[i].phase, rows[i].total, 1);
		progress_add(&p, rows[i].done);
		cli_progress_line_text(&p, text, sizeof text);
		assert_string_equal(text, rows[i].want);
	}
}

static void shows(const struct progress *p, const char *want)
{
	char text[100];
	cli_progress_line_text(p, text, sizeof text);
	assert_string_equal(text, want);
}

TEST(progress, estimates_share_what_is_left)
{
	struct progress p = { .done = 0 };
	progress_rest(&p, 1000);
	progress_phase(&p, "reading", 100, 2);
	shows(&p, "reading 0 B of 100 B, 0 %");
	progress_add(&p, 50);
	shows(&p, "reading 50 B of 100 B, 10 %");
	progress_add(&p, 50);
	progress_rest(&p, 400); /* less than was thought */
	progress_phase(&p, "writing", 30, 10);
	shows(&p, "writing 0 B of 30 B, 20 %");
	progress_add(&p, 20);
	shows(&p, "writing 20 B of 30 B, 60 %");
	progress_work(&p, 100);
	shows(&p, "writing 20 B of 30 B, 80 %");
	progress_rest(&p, 1000000); /* far more */
	shows(&p, "writing 20 B of 30 B, 80 %");
	progress_add(&p, 100); /* past the estimate */
	shows(&p, "writing 30 B of 30 B, 80 %");
	progress_add(&p, 10000000);
	shows(&p, "writing 30 B of 30 B, 100 %");
	progress_rest(&p, 0);
	progress_phase(&p, "finishing", 0, 0);
	shows(&p, "finishing, 100 %");
}

/* stderr is a new pseudo terminal for the time of fn; *seen is what came. */
static void on_terminal(unsigned lasts_ms, bool quiet, char *seen, size_t n)
{
	int ptmx = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	bool opens = ptmx >= 0 && grantpt(ptmx) == 0 && unlockpt(ptmx) == 0;
	int tty =
		opens ? open(ptsname(ptmx), O_RDWR | O_NOCTTY | O_CLOEXEC) : -1;
	if (tty < 0) /* a bare chroot may have no /dev/pts */
		_skip(__FILE__, __LINE__);
	int kept = dup(STDERR_FILENO);
	assert_true(kept >= 0 && dup2(tty, STDERR_FILENO) >= 0);
	struct progress p = { .done = 0 };
	struct progress_line *l = NULL;
	struct err err = { 0 };
	progress_phase(&p, "reading", 200, 1);
	progress_add(&p, 100);
	int r = cli_progress_line_open(&p, quiet, &l, &err);
	usleep(lasts_ms * 1000);
	cli_progress_line_close(&l);
	dup2(kept, STDERR_FILENO);
	close(kept);
	assert_ok(r, &err);
	fcntl(ptmx, F_SETFL, O_NONBLOCK);
	size_t at = 0;
	for (ssize_t got; (got = read(ptmx, seen + at, n - 1 - at)) > 0;)
		at += (size_t)got;
	seen[at] = '\0';
	close(tty);
	close(ptmx);
}

TEST(progress, drawn_after_a_second_and_wiped)
{
	char seen[4096];
	setenv("TERM", "xterm", 1);
	on_terminal(1600, false, seen, sizeof seen);
	assert_non_null(strstr(seen, "\rreading 100 B of 200 B, 50 %\033[K"));
	assert_string_equal(seen + strlen(seen) - 4, "\r\033[K");
}

TEST(progress, silent)
{
	char seen[4096];
	setenv("TERM", "xterm", 1);
	on_terminal(50, false, seen, sizeof seen);
	assert_string_equal(seen, "");
	on_terminal(1100, true, seen, sizeof seen);
	assert_string_equal(seen, "");
	setenv("TERM", "dumb", 1);
	on_terminal(1100, false, seen, sizeof seen);
	assert_string_equal(seen, "");
}

TESTS_MAIN(unit(progress, text), unit(progress, estimates_share_what_is_left),
	   unit(progress, drawn_after_a_second_and_wiped),
	   unit(progress, silent))
