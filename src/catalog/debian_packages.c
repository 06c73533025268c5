/* SPDX-License-Identifier: Apache-2.0 */
/* The table is a graph whose nodes are packages, or several that always come
 * together. What a package brings is what can be reached from it, and a set
 * marks what was reached before:
 *
 *	gcc -> binutils, libc6-dev, ...     a node each, or folded into gcc
 *	libtool -> autotools-dev, gcc       gcc is there: not counted again
 *
 * Recommendations are edges with their highest bit set. */
#include "catalog/debian_packages.h"

#include <stdlib.h>
#include <string.h>

#include "base/macros.h"
#include "catalog/catalog.h"
#include "catalog/debian_packages.inc"

const char catalog_debian_source[] =
	"package index of " DEBIAN_RELEASE ", " DEBIAN_DATE;
const char catalog_debian_release[] = DEBIAN_NAME;

enum { RECOMMENDED = 1 << 15 };

#define NAME(name, node) { name, node },
static const struct name {
	const char *name;
	int16_t node; /* -1: minimal Debian has it */
} names[] = { DEBIAN_NAMES };
#undef NAME

/* A node's edges end where those of the next begin; the last is no node. */
#define NODE(installed, archives, first) { installed, archives, first },
static const struct node {
	uint32_t installed_kib, archives_kib;
	uint16_t first_edge;
} nodes[] = { DEBIAN_NODE_LIST };
#undef NODE

#define RECOMMENDS(to) RECOMMENDED | (to)
static const uint16_t edges[] = { DEBIAN_EDGES };
#undef RECOMMENDS

_Static_assert(ARRAY_LEN(nodes) <= CATALOG_DEBIAN_WORDS * 64,
	       "a set has a bit for each node");

/* What official images were built from: the packages that their Dockerfiles
 * name, since bookworm. */
#define COMMON "ca-certificates curl gnupg netbase wget "
#define SOURCES COMMON "git mercurial openssh-client subversion procps "
#define BUILD                                                               \
	SOURCES                                                             \
	"autoconf automake bzip2 default-libmysqlclient-dev dpkg-dev file " \
	"g++ gcc imagemagick libbz2-dev libc6-dev libcurl4-openssl-dev "    \
	"libdb-dev libevent-dev libffi-dev libgdbm-dev libglib2.0-dev "     \
	"libgmp-dev libjpeg-dev libkrb5-dev liblzma-dev libmagickcore-dev " \
	"libmagickwand-dev libmaxminddb-dev libncurses5-dev "               \
	"libncursesw5-dev libpng-dev libpq-dev libreadline-dev "            \
	"libsqlite3-dev libssl-dev libtool libwebp-dev libxml2-dev "        \
	"libxslt-dev libyaml-dev make patch unzip xz-utils zlib1g-dev"

static const struct base {
	const char *images, *packages;
	const char *slim; /* packages of that variant; NULL: there is none, or
			   * it is not known */
} bases[] = {
	{ "debian", "", "" },
	{ "python pypy node ruby perl erlang elixir", BUILD, "" },
	{ "buildpack-deps gcc haskell", BUILD, NULL },
	{ "rust", BUILD, "ca-certificates gcc libc6-dev" },
	{ "golang", SOURCES "g++ gcc libc6-dev make pkg-config", NULL },
	{ "php",
	  "autoconf dpkg-dev file g++ gcc libc6-dev make pkg-config "
	  "re2c ca-certificates curl xz-utils",
	  NULL },
};

static int by_name(const void *key, const void *row)
{
	const struct str *a = key;
	struct str b = str_of(((const struct name *)row)->name);
	return str_cmp(*a, b);
}

struct str catalog_debian_name(struct str package)
{
	for (size_t i = 0; i < package.n; i++)
		if (strchr("=/:", package.p[i]))
			package.n = i;
	return package;
}

static const struct name *find(struct str package)
{
	package = catalog_debian_name(package);
	return bsearch(&package, names, ARRAY_LEN(names), sizeof *names,
		       by_name);
}

static bool mark(struct catalog_debian_set *set, uint16_t node)
{
	uint64_t bit = UINT64_C(1) << (node % 64);
	bool is_new = !(set->has[node / 64] & bit);
	set->has[node / 64] |= bit;
	return is_new;
}

/* Depth first with a stack of its own: each node is pushed once at most, so
 * it never holds more than there are. */
static void visit(struct catalog_debian_set *set, uint16_t from,
		  bool recommended, struct catalog_debian_cost *cost)
{
	uint16_t stack[ARRAY_LEN(nodes)];
	size_t n = 0;
	if (mark(set, from))
		stack[n++] = from;
	while (n > 0) {
		const struct node *node = &nodes[stack[--n]];
		cost->installed += (uint64_t)node->installed_kib << 10;
		cost->archives += (uint64_t)node->archives_kib << 10;
		for (size_t i = node->first_edge; i < node[1].first_edge; i++) {
			uint16_t to = edges[i] & (RECOMMENDED - 1);
			if ((recommended || to == edges[i]) && mark(set, to))
				stack[n++] = to;
		}
	}
}

bool catalog_debian_add(struct catalog_debian_set *set, struct str package,
			bool recommended, struct catalog_debian_cost *cost)
{
	const struct name *name = find(package);
	if (name && name->node >= 0)
		visit(set, (uint16_t)name->node, recommended, cost);
	return name != NULL;
}

bool catalog_debian_add_base(struct catalog_debian_set *set, struct str image,
			     bool slim, struct catalog_debian_cost *cost)
{
	const char *p = NULL;
	for (size_t i = 0; i < ARRAY_LEN(bases); i++)
		if (catalog_listed(bases[i].images, image))
			p = slim ? bases[i].slim : bases[i].packages;
	for (size_t n; p && *p; p += n + (p[n] == ' ')) {
		n = strcspn(p, " ");
		catalog_debian_add(set, (struct str){ p, n }, false, cost);
	}
	return p != NULL;
}
