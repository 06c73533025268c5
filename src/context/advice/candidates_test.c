/* SPDX-License-Identifier: Apache-2.0 */
#include "context/advice/candidates.h"

#include "base/test.h"
#include "context/testdir.h"

/* May the path be left out, and may all of its name? */
static void ask(const char *files, const char *dockerfile, const char *ignore,
		const char *path, bool *one, bool *all)
{
	struct testdir d;
	struct context c;
	struct arena a = { 0 };
	struct err err = { 0 };
	testdir_make(&d, files);
	testdir_context(&d, dockerfile, ignore, &c);
	struct context_advice_input in = {
		.w = &c.view,
		.waste = &c.waste,
		.rows = c.rows,
		.ig = &c.ig,
		.copies = &c.copies,
		.n_copies = c.copies.n,
		.commands = buf_str(&c.commands),
		.broad_stages = c.broad_stages,
		.n_broad_stages = c.n_broad_stages,
		.copies_all = !c.has_dockerfile,
	};
	struct candidates k = { .q = &in, .t = &c.tree, .a = &a, .err = &err };
	assert_ok(context_candidates_init(&k), &err);
	uint32_t i = testdir_entry(&c.tree, path);
	*one = context_may_leave_out(&k, i);
	*all = c.rows[i] != REASON_ROW_NONE &&
	       context_may_leave_out_all(&k, c.rows[i], CONTEXT_NONE);
	context_candidates_done(&k);
	arena_done(&a);
	context_done(&c);
	testdir_remove(&d);
}

TEST(candidates, rows)
{
	static const struct {
		const char *files, *dockerfile, *ignore, *path;
		bool one, all;
	} rows[] = {
		/* no COPY copies it: if it is worth a line */
		{ "a 9\nb 1000", "FROM x\nCOPY a /\n", "", "b", true, false },
		{ "a 9\nb 999", "FROM x\nCOPY a /\n", "", "b", false, false },
		{ "a 9\n.git/x 9", "FROM x\nCOPY a /\n", "", ".git", true,
		  true },
		/* a COPY of all does */
		{ ".git/x 9", "FROM x\nCOPY . .\n", "", ".git", true, true },
		{ "b 1000", "FROM x\nCOPY . .\n", "", "b", false, false },
		{ ".git/x 9", "FROM x\nCOPY . .\nRUN git log\n", "", ".git",
		  false, false },
		{ ".env 9", "FROM x\nCOPY . .\nRUN cat .env\n", "", ".env",
		  false, false },
		/* one that a COPY names spoils the line for all, not the
		 * others */
		{ "a/.git/x 9\nb/.git/x 9", "FROM x\nCOPY . .\nCOPY b/.git /\n",
		  "", "a/.git", true, false },
		{ "a/.git/x 9\nb/.git/x 9", "FROM x\nCOPY . .\nCOPY b/.git /\n",
		  "", "b/.git", false, false },
		/* re-included: by its own name, or with all beside it */
		{ "s/.git/x 9", "FROM x\nCOPY . .\n", "*\n!s\n", "s/.git", true,
		  true },
		{ "s/.git/x 9", "FROM x\nCOPY . .\n", "*\n!s/.git\n", "s/.git",
		  false, false },
		/* made again, by either of two tools; in time */
		{ "node_modules/x 9", "FROM x\nCOPY . .\nRUN yarn\n", "",
		  "node_modules", true, true },
		{ "node_modules/x 9", "FROM x\nCOPY . .\nRUN npm ci\n", "",
		  "node_modules", true, true },
		{ "node_modules/x 9",
		  "FROM x\nCOPY . .\nRUN npm run build && yarn\n", "",
		  "node_modules", false, false },
		/* the line does not see what lies beside */
		{ "Cargo.toml\ntarget/x 9\nb/target/x 9",
		  "FROM x\nCOPY . .\nRUN cargo build\n", "", "target", true,
		  true },
		/* a name that is no directory */
		{ "node_modules/x 9\nb/node_modules 9",
		  "FROM x\nCOPY . .\nRUN npm ci\n", "", "node_modules", true,
		  false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		bool one, all;
		ask(rows[i].files, rows[i].dockerfile, rows[i].ignore,
		    rows[i].path, &one, &all);
		if (one != rows[i].one || all != rows[i].all)
			fail_msg("%s of %s with %s: %d %d", rows[i].path,
				 rows[i].files, rows[i].dockerfile, one, all);
	}
}

TESTS_MAIN(unit(candidates, rows))
