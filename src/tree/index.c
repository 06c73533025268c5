/* SPDX-License-Identifier: Apache-2.0 */
#include "tree/index.h"

void layer_index_done(struct layer_index *ix)
{
	buf_done(&ix->records);
	codec_marks_done(&ix->marks);
	*ix = (struct layer_index){ 0 };
}

void index_begin(const struct layer_index *ix, struct index_iter *it)
{
	*it = (struct index_iter){
		.ix = ix,
		.in = cur_of(ix->records.p, ix->records.n),
		.state = RECORD_STATE_INIT,
	};
}

void index_iter_done(struct index_iter *it)
{
	record_state_done(&it->state);
}

int index_next(struct index_iter *it, struct index_record *out, struct err *err)
{
	if (it->in.p == it->in.end)
		return 0;
	return record_get(&it->in, &it->state, out, err) < 0 ? -1 : 1;
}
