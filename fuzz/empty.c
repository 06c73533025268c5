/* SPDX-License-Identifier: Apache-2.0 */
/* The empty buffer as most callers have it: no pointer at all. libFuzzer never
 * hands that, so each run begins with it. */
#include "fuzz.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	LLVMFuzzerTestOneInput(NULL, 0);
	return 0;
}
