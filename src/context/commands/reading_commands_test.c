/* SPDX-License-Identifier: Apache-2.0 */
#include "context/commands/reading_commands.h"

#include "base/test.h"
#include "context/commands/collect_commands.h"
#include "context/commands/command_search.h"
#include "context/commands/git_use.h"

/* Does some RUN of the Dockerfile read NAME, or ask git? */
static bool reads(const char *run, const char *name)
{
	struct diag_sink sink = { 0 };
	struct dockerfile df;
	struct err err = { 0 };
	scoped(buf_done) struct buf text = BUF_INIT(1 << 16);
	scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
	assert_ok(buf_addf(&text, &err, "FROM x\n%s\n", run), &err);
	assert_ok(dockerfile_parse(buf_str(&text), &sink, &df, &err), &err);
	assert_ok(context_add_commands(&df, &out, &err), &err);
	bool yes = context_commands_mention(buf_str(&out), str_of(name)) ||
		   context_commands_ask_git(buf_str(&out));
	dockerfile_done(&df);
	return yes;
}

static void expect(bool want, const char *run)
{
	if (reads(run, ".git") != want)
		fail_msg("%s: %s", want ? "reads" : "reads not", run);
}

TEST(reading_commands, a_removal_is_no_need)
{
	static const char bash_guard[] =
		"RUN [\"bash\", \"-c\", \"if [[ -d .git ]]; then rm -rf .git; "
		"fi\"]";
	static const char *const runs[] = {
		"RUN rm -rf /a/.git",
		"RUN rm -fr .git .github",
		"RUN rm -r -f .git",
		"RUN rm --recursive --force \"/a/.git\"",
		"RUN sudo rm -rf .git",
		"RUN make && rm -rf .git && cp a b",
		"RUN cd /a; \\\n  rm -rf .git; \\\n  make",
		"RUN rm -rf $D/.git ${E}/.git",
		"RUN [\"rm\", \"-rf\", \"/a/.git\"]",
		"RUN [\"/bin/sh\", \"-c\", \"make && rm -rf .git\"]",
		"RUN <<E\nset -e\nrm -rf .git\nmake\nE",
		"RUN <<E\n#!/bin/bash\nrm -rf .git\nE\n",
		"SHELL [\"/bin/bash\", \"-ec\"]\nRUN rm -rf .git",
		"RUN --mount=type=bind,target=/s rm -rf /s/.git",
		"ONBUILD RUN rm -rf .git",
		"RUN find . -name .git -delete",
		"RUN find / -type d -name .git -prune -exec rm -rf {} +",
		"RUN find . -name .git -type d -exec rm -rf \"{}\" \\;",
		"RUN find . -name .git -print0 | xargs -0 rm -rf",
		"RUN rm -r .git || true",
		"RUN [ -d .git ] && rm -r .git || true",
		"RUN if [ -d .git ]; then rm -rf .git; fi",
		bash_guard,
		"RUN ls -la .git; make",
		"RUN du -sh .git || :",
	};
	for (size_t i = 0; i < ARRAY_LEN(runs); i++)
		expect(false, runs[i]);
}

TEST(reading_commands, nor_is_what_leaves_it_out)
{
	static const char *const runs[] = {
		"RUN tar --exclude=.git -cf /x.tar .",
		"RUN tar --exclude .git -cf /x.tar .",
		"RUN rsync -a --exclude '.git' . /x",
		"RUN grep -r --exclude-dir=.git foo .",
		"RUN echo .git >>/x/list",
		"RUN mkdir -p .git",
		"RUN git init",
		"RUN git config --global --add safe.directory /a",
		"RUN git ls-remote https://x/y",
	};
	for (size_t i = 0; i < ARRAY_LEN(runs); i++)
		expect(false, runs[i]);
}

TEST(reading_commands, what_asks_is_a_need)
{
	static const char *const runs[] = {
		"RUN git describe",
		"RUN rm -rf /x/.git && git describe",
		"RUN test -d .git && git describe >v",
		"RUN cat .git/HEAD",
		"RUN cp -r .git /x",
		"RUN mv .git /x",
		"RUN make V=$(git rev-parse HEAD) && rm -rf .git",
		"RUN rm -rf $(git ls-files -o)",
		"RUN rm -rf `cat .git/junk`",
		"RUN find .git -name HEAD -exec cat {} +",
		"RUN find . -name .git | xargs -I{} cat {}/HEAD",
		"RUN find . -name .git -exec sh -c 'cat $1/HEAD' {} \\;",
		"RUN pip install setuptools_scm && pip install .",
		"RUN [\"cat\", \".git/HEAD\"]",
		"RUN [\"git\", \"describe\"]",
		"RUN <<E\nrm -rf x\ngit describe\nE",
		"RUN git config user.name",
		"CMD cat .git/HEAD",
		/* Without it these fail, and the build with them. */
		"RUN rm -r .git",
		"RUN test -d .git",
		"RUN [ -d .git ] || exit 1; make",
		"RUN if [ ! -d .git ]; then exit 1; fi",
		"RUN set -e; ls .git; make",
		"RUN find .git -delete",
		"RUN ls .git | wc -l && cat .git/HEAD",
		/* Not read here. */
		"SHELL [\"pwsh\", \"-c\"]\nRUN rm -rf .git",
		"RUN rm -rf .git 'unclosed",
	};
	for (size_t i = 0; i < ARRAY_LEN(runs); i++)
		expect(true, runs[i]);
}

TEST(reading_commands, other_names)
{
	assert_false(reads("RUN rm -f .env config/.env", ".env"));
	assert_true(reads("RUN cp .env /x && rm -f .env", ".env"));
	assert_false(
		reads("RUN rm -rf node_modules && npm ci", "node_modules"));
	assert_true(reads("RUN node_modules/.bin/x", "node_modules"));
}

TESTS_MAIN(unit(reading_commands, a_removal_is_no_need),
	   unit(reading_commands, nor_is_what_leaves_it_out),
	   unit(reading_commands, what_asks_is_a_need),
	   unit(reading_commands, other_names))
