/* SPDX-License-Identifier: Apache-2.0 */
/* cli/style.h - how a report on images is written to a descriptor. */
#pragma once
#include "cli/option.h"
#include "report/report.h"

/* Colours, width and how much is told. */
struct text_style cli_style_for(const struct common *c, int fd);
