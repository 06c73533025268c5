/* SPDX-License-Identifier: Apache-2.0 */
/* smaller FROM TO: all it takes to optimize an image without cli (a test). */
#include <stdio.h>

#include "work/optimize.h"
#include "work/session.h"

int main(int argc, char **argv)
{
	struct err err = { 0 };
	const struct work_options opt = { .limits = &limits_default };
	scoped(work_session_close) struct work_session s = { 0 };
	scoped(source_close) struct source *from = NULL;
	scoped(dest_close) struct dest *to = NULL;
	scoped(work_optimized_done) struct work_optimized out = { 0 };
	struct ref ref;
	work_session_open(&opt, &s);
	if (argc == 3 && work_open_source(&s, argv[1], &from, &err) == 0 &&
	    oci_parse_ref(str_of(argv[2]), &s.arena, &ref, &err) == 0 &&
	    work_open_dest(&s, &ref, &to, &err) == 0 &&
	    work_optimize_run(
		    &(struct work_optimize){ from, to, .how.load = s.load },
		    &out, &err) == 0)
		return 0;
	fprintf(stderr, "%s\n", err.text);
	return 1;
}
