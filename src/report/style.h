/* SPDX-License-Identifier: Apache-2.0 */
/* report/style.h - how a text for people is laid out. */
#pragma once
#include <stdbool.h>

struct text_style {
	bool color;
	bool verbose;	/* lists and paths in full, digests whole */
	unsigned width; /* of tables, in columns; 0: without end */
};
