/* SPDX-License-Identifier: Apache-2.0 */
/* One finding an instruction: the builder stops at the first fault, and those
 * behind it are often the same one seen again. */
#include <stdio.h>

#include "lint/builder/builder.h"

int lint_refuse(struct refusal *r, struct span at, const char *fmt, ...)
{
	char text[1024];
	va_list ap;
	if (r->told || (r->in && r->in->bad))
		return 0;
	r->told = true;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return lint_tell(r->job, &rule_syntax, at, str_of(text), r->err);
}
