/* SPDX-License-Identifier: Apache-2.0 */
#include "context/files/builder_view.h"

#include <stdlib.h>

/* BuildKit creates a directory that is excluded when something below it is
 * re-included, since it has to stand somewhere: "a", "!a/b" leaves a and a/b.
 * So what is present below makes its directory present. The root always is. */
int context_view_init(struct context_view *w, const struct context_tree *t,
		      const struct context_verdict *v, int rootfd,
		      struct err *err)
{
	*w = (struct context_view){ .t = t, .v = v, .rootfd = rootfd };
	w->sent = calloc(t->n, sizeof *w->sent);
	w->present = calloc(t->n, sizeof *w->present);
	w->marks = calloc(t->n, sizeof *w->marks);
	w->reached_by = calloc(t->n, sizeof *w->reached_by);
	w->counted_by = calloc(t->n, sizeof *w->counted_by);
	if (!w->sent || !w->present || !w->marks || !w->reached_by ||
	    !w->counted_by)
		return err_nomem(err, t->n * sizeof *w->reached_by);
	/* Backwards, so that a directory has the sums of all its children by
	 * the time it is added to its own parent. */
	w->present[CONTEXT_ROOT] = true;
	for (uint32_t i = (uint32_t)t->n; i-- > 1;) {
		w->sent[i] += context_is_sent(t, v, i);
		w->sent[t->entries[i].parent] += w->sent[i];
		w->present[i] |=
			!v[i].excluded && t->entries[i].type != CONTEXT_SOCKET;
		w->present[t->entries[i].parent] |= w->present[i];
	}
	return 0;
}

void context_view_done(struct context_view *w)
{
	free(w->sent);
	free(w->present);
	free(w->marks);
	free(w->reached_by);
	free(w->counted_by);
	*w = (struct context_view){ 0 };
}
