/* SPDX-License-Identifier: Apache-2.0 */
/* work/config_pull.h - what configurations extend by URL, fetched.
 *
 * The only place of the linter that asks a network, and only when it is asked
 * to. curl fetches; what comes has to have the sum that the configuration
 * says, and is kept in the cache under it. */
#pragma once
#include <stddef.h>

#include "work/events.h"

struct work_pulled {
	size_t fetched, present; /* URLs */
};

/* where: a configuration, or a directory, whose nearest .pare.yaml it is then.
 * Each URL is a note. ERR_NOT_FOUND: there is no configuration, or no curl;
 * ERR_IO with what curl says; ERR_CORRUPT: another sum. */
must_check int work_config_pull(const char *where,
				const struct work_events *events,
				struct work_pulled *out, struct err *err);
