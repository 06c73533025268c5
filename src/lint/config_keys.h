/* SPDX-License-Identifier: Apache-2.0 */
/* lint/config_keys.h - one reading of a configuration file. */
#pragma once
#include "lint/config.h"

struct yaml_node;

struct config_reader {
	struct lint_config *out;
	bool own;
	struct str *select, *ignore; /* of out->choice, while they grow */
	struct err *err;
};

/* config_bases.c: facts of images by their names. */
must_check int config_read_bases(struct config_reader *r, const char *key,
				 const struct yaml_node *v);
