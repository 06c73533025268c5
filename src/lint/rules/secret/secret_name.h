/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/secret/secret_name.h - variables that hold secrets, by their
 * names, and values that are none. */
#pragma once
#include "base/str.h"

/* Each without regard to what the name describes. */
bool secret_name_of_hadolint(struct str key);
bool secret_name_of_buildkit(struct str key);
/* The name is of something about a secret: its file, its length, whether there
 * is one. */
bool secret_name_describes(struct str key);
/* A number, a path, a URL without a password, a switch, a public key's
 * fingerprint. */
bool secret_value_is_harmless(struct str key, struct str value);
