/* SPDX-License-Identifier: Apache-2.0 */
/* work/lint_image.h - what images tell a linter: facts of a base, the bytes of
 * each instruction. */
#pragma once
#include "work/session.h"
#include "lint/lint.h"

/* Facts of the image named by --base-image; *out lives in the arena. */
must_check int work_lint_base_read(struct work_session *s, const char *name,
				   struct arena *a,
				   const struct lint_base **out,
				   struct err *err);

/* The image of --image. Its instructions are found in the file when the last
 * ones of the stage are those of the image's history. */
struct lint_image;
must_check int work_lint_image_open(struct work_session *s, const char *name,
				    struct lint_image **out, struct err *err);
const struct lint_measurer *work_lint_image_measurer(
	const struct lint_image *image);
void work_lint_image_close(struct lint_image **image);
