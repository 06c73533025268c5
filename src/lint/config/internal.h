/* SPDX-License-Identifier: Apache-2.0 */
/* lint/config/internal.h - what the readers of a configuration share. */
#pragma once
#include "lint/config/config.h"

struct yaml_node;
struct yaml_pair;

/* One reading of a file. */
struct config_reader {
	struct lint_config *out;
	const struct lint_table *rules;
	bool own;
	struct str *select, *ignore; /* of out->choice, while they grow */
	struct err *err;
};

/* config_word.c: word is none of those that wants lists, as "a, b or c". */
must_check int lint_config_wrong_word(struct config_reader *r,
				      const struct yaml_node *at,
				      const char *key, const char *wants,
				      struct str word);
/* config_keys.c */
must_check int lint_config_read_key(struct config_reader *r,
				    const struct yaml_pair *p);
/* The key that is called so; ERR_CORRUPT with the nearest. */
must_check int lint_config_find_key(struct config_reader *r,
				    const struct yaml_node *at,
				    enum lint_key *out);
/* config_extends.c */
must_check int lint_config_read_extends(struct config_reader *r,
					const struct yaml_node *v);
must_check int lint_config_read_locked(struct config_reader *r,
				       const struct yaml_node *v);
/* config_bases.c: facts of images by their names. */
must_check int lint_config_read_bases(struct config_reader *r, const char *key,
				      const struct yaml_node *v);

/* config_values.c: keys of the wrong kind are ERR_CORRUPT with their line. */
must_check int lint_config_wrong(struct config_reader *r,
				 const struct yaml_node *at, const char *key,
				 const char *wants);
must_check int lint_config_keep(struct config_reader *r, struct str s,
				struct str *out);
must_check int lint_config_text(struct config_reader *r, const char *key,
				const struct yaml_node *v, struct str *out);
must_check int lint_config_flag(struct config_reader *r, const char *key,
				const struct yaml_node *v, bool *out);
must_check int lint_config_words(struct config_reader *r, const char *key,
				 const struct yaml_node *v, struct str **out,
				 size_t *n);
must_check int lint_config_rules(struct config_reader *r, const char *key,
				 const struct yaml_node *v, struct str **out,
				 size_t *n);
/* config_levels.c */
must_check int lint_config_read_override(struct config_reader *r,
					 const char *key,
					 const struct yaml_node *v);
must_check int lint_config_read_fail(struct config_reader *r, const char *key,
				     const struct yaml_node *v);
must_check int lint_config_read_show(struct config_reader *r, const char *key,
				     const struct yaml_node *v);
must_check int lint_config_read_min_bytes(struct config_reader *r,
					  const char *key,
					  const struct yaml_node *v);
