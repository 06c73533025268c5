/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/diff.h"

#include "analyze/verify.h"

const char *const analyze_change_name[] = {
	[CHANGE_ADDED] = "added",
	[CHANGE_REMOVED] = "removed",
	[CHANGE_CHANGED] = "changed",
};

/* tree_compare tells one difference a field, those of a path one after the
 * other. They are gathered in `pending` until another path, a difference of the
 * configs, or the end comes:
 *
 *   "b" mode, "b" content, "c" presence    b changed (mode, content); c removed
 */
struct diffing {
	const struct diff_sink *to;
	struct diff_counts counts;
	struct buf path;
	struct file_change pending;
	bool has_pending;
};

static void diffing_done(struct diffing *d)
{
	buf_done(&d->path);
}

static int flush(struct diffing *d, struct err *err)
{
	if (!d->has_pending)
		return 0;
	d->has_pending = false;
	d->pending.path = buf_str(&d->path);
	d->counts.files[d->pending.change]++;
	return d->to->file(d->to->self, &d->pending, err);
}

static enum tree_field field_of(const char *name)
{
	enum tree_field f = 0;
	while (f < FIELDS - 1 && strcmp(tree_field_name[f], name) != 0)
		f++;
	return f;
}

static int take_file(struct diffing *d, const struct tree_difference *t,
		     struct err *err)
{
	enum tree_field f = field_of(t->field);
	bool same = d->has_pending && str_eq(buf_str(&d->path), t->path);
	if (!same) {
		if (flush(d, err) < 0)
			return -1;
		buf_reset(&d->path);
		if (buf_str_add(&d->path, t->path, err) < 0)
			return -1;
		d->pending = (struct file_change){ .change = CHANGE_CHANGED };
		d->has_pending = true;
	}
	if (f == FIELD_PRESENCE)
		d->pending.change =
			str_eqz(t->a, "absent") ? CHANGE_ADDED : CHANGE_REMOVED;
	else
		d->pending.fields |= 1u << f;
	return 0;
}

static int take_any(void *self, const struct tree_difference *t,
		    struct err *err)
{
	struct diffing *d = self;
	struct str field = str_of(t->field);
	if (!str_starts(field, STR("config:")))
		return take_file(d, t, err);
	if (flush(d, err) < 0)
		return -1;
	d->counts.config++;
	return d->to->config(d->to->self, str_from(field, 7), t->a, t->b, err);
}

int analyze_diff(const struct loaded_image *a, const struct loaded_image *b,
		 const struct diff_sink *to, struct diff_counts *out,
		 struct err *err)
{
	scoped(diffing_done) struct diffing d = {
		.to = to,
		.path = BUF_INIT(1 << 20),
	};
	uint64_t n;
	if (analyze_verify(a, b, 0, false, take_any, &d, &n, err) < 0 ||
	    flush(&d, err) < 0)
		return -1;
	*out = d.counts;
	return 0;
}
