/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

/* What compiles and keeps nothing that a table could name. */
const struct catalog_tool catalog_compilers = {
	.name = "compilers",
	.programs = "gcc g++ cc c++ clang clang++ ninja configure autoreconf "
		    "node-gyp pecl luarocks docker-php-ext-install phpize "
		    "install-php-extensions",
	.compiles = true,
	.packages =
		"gcc g++ gcc-c++ build-base build-essential base-devel clang "
		"llvm autoconf automake gfortran libtool bison flex nasm "
		"yasm ninja-build",
	.debug =
		&(const struct catalog_debug){
			.programs = "gcc g++ cc c++ clang clang++",
			.given = "-g -ggdb -g3",
			.unless = "-s -c",
			.undone_by = "strip",
			.remedy = "the program keeps debug data; leave -g out, "
				  "or strip it" },
	.toolchain =
		&(const struct catalog_toolchain){ .images = "gcc",
						   .programs =
							   "gcc g++ make cmake",
						   .needs = "gcc make" },
};
