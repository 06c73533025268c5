/* SPDX-License-Identifier: Apache-2.0 */
/* The programs that an image is started by as its init. */
#include "base/macros.h"
#include "lint/rules/cache/cache.h"
#include "lint/rules/start/entrypoint.h"

bool lint_is_init_name(struct str name)
{
	static const char *const names[] = {
		"tini",	   "dumb-init",	 "dumb_init", "catatonit", "gosu",
		"su-exec", "s6-overlay", "pid1",      "pare-init",
	};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (lint_has_word(name, str_of(names[i])))
			return true;
	return false;
}

/* Supervisors count: they reap what they start and pass signals on. */
bool lint_starts_init(const struct lint_file *f)
{
	return lint_file_starts(
		f, "tini dumb-init catatonit docker-init pare-init "
		   "pid1 my_init s6-svscan s6-overlay-init "
		   "supervisord runsvdir runit init systemd "
		   "yelp-init docker-entrypoint-init multirun "
		   "pm2-runtime supercronic");
}
