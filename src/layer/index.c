/* SPDX-License-Identifier: Apache-2.0 */
/* An index is a list of pieces of about 1 MiB of coded records. One array would
 * be copied each time that it grows, and a reader that eats the index
 * (layer_index_begin_last) frees each piece once it is read: the tree that is
 * built from it grows while the index shrinks. */
#include "layer/index.h"

void layer_index_done(struct layer_index *ix)
{
	layer_record_list_done(&ix->records);
	codec_marks_done(&ix->marks);
	*ix = (struct layer_index){ 0 };
}

int layer_index_add(struct layer_index *ix, struct record_state *state,
		    const struct index_record *r, struct err *err)
{
	struct buf *to;
	if (layer_record_list_end(&ix->records, &to, err) < 0 ||
	    layer_record_put(to, r, state, err) < 0)
		return -1;
	ix->n_records++;
	return 0;
}

void layer_index_begin(const struct layer_index *ix, struct index_iter *it)
{
	*it = (struct index_iter){ .ix = ix, .state = RECORD_STATE_INIT };
}

void layer_index_begin_last(struct layer_index *ix, struct index_iter *it)
{
	layer_index_begin(ix, it);
	it->eaten = ix;
}

void layer_index_iter_done(struct index_iter *it)
{
	layer_record_state_done(&it->state);
}

int layer_index_next(struct index_iter *it, struct index_record *out,
		     struct err *err)
{
	const struct record_list *l = &it->ix->records;
	while (it->in.p == it->in.end) {
		if (it->eaten && it->next)
			buf_done(&it->eaten->records.pieces[it->next - 1]);
		if (it->next == l->n)
			return 0;
		it->in = cur_of(l->pieces[it->next].p, l->pieces[it->next].n);
		it->next++;
	}
	return layer_record_get(&it->in, &it->state, out, err) < 0 ? -1 : 1;
}
