/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/script_values.h"

#include "base/test.h"
#include "lint/internal.h"
#include "lint/table.h"

/* Arguments of the command `use`, in brackets, "?" behind those that are not
 * known. Several uses stand behind each other. */
static void assert_uses(const char *text, const char *want)
{
	scoped(lint_close) struct lint_job *job = NULL;
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	struct err err = { 0 };
	struct lint_input in = { .path = STR("Dockerfile"),
				 .text = str_of(text),
				 .rules = &lint_all_rules };
	assert_ok(lint_open(&in, &job, &err), &err);
	const struct lint_file *f = lint_job_file(job);
	for (size_t i = 0; i < f->n_runs; i++)
		for (size_t k = 0; k < f->runs[i].n_commands; k++) {
			const struct lint_command *c = &f->runs[i].commands[k];
			for (size_t j = 0;
			     str_eqz(c->base, "use") && j < c->n_args; j++)
				assert_ok(buf_addf(&b, &err, "[%.*s]%s",
						   STR_ARG(c->args[j].text),
						   c->args[j].known ? "" : "?"),
					  &err);
		}
	if (strcmp(buf_cstr(&b), want) != 0)
		fail_msg("%s\ngot  %s\nwant %s", text, b.p, want);
}

#define RUN(script) "FROM a\nARG A=1 B=\"x y\" E= U\nENV N=$A.0\nRUN " script

