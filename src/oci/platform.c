/* SPDX-License-Identifier: Apache-2.0 */
/* Platforms as containerd matches them (platforms.Normalize): "aarch64" is
 * arm64, "arm64" is arm64/v8, "arm" is arm/v7. A pattern of one word is an
 * architecture, "arm/v6" an architecture and a variant, "linux/arm/v6" all
 * three. */
#include "oci/doc.h"

#include <strings.h>

/* What uname calls a machine, and what Go calls it. */
static const struct alias {
	const char *from, *arch, *variant;
} aliases[] = {
	{ "x86_64", "amd64", "" },  { "x86-64", "amd64", "" },
	{ "aarch64", "arm64", "" }, { "i386", "386", "" },
	{ "i686", "386", "" },	    { "armhf", "arm", "v7" },
	{ "armel", "arm", "v6" },
};

static const struct {
	const char *arch, *variant;
} defaults[] = { { "arm64", "v8" }, { "amd64", "v1" }, { "arm", "v7" } };

int oci_platform_text(const struct oci_platform *p, struct buf *out,
		      struct err *err)
{
	struct str os = p->os;
	if (p->os.n == 0 && p->architecture.n == 0)
		return 0;
	if (os.n == 0)
		os = STR("unknown");
	if (buf_str_add(out, os, err) < 0)
		return -1;
	const struct str more[] = { p->architecture, p->variant };
	for (size_t i = 0; i < ARRAY_LEN(more) && more[i].n > 0; i++)
		if (buf_byte(out, '/', err) < 0 ||
		    buf_str_add(out, more[i], err) < 0)
			return -1;
	return 0;
}

/* Without regard to case, as containerd normalizes ("ARM64"). */
static bool same(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || strncasecmp(a.p, b.p, a.n) == 0);
}

static void expand_alias(struct str *arch, struct str *variant)
{
	for (size_t i = 0; i < ARRAY_LEN(aliases); i++) {
		if (!same(*arch, str_of(aliases[i].from)))
			continue;
		*arch = str_of(aliases[i].arch);
		if (variant->n == 0)
			*variant = str_of(aliases[i].variant);
		return;
	}
}

static struct str or_default(struct str arch, struct str variant)
{
	for (size_t i = 0; variant.n == 0 && i < ARRAY_LEN(defaults); i++)
		if (same(arch, str_of(defaults[i].arch)))
			return str_of(defaults[i].variant);
	return variant;
}

/*	image		pattern		match
 *	arm64		aarch64		yes: one machine by two names
 *	arm64/v8	arm64		yes: v8 is the default
 *	arm/v6		arm		no: the default is v7
 *	s390x		s390x		yes: no default, none asked for */
static bool machine_matches(const struct oci_platform *p, struct str arch,
			    struct str variant)
{
	struct str own = p->architecture, own_variant = p->variant;
	expand_alias(&arch, &variant);
	expand_alias(&own, &own_variant);
	if (arch.n == 0 || !same(own, arch))
		return false;
	variant = or_default(arch, variant);
	/* No default and none asked for: any will do. */
	return variant.n == 0 || same(or_default(own, own_variant), variant);
}

bool oci_platform_matches(const struct oci_platform *p, struct str pattern)
{
	struct str first, rest, arch, variant = { 0 };
	if (pattern.n == 0)
		return false;
	if (!str_cut(pattern, '/', &first, &rest))
		return machine_matches(p, pattern, variant);
	if (!str_cut(rest, '/', &arch, &variant))
		arch = rest;
	else if (variant.n == 0 || str_find(variant, '/') < variant.n)
		return false;
	if (same(p->os, first) && machine_matches(p, arch, variant))
		return true;
	/* "arm/v6": architecture and variant. */
	return variant.n == 0 && rest.n > 0 && machine_matches(p, first, rest);
}
