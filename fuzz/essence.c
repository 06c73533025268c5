/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a file of an image: bytecode, zip, tar, compressed. What has an
 * essence has the same one again. */
#include <stdlib.h>

#include "analyze/essence.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct limits lim = limits_default;
	struct err err = { 0 };
	struct essence one, two;
	struct str s = { (const char *)data, size };
	lim.layer_max = 1 << 20;
	lim.window_max = 1 << 20;
	int r = essence_of(s, &lim, &one, &err);
	if (r < 0 && err.code != ERR_NOMEM)
		abort();
	if (r > 0 &&
	    (essence_of(s, &lim, &two, &err) != 1 || !essence_eq(&one, &two)))
		abort();
	return 0;
}
