/* SPDX-License-Identifier: Apache-2.0 */
#include "work/config_pull.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/slurp.h"
#include "lint/shellcheck/shellcheck_process.h"
#include "work/lint_extends.h"
#include "work/lint_find.h"

enum { TIMEOUT_MS = 60000 };

struct pulling {
	const struct work_events *events;
	struct work_pulled *out;
};

/* curl ends a transfer by itself before ours ends curl. http is no worse than
 * https here, as the sum is known; nothing but these two is followed to. */
static int fetch(struct str url, struct buf *out, struct err *err)
{
	scoped(arena_done) struct arena a = { 0 };
	scoped(lint_shellcheck_dir_done) struct check_dir dir = CHECK_DIR_INIT;
	struct quoted said = { 0 };
	struct str curl, address;
	int found = lint_shellcheck_program_find("curl", &curl, &a, err);
	if (found <= 0) {
		err_clear(err);
		return err_set(err, ERR_NOT_FOUND,
			       "curl, which fetches it, is not installed");
	}
	if (arena_str(&a, url, &address, err) < 0)
		return -1;
	const char *const argv[] = {
		curl.p,	       "--fail",
		"--silent",    "--show-error",
		"--location",  "--max-redirs",
		"5",	       "--proto",
		"=http,https", "--proto-redir",
		"=http,https", "--max-time",
		"50",	       "--max-filesize",
		"1048576",     "--url",
		address.p,     NULL,
	};
	if (lint_shellcheck_dir_make(&dir, err) < 0)
		return -1;
	int status = lint_shellcheck_process_run(&dir, (char *const *)argv,
						 TIMEOUT_MS, out, &said, err);
	if (status < 0)
		return err_ctx(err, "curl");
	if (status > 0)
		return err_set(err, ERR_IO, "curl ended with %d: %s", status,
			       said.text);
	return 0;
}

static int pull(void *self, const struct lint_extends *e, struct buf *out,
		struct err *err)
{
	const struct pulling *p = self;
	struct err none = { 0 };
	if (work_lint_pulled_read(e->sha256, out, &none) > 0) {
		p->out->present++;
		work_note(p->events, WORK_NOTE, "%.*s is here already",
			  STR_ARG(e->url));
		return 0;
	}
	buf_reset(out);
	if (fetch(e->url, out, err) < 0 ||
	    work_lint_pulled_keep(e->sha256, buf_str(out), err) < 0)
		return err_ctx(err, "line %u: %.*s", e->line, STR_ARG(e->url));
	p->out->fetched++;
	work_note(p->events, WORK_NOTE, "%.*s is pulled", STR_ARG(e->url));
	return 0;
}

int work_config_pull(const char *where, const struct work_events *events,
		     struct work_pulled *out, struct err *err)
{
	struct pulling p = { events, out };
	scoped(work_lint_bases_done) struct work_lint_bases s = { .pull = pull,
								  .pull_self =
									  &p };
	scoped(buf_done) struct buf text = BUF_INIT(CONFIG_SIZE_MAX);
	scoped(lint_config_done) struct lint_config config = { 0 };
	struct stat st;
	*out = (struct work_pulled){ 0 };
	if (stat(where, &st) < 0)
		return err_sys(err, "%s", where);
	const char *path = S_ISDIR(st.st_mode)
				   ? work_lint_find_own(&s.arena, where)
				   : where;
	if (!path)
		return err_set(err, ERR_NOT_FOUND,
			       "%s: there is no .pare.yaml here or above",
			       where);
	if (slurp_file(AT_FDCWD, path, O_NONBLOCK, &text, err) < 0)
		return -1;
	return work_lint_config_load(&s, path, true, buf_str(&text), &config,
				     err);
}
