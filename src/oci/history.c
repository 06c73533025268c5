/* SPDX-License-Identifier: Apache-2.0 */
/*	entry	A	B (empty)	C	D (empty)	E
 *	layer	0			1			2 */
#include "oci/history.h"

#include "base/chars.h"

size_t oci_history_layers(const struct oci_config *c, size_t i)
{
	size_t n = 0;
	for (size_t k = 0; k < i; k++)
		n += !c->history[k].empty_layer;
	return n;
}

bool oci_history_in_step(const struct oci_config *c)
{
	return c->has_history &&
	       oci_history_layers(c, c->n_history) == c->n_diff_ids;
}

/* Only of a history that is in step: entries that are too many or too few
 * (squashed images, hand-made configs) say nothing of any one layer. */
const struct oci_history *oci_history_of(const struct oci_config *c,
					 size_t layer)
{
	if (layer >= c->n_diff_ids || !oci_history_in_step(c))
		return NULL;
	for (size_t i = 0, at = 0; i < c->n_history; i++) {
		if (c->history[i].empty_layer)
			continue;
		if (at++ == layer)
			return &c->history[i];
	}
	return NULL;
}

/* docker build before BuildKit: "/bin/sh -c #(nop) CMD [\"bash\"]" is CMD
 * ["bash"]; BuildKit writes the instruction itself. */
struct str oci_history_instruction(const struct oci_history *h)
{
	static const char mark[] = "#(nop)";
	struct str by = h->created_by;
	const char *at = by.n ? memmem(by.p, by.n, mark, strlen(mark)) : NULL;
	if (at)
		by = str_from(by, (size_t)(at - by.p) + strlen(mark));
	while (by.n && is_blank(by.p[0]))
		by = str_from(by, 1);
	return by;
}
