/* SPDX-License-Identifier: Apache-2.0 */
/* oci/history.h - what the history of a config tells of its layers.
 *
 * Each entry stands for an instruction; those without "empty_layer" made a
 * layer each, in the order of rootfs.diff_ids. Nothing forces that: a history
 * may be absent, short or out of step, and is then no guide. */
#pragma once
#include "oci/config.h"

/* How many layers the entries before entry i made; i n_history: all that the
 * history tells of. */
size_t oci_history_layers(const struct oci_config *c, size_t i);

/* Does it tell of exactly the layers that there are? */
bool oci_history_in_step(const struct oci_config *c);

/* The history entry that made a layer, or NULL when the history is absent,
 * short or out of step. */
const struct oci_history *oci_history_of(const struct oci_config *c,
					 size_t layer);

/* An instruction as a Dockerfile has it, from both forms that engines note:
 * BuildKit's "CMD [..]" as it is, and of the classic builder's
 * "/bin/sh -c #(nop)  CMD [..]" what follows the mark. "/bin/sh -c x" is the
 * classic form of RUN x and stays. No blanks in front; borrows. */
struct str oci_history_instruction(const struct oci_history *h);
