/* SPDX-License-Identifier: Apache-2.0 */
/* json/check.h - what jansson is spared, and what it lets pass. */
#pragma once
#include "base/limits.h"
#include "base/str.h"

/* A value takes jansson up to 250 bytes and a text 3: without a ceiling a
 * document within its size limit costs some hundred MiB. An index of 10,000
 * manifests with platforms and annotations has about 250,000 values. */
enum { JSON_VALUES_MAX = 500000 };

/* Nesting and number of values, before jansson recurses or allocates. *depth
 * is the nesting found. Any bytes. */
must_check int json_check_shape(struct str text, const struct limits *lim,
				size_t *depth, struct err *err);
/* ERR_CORRUPT when two keys of one object differ in case alone. Only for
 * texts that jansson accepted; depth is from json_check_shape. */
must_check int json_check_twins(struct str text, size_t depth, struct err *err);
