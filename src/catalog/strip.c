/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"

/* Programs that rewrite a program in place. */
const struct catalog_tool catalog_strip = {
	.name = "strip",
	.programs = "strip eu-strip llvm-strip upx",
	.options = "-F -I -K -N -O -R -f -o --input-target --keep-symbol "
		   "--output-target --remove-section --strip-symbol --target",
};
