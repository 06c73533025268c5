/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/option.h"

const char pare_version[] = PARE_VERSION;
