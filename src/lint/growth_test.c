/* SPDX-License-Identifier: Apache-2.0 */
/* No file costs more than its size: of twice as many lines, the comparisons that
 * are made and the memory that is taken are twice as many, whatever the lines
 * are. Calls are counted, since a clock would tell of the machine; what is
 * compared with the newest 512 alone is so at these numbers, too. */
#include "lint/internal.h"
#include "lint/table.h"

#include "base/test.h"

static size_t calls;

int __real_memcmp(const void *a, const void *b, size_t n);
int __wrap_memcmp(const void *a, const void *b, size_t n);
int __wrap_memcmp(const void *a, const void *b, size_t n)
{
	calls++;
	return __real_memcmp(a, b, n);
}

size_t __real_strcspn(const char *s, const char *reject);
size_t __wrap_strcspn(const char *s, const char *reject);
size_t __wrap_strcspn(const char *s, const char *reject)
{
	calls++;
	return __real_strcspn(s, reject);
}

enum { N = 700, PARTS = 3 };

/* Parts one behind the other, each repeated; @ is the number of the round. */
struct shape {
	const char *name, *head, *parts[PARTS], *tail;
};

static void add_part(struct buf *b, const char *part, size_t i)
{
	struct err err = { 0 };
	for (; *part; part++)
		if (*part == '@')
			assert_ok(buf_addf(b, &err, "%zu", i), &err);
		else
			assert_ok(buf_byte(b, *part, &err), &err);
}

struct cost {
	size_t calls, bytes;
};

static struct cost cost_of(const struct shape *s, size_t n)
{
	scoped(buf_done) struct buf b = BUF_INIT(DF_SIZE_MAX);
	scoped(arena_done) struct arena keep = { 0 };
	scoped(lint_close) struct lint_job *job = NULL;
	struct lint_choice all = { .select = &STR("all"), .n_select = 1 };
	struct finding_list list;
	struct err err = { 0 };
	add_part(&b, s->head, 0);
	for (size_t k = 0; k < PARTS && s->parts[k]; k++)
		for (size_t i = 0; i < n; i++)
			add_part(&b, s->parts[k], i);
	add_part(&b, s->tail ? s->tail : "", 0);
	struct lint_input in = { .path = STR("Dockerfile"),
				 .text = buf_str(&b),
				 .rules = &lint_all_rules,
				 .choice = &all };
	calls = 0;
	assert_ok(lint_open(&in, &job, &err), &err);
	size_t bytes = job->arena.total + job->df.arena.total;
	assert_ok(lint_finish(&job, &keep, &list, &err), &err);
	return (struct cost){ calls, bytes + keep.total };
}

static const struct shape shapes[] = {
	{ "apt", "FROM debian\n", { "RUN apt-get install -y a@\n" }, NULL },
	{ "apt and lists",
	  "FROM debian\n",
	  { "RUN apt-get update && apt-get install -y a@=1 && "
	    "rm -rf /var/lib/apt/lists/*\n" },
	  NULL },
	{ "tools", "FROM a\n", { "RUN go build @\n", "RUN npm ci\n" }, NULL },
	{ "removed",
	  "FROM a\n",
	  { "COPY a@ /a/@\n", "RUN rm -rf /a/@\n" },
	  NULL },
	{ "changed",
	  "FROM a\n",
	  { "COPY a@ /a/@\n", "RUN chown -R b /a/@\n" },
	  NULL },
	{ "unpacked",
	  "FROM a\n",
	  { "COPY a@.tar /a@.tar\n", "RUN tar xf /a@.tar\n" },
	  NULL },
	{ "purged",
	  "FROM a\n",
	  { "RUN apt-get install -y a@\n", "RUN apt-get purge -y a@\n" },
	  NULL },
	{ "commands", "FROM a\nRUN a", { " && cd /b && rm c@" }, "\n" },
	{ "assigned", "FROM a\nRUN a", { " && A@=b && rm $A@" }, "\n" },
	{ "pip", "FROM a\nRUN a", { " && pip install b@" }, "\n" },
	{ "pragmas",
	  "FROM a\n",
	  { "# hadolint ignore=DL3008\nRUN apt-get install a@\n" },
	  NULL },
	{ "pragmas of the file",
	  "",
	  { "# pare:ignore-file DL3003 a\n", NULL },
	  "FROM a\nRUN cd b\n" },
	{ "heredocs", "FROM a\n", { "RUN <<EOF\na\nEOF\n" }, NULL },
	{ "arguments",
	  "",
	  { "ARG A@=1\n", "FROM b:$A@\nARG A@\nRUN c $A@\n" },
	  NULL },
	{ "variables",
	  "FROM alpine\n",
	  { "ENV A@=1\n", "COPY $B@ /\n" },
	  NULL },
	{ "one ENV", "FROM a\nENV", { " A@=$B@" }, "\n" },
	{ "labels", "FROM a\n", { "LABEL a@=b\n" }, NULL },
	{ "stages", "", { "FROM a AS b@\nRUN c\n" }, NULL },
	{ "stages of one name", "", { "FROM a AS b\nRUN c\n" }, NULL },
	{ "chained",
	  "FROM a AS b0\n",
	  { "FROM b@ AS c@\nUSER root\nCOPY d e\n" },
	  NULL },
	{ "copied stages",
	  "",
	  { "FROM a AS b@\nRUN c\n", "COPY --from=b@ /c /c@\n" },
	  NULL },
	{ "unknown stages",
	  "",
	  { "FROM a AS b@\nRUN c\n", "COPY --from=d@ /c /c@\n" },
	  NULL },
	{ "a stage's cache",
	  "FROM a AS b\n",
	  { "RUN npm ci\n", "FROM c\nCOPY --from=b /d@ /d@\n" },
	  NULL },
	{ "templates",
	  "FROM a\n",
	  { "{{ if b }}\nRUN c {{ d }}\n{{ end }}\n" },
	  NULL },
	{ "triggers", "FROM a AS b\n", { "ONBUILD RUN c@\n" }, "FROM b\n" },
};

TEST(growth, of_twice_as_much_is_twice_as_dear)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(shapes); i++) {
		struct cost one = cost_of(&shapes[i], N);
		struct cost two = cost_of(&shapes[i], 2 * (size_t)N);
		if (two.calls * 10 > one.calls * 23)
			fail_msg("%s: %zu calls, of twice as many %zu",
				 shapes[i].name, one.calls, two.calls);
		if (two.bytes * 10 > one.bytes * 23)
			fail_msg("%s: %zu bytes, of twice as many %zu",
				 shapes[i].name, one.bytes, two.bytes);
	}
}

TESTS_MAIN(unit(growth, of_twice_as_much_is_twice_as_dear))
