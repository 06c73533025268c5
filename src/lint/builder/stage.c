/* SPDX-License-Identifier: Apache-2.0 */
/* FROM and what --from= names: a stage, or an image.
 *
 * The two look for stages differently, and people trip over it: FROM compares
 * its words with names that were made lower case, letter by letter, among the
 * stages above; --from= takes any case, and all stages, of which only those
 * above may be used. */
#include "base/chars.h"
#include "dockerfile/access.h"
#include "lint/builder/builder.h"
#include "lint/rules/base_image/image_name.h"

static int refuse_platform(struct refusal *r)
{
	const struct df_flag *f = dockerfile_flag(r->in, "platform");
	struct value v;
	if (!f || f->text.n == 0)
		return 0;
	int read = lint_refusal_value(r, f->text, (struct origin){ .flag = f },
				      &v);
	if (read <= 0 || !v.known || (v.text.n == 0 && v.asked))
		return read < 0 ? -1 : 0;
	if (v.text.n == 0)
		return lint_refuse(
			r, f->value,
			"--platform=%s is empty, and the builder needs "
			"one: write OS/ARCHITECTURE, or leave the flag "
			"out",
			str_quoted(f->text).text);
	const char *why = lint_platform_fault(v.text);
	if (!why)
		return 0;
	return lint_refuse(r, f->value,
			   "the builder cannot read the platform %s: %s; write "
			   "OS/ARCHITECTURE[/VARIANT], say linux/arm64",
			   str_quoted(v.text).text, why);
}

/* A stage of the name but for its letters' case, among the first n. */
static const struct df_stage *same_but_case(const struct df_graph *g,
					    uint32_t n, struct str name)
{
	uint32_t i = dockerfile_graph_find(g, n, name, true);
	return i == DF_NO_STAGE ? NULL : &g->stages[i];
}

static int refuse_image(struct refusal *r, struct str image, struct span at)
{
	const char *why = lint_image_name_fault(image);
	if (!why)
		return 0;
	return lint_refuse(r, at, "%s is no image that the builder takes: %s",
			   str_quoted(image).text, why);
}

int lint_refuse_from(struct refusal *r)
{
	const struct df_stage *s = &r->f->graph->stages[r->stage];
	const struct df_word *w = dockerfile_from_image(r->in);
	struct value v;
	if (!w)
		return 0;
	int read = lint_refusal_value(r, w->text, (struct origin){ .word = w },
				      &v);
	if (read <= 0)
		return read;
	if (refuse_platform(r) < 0)
		return -1;
	if (!v.known || s->base != DF_NO_STAGE || str_eqz(v.text, "scratch"))
		return 0;
	/* FROM image:$TAG with `ARG TAG=` asks for an argument. */
	if (v.asked)
		return 0;
	if (v.text.n == 0)
		return lint_refuse(
			r, w->at,
			"FROM %s is empty, so there is no image to build "
			"on; name one, or declare the variable with ARG "
			"above the first FROM",
			str_quoted(w->text).text);
	const struct df_stage *meant =
		same_but_case(r->f->graph, s->index, v.text);
	if (meant && lint_image_name_fault(v.text))
		return lint_refuse(
			r, w->at,
			"FROM %s finds no stage, since the builder keeps "
			"their names in lower case, and no image may be "
			"called so; write %s",
			str_quoted(v.text).text, str_quoted(meant->name).text);
	return refuse_image(r, v.text, w->at);
}

/* A number as Go's Atoi takes it: a sign, digits. */
static bool is_index(struct str s, uint64_t *v)
{
	bool minus = s.n && s.p[0] == '-';
	bool sign = minus || (s.n && s.p[0] == '+');
	if (!str_to_u64(str_from(s, sign), v) || *v > INT64_MAX)
		return false;
	if (minus && *v)
		*v = UINT64_MAX;
	return true;
}

static int refuse_index(struct refusal *r, uint64_t index, struct str name,
			struct span at)
{
	if (index < r->stage ||
	    (index >= r->f->graph->n && index < r->n_states))
		return 0;
	if (index == r->stage)
		return lint_refuse(
			r, at,
			"--from=%s is the stage that this line stands "
			"in, and a stage cannot copy from itself; leave "
			"--from out for the build context",
			str_quoted(name).text);
	if (index < r->f->graph->n)
		return lint_refuse(
			r, at,
			"--from=%s is a stage further down, which is not "
			"built yet; move it above this one",
			str_quoted(name).text);
	return lint_refuse(
		r, at,
		"there is no stage number %s: the file has %u, counted "
		"from 0",
		str_quoted(name).text, r->f->graph->n);
}

int lint_refuse_stage(struct refusal *r, struct str name, struct span at,
		      bool index)
{
	uint64_t number;
	/* Lines of a template, and with them stages, may not be there. */
	if (r->is_template)
		return 0;
	if (index && is_index(name, &number))
		return refuse_index(r, number, name, at);
	const struct df_stage *s =
		same_but_case(r->f->graph, r->f->graph->n, name);
	if (s && s->index == r->stage)
		return lint_refuse(
			r, at,
			"%s is the stage that this line stands in, and a "
			"stage cannot take files from itself",
			str_quoted(name).text);
	if (s && s->index > r->stage)
		return lint_refuse(
			r, at,
			"the stage %s stands further down and is not "
			"built yet; move it above this one",
			str_quoted(name).text);
	if (s)
		return 0;
	/* What is no stage is one more thing that a number can mean. */
	r->n_states++;
	return str_eqz(name, "scratch") ? 0 : refuse_image(r, name, at);
}
