/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/completion.h"

const char *const completion_transports[] = { "docker-archive:", "oci:",
					      "oci-archive:", NULL };

void cli_completion_words(const char *const *words, FILE *to)
{
	for (size_t i = 0; words[i]; i++)
		fprintf(to, "%s%s", i ? " " : "", words[i]);
}
