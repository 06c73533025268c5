/* SPDX-License-Identifier: Apache-2.0 */
/* cli/build_arg.h - what --build-arg means, for every command that has it. */
#pragma once
#include "dockerfile/scope.h"

enum { BUILD_ARGS_MAX = 256 };

/* No name twice. Borrows from argv and the environment. */
struct build_args {
	struct df_arg v[BUILD_ARGS_MAX];
	size_t n;
};

#define BUILD_ARG_HELP                                                    \
	"the value of an ARG; NAME alone takes it from the environment; " \
	"may be repeated, and of one name the last counts"

/* For OPT_PARSED; target is a struct build_args. A name alone that the
 * environment lacks has no value, whatever stood before, as docker has it. */
must_check int cli_build_arg_parse(const char *value, void *target,
				   struct err *err);