TEST(script_values, of_the_file)
{
	static const struct {
		const char *script, *want;
	} rows[] = {
		{ RUN("use $A ${A} \"$A\" '$A' \\$A"), "[1][1][1][$A][$A]" },
		{ RUN("use -v$A-$N"), "[-v1-1.0]" },
		/* Split at blanks, but not in quotes. */
		{ RUN("use $B \"$B\" -$B-"), "[x][y][x y][-x][y-]" },
		/* An empty one is no word, unless it is quoted. */
		{ RUN("use $E a \"$E\" b$E"), "[a][][b]" },
		{ RUN("$E use a"), "[a]" },
		{ "FROM a\nENV C=\"use -x\"\nRUN $C y", "[-x][y]" },
		/* What nobody knows stays as it is. */
		{ RUN("use $U ${A%.*} $(x) $Z$A"),
		  "[$U]?[${A%.*}]?[$(x)]?[$Z1]?" },
		{ RUN("use ${A:-2} ${U:-2} ${E:-2} ${E-2}"),
		  "[1][${U:-2}]?[${E:-2}]?[${E-2}]?" },
		{ RUN("use $1 $@ $?"), "[$1]?[$@]?[$?]?" },
		/* No shell, no values. */
		{ "FROM a\nARG A=1\nRUN [\"use\", \"$A\"]", "[$A]" },
		{ "FROM a\nRUN use $A\nARG A=1", "[$A]?" },
		{ "ARG A=1\nFROM a\nRUN use $A", "[$A]?" },
		{ "ARG A=1\nFROM a\nARG A\nRUN use $A", "[1]" },
		{ "FROM a AS b\nENV A=1\nFROM b\nRUN use $A", "[1]" },
		/* A trigger is run without this build's arguments. */
		{ "FROM a\nARG A=1\nENV B=2\nONBUILD RUN use $A $B",
		  "[$A]?[2]" },
		{ "FROM a\nONBUILD RUN use $B\nENV B=2", "[2]" },
		{ "FROM a\nENV B=1\nONBUILD ARG A=x\nONBUILD ENV B=$A$B\n"
		  "ONBUILD RUN use $A $B\nRUN use $A $B",
		  "[x][x1][$A]?[1]" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_uses(rows[i].script, rows[i].want);
}

TEST(script_values, of_the_script)
{
	static const struct {
		const char *script, *want;
	} rows[] = {
		{ RUN("P=a; use $P"), "[a]" },
		{ RUN("P='a b'; use $P \"$P\""), "[a][b][a b]" },
		{ RUN("P=a && use $P"), "[a]" },
		{ RUN("x && P=a && use $P"), "[a]" },
		{ RUN("A=2; use $A"), "[2]" },
		{ RUN("use $A; A=2; use $A"), "[1][2]" },
		{ RUN("P=$A.$A; Q=\"$P-$B\"; use \"$Q\""), "[1.1-x y]" },
		{ RUN("export P=a; use $P"), "[a]" },
		{ RUN("P=a; export P; use $P"), "[a]" },
		{ RUN("{ P=a; }; use $P"), "[a]" },
		{ RUN("P=a; x $(use $P)"), "[a]" },
		{ RUN("P=a; (use $P)"), "[a]" },
		{ RUN("P=a; if x; then use $P; fi"), "[a]" },
		{ RUN("if x; then P=a; use $P; fi"), "[a]" },
		{ RUN("while x; do P=a; use $P; done"), "[a]" },
		{ RUN("P=a use $P"), "[$P]?" },
		/* Branches, loops, subshells, pipes. */
		{ RUN("if x; then P=a; fi; use $P"), "[$P]?" },
		{ RUN("if x; then A=a; else use $A; fi"), "[$A]?" },
		{ RUN("x && P=a; use $P"), "[$P]?" },
		{ RUN("x || A=a; use $A"), "[$A]?" },
		{ RUN("(P=a); use $P"), "[$P]?" },
		{ RUN("P=a | x; use $P"), "[$P]?" },
		{ RUN("P=a & use $P"), "[$P]?" },
		{ RUN("for A in x y; do use $A; done"), "[$A]?" },
		{ RUN("for A in x y; do z; done; use $A"), "[$A]?" },
		{ RUN("while use $A; do A=2; done"), "[$A]?" },
		{ RUN("case $A in 1) P=a;; 2) P=b;; esac; use $P"), "[$P]?" },
		{ RUN("f() { A=2; }; f; use $A"), "[$A]?" },
		{ RUN("f() { use $A; }; A=2; f"), "[$A]?" },
		/* Values from elsewhere. */
		{ RUN("A=$(x); use $A"), "[$A]?" },
		{ RUN("A=`x`; use $A"), "[$A]?" },
		{ RUN("read A; use $A"), "[$A]?" },
		{ RUN("unset A; use $A"), "[$A]?" },
		{ RUN(". /etc/os-release; use $A"), "[$A]?" },
		{ RUN("eval x; use $A"), "[$A]?" },
		{ RUN("A=$A.1; use $A"), "[1.1]" },
		{ RUN("A=$U; use $A"), "[$A]?" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_uses(rows[i].script, rows[i].want);
}

/* A value of 512 KiB in 4,000 places: the first are put in, the others stay as
 * they are written. */
TEST(script_values, have_a_ceiling)
{
	scoped(buf_done) struct buf b = BUF_INIT(8 << 20);
	scoped(lint_close) struct lint_job *job = NULL;
	struct err err = { 0 };
	assert_ok(buf_addf(&b, &err, "FROM a\nENV V=%01024d\n", 1), &err);
	for (int i = 0; i < 9; i++)
		assert_ok(buf_addf(&b, &err, "ENV V=$V$V\n"), &err);
	for (int i = 0; i < 4000; i++)
		assert_ok(buf_addf(&b, &err, "RUN use $V\n"), &err);
	struct lint_input in = { .path = STR("Dockerfile"),
				 .text = buf_str(&b),
				 .rules = &lint_all_rules };
	assert_ok(lint_open(&in, &job, &err), &err);
	const struct lint_file *f = lint_job_file(job);
	assert_int_equal(f->runs[0].commands[0].args[0].text.n, 512 << 10);
	assert_true(f->runs[0].commands[0].args[0].known);
	assert_true(str_eqz(f->runs[3999].commands[0].args[0].text, "$V"));
}

TESTS_MAIN(unit(script_values, of_the_file), unit(script_values, of_the_script),
	   unit(script_values, have_a_ceiling))
