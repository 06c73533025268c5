/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/testload.h"

#include "base/test.h" /* last: cmocka defines skip */

void testload_image(struct testload *t, const char *file,
		    const struct testspec *spec)
{
	struct load_options load = { .limits = &limits_default,
				     .threads = 1,
				     .keep_indices = true };
	struct err err = { 0 };
	*t = (struct testload){ 0 };
	testsource_docker(file, spec, NULL);
	testsource_open(file, &t->source);
	assert_ok(tree_load_image(testsource_image(t->source), &load, &t->image,
				  &err),
		  &err);
}

void testload_done(struct testload *t)
{
	tree_loaded_image_done(&t->image);
	source_close(&t->source);
}

uint32_t testload_node(const struct testload *t, const char *path)
{
	uint32_t node = tree_find(t->image.tree, str_of(path));
	if (node == TREE_NONE || !tree_top(t->image.tree, node))
		fail_msg("%s is not there", path);
	return node;
}
