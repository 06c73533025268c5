/* SPDX-License-Identifier: Apache-2.0 */
#include "work/gain.h"

#include "shrink/make_plan.h"
#include "shrink/shrink.h"
#include "work/optimize.h"

/* What is stored once the plan is carried out; where none can be made, what is
 * stored now: analyze tells of the waste all the same. */
static int stored_after(const struct loaded_image *li, uint32_t n_base,
			bool any, uint64_t *stored, struct err *err)
{
	scoped(shrink_plan_done) struct plan plan = { 0 };
	struct shrink_options how = { 0 };
	work_optimize_defaults(&how);
	if (any)
		how.min_gain_bytes = how.min_gain_ppm = 0;
	const struct plan_options opt = shrink_plan_options(&how, n_base);
	if (shrink_make_plan(li, &opt, &plan, err) == 0)
		*stored = plan.after.stored;
	else if (err->code == ERR_NOMEM || err->code == ERR_CANCELLED)
		return -1;
	else
		err_clear(err);
	return 0;
}

int work_gain_of(const struct loaded_image *li, uint32_t n_base,
		 uint64_t stored, struct work_gain *out, struct err *err)
{
	struct work_gain gain = { 0 };
	for (int any = 0; any <= 1 && gain.bytes == 0; any++) {
		uint64_t after = stored;
		if (stored_after(li, n_base, any, &after, err) < 0)
			return -1;
		gain.any = any;
		gain.bytes = stored > after ? stored - after : 0;
	}
	*out = gain;
	return 0;
}
