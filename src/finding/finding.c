/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/finding.h"

#include "base/checked.h"

const char *const finding_severity_name[] = {
	[SEV_ERROR] = "error",
	[SEV_WARN] = "warning",
	[SEV_INFO] = "info",
	[SEV_STYLE] = "style",
};

const char *finding_fix_name(const struct finding *f)
{
	static const char *const names[] = {
		[FIX_SAFE] = "safe",
		[FIX_UNSAFE] = "unsafe",
	};
	return f->fix ? names[f->fix->safety] : NULL;
}

const char *finding_bytes_name(const struct finding *f)
{
	static const char *const names[] = {
		[BYTES_UNKNOWN] = NULL,
		[BYTES_ESTIMATE] = "estimate",
		[BYTES_MEASURED] = "measured",
	};
	return names[f->bytes_source];
}

const char *finding_alias(const struct finding *f)
{
	return f->sole ? NULL : f->alias;
}

uint64_t finding_cost(const struct finding *f)
{
	return f->bytes_source == BYTES_UNKNOWN ? 0 : f->bytes;
}

uint64_t finding_list_cost(const struct finding_list *l)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < l->n; i++)
		if (ckd_add(&sum, sum, finding_cost(&l->findings[i])))
			return UINT64_MAX;
	return sum;
}
