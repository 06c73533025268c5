/* SPDX-License-Identifier: Apache-2.0 */
/* Waste that a COPY of the whole context takes along: traces of the catalogue
 * that lint names (heavy), at the root of the context, as far as the ignore
 * file lets them through. pare context looks everywhere and by name; here a few
 * places are enough to say that the ignore file is weak. */
#include "lint/rules/copy/broad_copy.h"

#include <stdio.h>

#include "catalog/catalog.h"
#include "dockerfile/access.h"
#include "lint/facts/words.h"
#include "lint/rules/copy/context_source.h"

bool lint_copies_context(const struct df_instr *in)
{
	size_t n;
	const struct df_word *w = dockerfile_copy_sources(in, &n);
	if (dockerfile_flag(in, "from"))
		return false;
	for (size_t i = 0; i < n; i++)
		if (str_eqz(w[i].text, ".") || str_eqz(w[i].text, "./") ||
		    str_eqz(w[i].text, "/"))
			return true;
	return false;
}

static int add_name(struct waste *w, const char *name, uint64_t bytes,
		    struct err *err)
{
	return buf_addf(&w->names, err, "%s%s (%.1f MB)",
			w->names.n ? ", " : "", name, (double)bytes / 1e6);
}

/* The trace lies at the root of the context, and so does what tells that it is
 * one: 1, with *sent what goes to the builder; 0; -1. */
static int look(const struct lint_file *f, const struct catalog_trace *trace,
		struct sent *sent, struct err *err)
{
	char inside[64];
	struct str word;
	int r = lint_context_source_look(f, str_of(trace->name), sent, err);
	if (r > 0 && trace->inside) {
		snprintf(inside, sizeof inside, "%s/%s", trace->name,
			 trace->inside);
		r = lint_context_source_has(f, str_of(inside), err);
	}
	if (r <= 0 || !trace->beside)
		return r;
	for (const char *list = trace->beside; lint_word_next(&list, &word);)
		if ((r = lint_context_source_has(f, word, err)) != 0)
			return r;
	return 0;
}

/* The trace that lint names in this place; NULL at the end. */
static const struct catalog_trace *named_at(uint8_t place)
{
	struct catalog_at at = { 0 };
	const struct catalog_trace *t;
	while ((t = catalog_next_trace(&at)))
		if (t->heavy == place)
			return t;
	return NULL;
}

int lint_context_waste(const struct lint_file *f, struct waste *out,
		       struct err *err)
{
	const struct catalog_trace *t;
	for (uint8_t i = 1; (t = named_at(i)); i++) {
		struct sent sent;
		int r = look(f, t, &sent, err);
		if (r < 0)
			return -1;
		if (r == 0 || sent.files == 0)
			continue;
		if (add_name(out, t->name, sent.bytes, err) < 0)
			return -1;
		out->bytes += sent.bytes;
		out->n++;
	}
	return 0;
}
