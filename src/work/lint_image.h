/* SPDX-License-Identifier: Apache-2.0 */
/* work/lint_image.h - what images tell a linter: facts of a base, the bytes of
 * each instruction. */
#pragma once
#include "work/session.h"
#include "lint/lint.h"
#include "tree/tree.h"

/* An image that stays open while files are looked at. */
struct work_lint_image {
	struct lint_measurer measurer;
	struct lint_seen seen;
	struct source *source;
	const struct image *image;
	struct loaded_image li;
};
must_check int work_lint_image_open(struct work_session *s, const char *name,
				    struct work_lint_image **out,
				    struct err *err);
/* Facts of it as the base of what is built; *out lives in the arena, and needs
 * the image as long. */
must_check int work_lint_base_read(struct work_lint_image *image,
				   struct work_session *s, struct arena *a,
				   const struct lint_base **out,
				   struct err *err);
/* Instructions are found in the file when the last ones of the stage are those
 * of the image's history. */
const struct lint_measurer *work_lint_image_measurer(
	const struct work_lint_image *image);
const struct lint_seen *work_lint_image_seen(
	const struct work_lint_image *image);
void work_lint_image_close(struct work_lint_image **image);
