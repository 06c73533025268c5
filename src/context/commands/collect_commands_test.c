/* SPDX-License-Identifier: Apache-2.0 */
#include "context/commands/collect_commands.h"

#include "base/test.h"

TEST(collect_commands, collect)
{
	struct diag_sink sink = { 0 };
	struct dockerfile df;
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
	assert_ok(dockerfile_parse(STR("FROM x\nRUN --network=none a \\\n b\n"
				       "COPY c d\nONBUILD RUN e\nCMD [\"f\"]\n"
				       "RUN <<X\ng\nX\n"),
				   &sink, &df, &err),
		  &err);
	assert_ok(context_add_commands(&df, &out, &err), &err);
	assert_string_equal(buf_cstr(&out), "a  b\ne\n[\"f\"]\ng\n\n");
	dockerfile_done(&df);
}

TESTS_MAIN(unit(collect_commands, collect))
