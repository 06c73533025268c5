/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a file of an image: bytecode, zip, tar, compressed. What has an
 * fingerprint has the same one again. */
#include <stdlib.h>

#include "analyze/fingerprint.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct limits lim = limits_default;
	struct err err = { 0 };
	struct fingerprint one, two;
	struct str s = { (const char *)data, size };
	lim.layer_max = 1 << 20;
	lim.window_max = 1 << 20;
	int r = analyze_fingerprint(s, &lim, &one, &err);
	if (r < 0 && err.code != ERR_NOMEM)
		abort();
	if (r > 0 && (analyze_fingerprint(s, &lim, &two, &err) != 1 ||
		      !analyze_same_fingerprint(&one, &two)))
		abort();
	return 0;
}
