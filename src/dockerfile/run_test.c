/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/run.h"

#include "base/test.h"

/* Every command as it stands in the file, continuations and all. */
TEST(run, commands)
{
	static const struct {
		const char *text; /* the last instruction is the RUN */
		enum df_run_form form;
		bool readable;
		const char *commands[4];
	} rows[] = {
		{ "RUN a b && c", DF_RUN_SHELL, true, { "a b", "c" } },
		{ "RUN --network=none a \\\n  b \\\n# why\n\n && c",
		  DF_RUN_SHELL,
		  true,
		  { "a \\\n  b", "c" } },
		{ "RUN apt-get \\\ninstall",
		  DF_RUN_SHELL,
		  true,
		  { "apt-get \\\ninstall" } },
		{ "RUN [\"a\", \"b\"]", DF_RUN_EXEC, false, { NULL } },
		{ "RUN a 'b", DF_RUN_SHELL, false, { NULL } },
		{ "RUN <<E\na\nb c\nE", DF_RUN_HEREDOC, true, { "a", "b c" } },
		{ "RUN <<-E\n\ta &&\n\tb\n\tE",
		  DF_RUN_HEREDOC,
		  true,
		  { "a", "b" } },
		{ "RUN <<E\n#!/usr/bin/env bash\n[[ -n x ]] && a\nE",
		  DF_RUN_FILE,
		  true,
		  { "a" } },
		{ "RUN <<E\n#!/usr/bin/python\nimport a\nE",
		  DF_RUN_FILE,
		  false,
		  { NULL } },
		{ "RUN cat <<E && b\n$(c)\nE",
		  DF_RUN_SHELL,
		  true,
		  { "cat <<E", "b", "c" } },
		{ "RUN x=(1 2) && a", DF_RUN_SHELL, true, { "x=(1 2)", "a" } },
		{ "SHELL [\"/bin/bash\", \"-c\"]\nRUN [[ x ]] && a",
		  DF_RUN_SHELL,
		  true,
		  { "a" } },
		{ "SHELL [\"powershell\", \"-c\"]\nRUN a",
		  DF_RUN_SHELL,
		  false,
		  { NULL } },
		{ "ONBUILD RUN a \\\n && b", DF_RUN_SHELL, true, { "a", "b" } },
		{ "RUN a \\\r\n && b\r\n", DF_RUN_SHELL, true, { "a", "b" } },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		struct df_run run;
		scoped(dockerfile_done) struct dockerfile df;
		scoped(arena_done) struct arena a = { 0 };
		assert_ok(
			dockerfile_parse(str_of(rows[i].text), NULL, &df, &err),
			&err);
		const struct df_instr *in = df.instrs[df.n_instrs - 1];
		const struct df_instr *shell =
			df.n_instrs > 1 ? df.instrs[0] : NULL;
		in = in->inner ? in->inner : in;
		assert_ok(dockerfile_run_read(&df, in, shell, &a, &run, &err),
			  &err);
		assert_int_equal(run.form, rows[i].form);
		assert_int_equal(run.sh.readable, rows[i].readable);
		size_t n = 0;
		for (; n < 4 && rows[i].commands[n]; n++) {
			struct span at = dockerfile_run_span(
				&run, run.sh.commands[n]->at);
			if (!str_eqz(span_str(df.text, at),
				     rows[i].commands[n]))
				fail_msg("%s: %.*s", rows[i].text,
					 STR_ARG(span_str(df.text, at)));
		}
		assert_int_equal(run.sh.n_commands, n);
	}
}

TESTS_MAIN(unit(run, commands))
