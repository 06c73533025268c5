/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/build_arg.h"

#include <stdlib.h>

static struct df_arg *find(struct build_args *a, struct str name)
{
	for (size_t i = 0; i < a->n; i++)
		if (str_eq(a->v[i].name, name))
			return &a->v[i];
	return NULL;
}

int cli_build_arg_parse(const char *value, void *target, struct err *err)
{
	struct build_args *args = target;
	struct df_arg arg = { .name = str_of(value) };
	bool has_value = str_cut(arg.name, '=', &arg.name, &arg.value);
	if (arg.name.n == 0)
		return err_set(err, ERR_USAGE,
			       "--build-arg takes NAME=VALUE or NAME, not "
			       "\"%s\"",
			       str_quoted(str_of(value)).text);
	struct df_arg *same = find(args, arg.name);
	if (!has_value) {
		const char *env = getenv(value);
		if (!env && same)
			*same = args->v[--args->n];
		if (!env)
			return 0;
		arg.value = str_of(env);
	}
	if (!same && args->n == BUILD_ARGS_MAX)
		return err_set(err, ERR_USAGE,
			       "--build-arg: more than %d names",
			       BUILD_ARGS_MAX);
	*(same ? same : &args->v[args->n++]) = arg;
	return 0;
}
