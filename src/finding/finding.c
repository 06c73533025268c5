/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/finding.h"

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
