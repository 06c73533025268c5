/* SPDX-License-Identifier: Apache-2.0 */
/* What the instructions that ship store, in the order of the file, made once
 * and remembered for all rules that ask (lint_memo). */
#include "lint/rules/layer/layer_writes.h"

#include "dockerfile/access.h"
#include "lint/facts/image_path.h"
#include "lint/rules/copy/context_source.h"
#include "lint/rule.h"

int lint_stored_read(const struct lint_file *f, struct stored_list *out,
		     struct err *err)
{
	struct lint_memo *memo = f->memo;
	if (memo->has_stored) {
		*out = (struct stored_list){ .v = (void *)memo->stored,
					     .n = memo->n_stored };
		return 0;
	}
	for (size_t i = 0; i < f->df->n_instrs; i++) {
		const struct df_instr *in = f->df->instrs[i];
		if (in->bad || !lint_ships(f, in))
			continue;
		if ((in->kind & (DF_COPY | DF_ADD)) &&
		    lint_stored_read_copy(f, in, out, err) < 0)
			return -1;
		const struct lint_run *run =
			in->kind == DF_RUN ? lint_run_of(f, in) : NULL;
		if (run && lint_stored_read_run(f, run, out, err) < 0)
			return -1;
	}
	memo->stored = out->v;
	memo->n_stored = out->n;
	memo->has_stored = true;
	return 0;
}

int lint_stored_path(const struct lint_file *f, const struct stored *s,
		     struct str place, struct str *out, struct err *err)
{
	if (s->how != STORED_COPY || dockerfile_flag(s->in, "from"))
		return 0;
	*out = s->source;
	if (!lint_stored_holds(s, place) || str_eq(place, s->other))
		return 1;
	size_t root = s->place.n == 1 ? 1 : s->place.n + 1;
	return lint_place_join(f, s->source, str_from(place, root), out, err) <
			       0
		       ? -1
		       : 1;
}

/* Counted in an image where one was given, else the size of the source in the
 * context, else not known: no figure is better than a wrong one. */
int lint_stored_weigh(const struct lint_file *f, struct finding *to,
		      const struct stored *s, struct str place,
		      enum stored_bytes how, struct err *err)
{
	const struct lint_measured *m = lint_measured_at(f, s->in->at.at);
	bool dead = how == STORED_DEAD;
	uint64_t bytes = 0;
	if (m && m->known) {
		/* A pattern names no one place: then it is the whole layer. */
		if (lint_place_has_glob(place) ||
		    !lint_measured_below(m, place, dead, &bytes))
			bytes = dead ? m->dead : m->stored;
		lint_finding_bytes(to, bytes, BYTES_MEASURED);
		return 0;
	}
	struct sent sent = { 0 };
	struct str path;
	int r = lint_stored_path(f, s, place, &path, err);
	if (r > 0)
		r = lint_context_source_look(f, path, &sent, err);
	if (r > 0 && sent.bytes)
		lint_finding_bytes(to, sent.bytes, BYTES_ESTIMATE);
	return r < 0 ? -1 : 0;
}
