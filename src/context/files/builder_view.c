/* SPDX-License-Identifier: Apache-2.0 */
#include "context/files/builder_view.h"

#include <stdlib.h>

int context_view_init(struct context_view *w, const struct context_tree *t,
		      const struct context_verdict *v, int rootfd,
		      struct err *err)
{
	*w = (struct context_view){ .t = t, .v = v, .rootfd = rootfd };
	w->sent = calloc(t->n, sizeof *w->sent);
	w->stands = calloc(t->n, sizeof *w->stands);
	w->marks = calloc(t->n, sizeof *w->marks);
	w->stamp = calloc(t->n, sizeof *w->stamp);
	w->counted = calloc(t->n, sizeof *w->counted);
	if (!w->sent || !w->stands || !w->marks || !w->stamp || !w->counted)
		return err_nomem(err, t->n * sizeof *w->stamp);
	w->stands[CONTEXT_ROOT] = true;
	for (uint32_t i = (uint32_t)t->n; i-- > 1;) {
		w->sent[i] += context_is_sent(t, v, i);
		w->sent[t->entries[i].parent] += w->sent[i];
		w->stands[i] |=
			!v[i].excluded && t->entries[i].type != CONTEXT_SOCKET;
		w->stands[t->entries[i].parent] |= w->stands[i];
	}
	return 0;
}

void context_view_done(struct context_view *w)
{
	free(w->sent);
	free(w->stands);
	free(w->marks);
	free(w->stamp);
	free(w->counted);
	*w = (struct context_view){ 0 };
}
