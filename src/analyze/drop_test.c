/* SPDX-License-Identifier: Apache-2.0 */
/* What rules take out of small images: "PATH(RULE)" joined by blanks, with
 * "=BYTES" where there are some and "!PACKAGE" where one misses the file. */
#include "analyze/drop.h"

#include <stdio.h>

#include "layer/testsource.h"
#include "base/test.h" /* last: cmocka defines skip */

struct row {
	const char *what;
	const char *layers[4];
	const char *rules; /* between commas */
	const char *want;
	uint32_t n_base;
	const char *config;
};

static void add_dropped(const struct tree *t, const struct dropped *d,
			struct buf *out)
{
	struct err err = { 0 };
	if (out->n)
		assert_ok(buf_byte(out, ' ', &err), &err);
	assert_ok(tree_path(t, d->node, out, &err), &err);
	assert_ok(buf_addf(out, &err, "(%s)", d->rule->name), &err);
	if (d->bytes)
		assert_ok(buf_addf(out, &err, "=%u", (unsigned)d->bytes), &err);
	if (d->owner.n)
		assert_ok(buf_addf(out, &err, "!%.*s", STR_ARG(d->owner)),
			  &err);
}

static const char *drops(const struct row *row)
{
	scoped(source_close) struct source *src = NULL;
	scoped(tree_loaded_image_done) struct loaded_image li = { 0 };
	scoped(analyze_drops_done) struct dropping d = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	struct testspec spec = { .config = row->config };
	struct limits lim = limits_default;
	struct load_options load = { .limits = &lim,
				     .threads = 1,
				     .keep_indices = true };
	struct err err = { 0 };
	struct str name, rest = str_of(row->rules);
	uint64_t rules = 0;
	memcpy(spec.layers, row->layers, sizeof row->layers);
	testsource_docker("x.tar", &spec, NULL);
	testsource_open("x.tar", &src);
	while (rest.n) {
		if (!str_cut(rest, ',', &name, &rest)) {
			name = rest;
			rest.n = 0;
		}
		assert_ok(analyze_select_drop(name, &rules, &err), &err);
	}
	assert_ok(tree_load_image(testsource_image(src), &load, &li, &err),
		  &err);
	assert_ok(analyze_find_drops(&li, rules, row->n_base, &d, &err), &err);
	for (uint32_t i = 0; i < d.n; i++)
		add_dropped(li.tree, &d.v[i], &out);
	if (d.base.names)
		assert_ok(buf_addf(&out, &err, "%sbase %u=%u", out.n ? " " : "",
				   (unsigned)d.base.names,
				   (unsigned)d.base.bytes),
			  &err);
	return testlayer_printf("%.*s", STR_ARG(buf_str(&out)));
}

static void check(const struct row *rows, size_t n)
{
	IN_NEW_PLACE;
	unsigned wrong = 0;
	for (size_t i = 0; i < n; i++) {
		const char *got = drops(&rows[i]);
		if (strcmp(got, rows[i].want) == 0)
			continue;
		print_error("%s:\n  got  \"%s\"\n  want \"%s\"\n", rows[i].what,
			    got, rows[i].want);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

TEST(drop, places)
{
	static const struct row rows[] = {
		{ "files below a place, and directories that get empty",
		  { "f var/cache/apk/a/b =xx; f var/cache/apkx =y; d "
		    "var/cache/apk/e" },
		  "apk",
		  "var/cache/apk/a(apk) var/cache/apk/a/b(apk)=2",
		  0,
		  NULL },
		{ "what a rule keeps keeps its directory",
		  { "f var/lib/apt/lists/lock =x; f "
		    "var/lib/apt/lists/partial/a =y; f "
		    "var/lib/apt/lists/aux/lock =z; f "
		    "var/lib/apt/lists/aux/b" },
		  "apt-lists",
		  "var/lib/apt/lists/aux/b(apt-lists) "
		  "var/lib/apt/lists/partial/a(apt-lists)=1",
		  0,
		  NULL },
		{ "names in the place alone",
		  { "f var/cache/apt/pkgcache.bin =xx; f var/cache/apt/a/x.bin "
		    "=y" },
		  "apt-pkgcache",
		  "var/cache/apt/pkgcache.bin(apt-pkgcache)=2",
		  0,
		  NULL },
		{ "a place that may be anywhere",
		  { "f home/u/.cache/pip/x =xx; f .cache/pip/y =y; f "
		    "cache/pip/z =z; f root/.cache/pipx/z" },
		  "pip",
		  ".cache/pip/y(pip)=1 home/u/.cache/pip/x(pip)=2",
		  0,
		  NULL },
		{ "archives of Hex, and not what it is told",
		  { "f root/.hex/packages/hexpm/a.tar =xx; f "
		    "root/.hex/cache.ets =y; f root/.hex/hex.config =z; f "
		    "root/.mix/elixir/1-17/rebar3 =w" },
		  "mix",
		  "root/.hex/cache.ets(mix)=1 root/.hex/packages/hexpm(mix) "
		  "root/.hex/packages/hexpm/a.tar(mix)=2",
		  0,
		  NULL },
		{ "archives of opam, and no switch",
		  { "f root/.opam/download-cache/md5/a =xx; f "
		    "root/.opam/5.1/bin/ocaml =y; f "
		    "root/.opam/repo/state-A.cache "
		    "=z; f root/.opam/repo/default/repo =w" },
		  "opam",
		  "root/.opam/download-cache/md5(opam) "
		  "root/.opam/download-cache/md5/a(opam)=2 "
		  "root/.opam/repo/state-A.cache(opam)=1",
		  0,
		  NULL },
		{ "the place farthest out has it",
		  { "f tmp/.git/HEAD =x; f tmp/.cache/pip/x =y" },
		  "vcs,tmp,pip",
		  "tmp/.cache(tmp) tmp/.cache/pip(tmp) "
		  "tmp/.cache/pip/x(tmp)=1 tmp/.git(tmp) tmp/.git/HEAD(tmp)=1",
		  0,
		  NULL },
		{ "a repository is one by what it holds",
		  { "f a/.git/HEAD =x; f a/.git/objects/p =yy; f b/.git/x =z; "
		    "f .git =no" },
		  "vcs",
		  "a/.git(vcs) a/.git/HEAD(vcs)=1 a/.git/objects(vcs) "
		  "a/.git/objects/p(vcs)=2",
		  0,
		  NULL },
		{ "links go, devices stay",
		  { "l tmp/a >b; c tmp/c v1:3; p tmp/p; f tmp/f" },
		  "tmp",
		  "tmp/a(tmp) tmp/f(tmp) tmp/p(tmp)",
		  0,
		  NULL },
		{ "a preset is its rules",
		  { "f tmp/a =x; f var/cache/apk/b =y" },
		  "caches",
		  "var/cache/apk/b(apk)=1",
		  0,
		  NULL },
	};
	check(rows, ARRAY_LEN(rows));
}

TEST(drop, what_a_rule_asks_of_a_file)
{
	static const struct row rows[] = {
		{ "copyright files stay, whatever their case",
		  { "f usr/share/doc/a/copyright =x; f usr/share/doc/a/LICENSE "
		    "=x; f usr/share/doc/a/b/README =yy; l usr/share/doc/l "
		    ">a" },
		  "docs",
		  "usr/share/doc/a/b/README(docs)=2",
		  0,
		  NULL },
		{ "logs: of user 0, regular, not empty",
		  { "f var/log/a =x; f var/log/b =y o7:0; f var/log/c; l "
		    "var/log/d >/dev/stdout; f var/log/e/f =z" },
		  "logs",
		  "var/log/a(logs)=1 var/log/e/f(logs)=1",
		  0,
		  NULL },
		{ "bytecode whose source is there",
		  { "f l/a.py =s; f l/__pycache__/a.cpython-311.pyc =b; f "
		    "l/__pycache__/c.cpython-311.pyc =b; f l/d.pyc =b; f "
		    "l/a.pyc =old; f m/__pycache__/e.x.pyc =b; l m/e.py >/x; "
		    "f m/__pycache__/.pyc" },
		  "python-bytecode",
		  "l/__pycache__/a.cpython-311.pyc(python-bytecode)=1 "
		  "l/a.pyc(python-bytecode)=3 "
		  "m/__pycache__/e.x.pyc(python-bytecode)=1",
		  0,
		  NULL },
		{ "languages of the environment stay",
		  { "f usr/share/locale/de/x.mo =x; f "
		    "usr/share/locale/de_AT/x.mo =x; f "
		    "usr/share/locale/fr/x.mo =y; f usr/share/locale/pt/x.mo "
		    "=z; f usr/share/locale/locale.alias =a" },
		  "locales",
		  "usr/share/locale/pt/x.mo(locales)=1",
		  0,
		  "\"config\":{\"Env\":[\"LANG=de_DE.UTF-8\","
		  "\"LANGUAGE=fr:de\"]}" },
	};
	check(rows, ARRAY_LEN(rows));
}

TEST(drop, what_is_guarded)
{
	static const struct row rows[] = {
		{ "the program, and what lies beside it",
		  { "f tmp/app/run =x; f tmp/app/lib/y =y; f tmp/z =z" },
		  "tmp",
		  "tmp/z(tmp)=1",
		  0,
		  "\"config\":{\"Cmd\":[\"sh\",\"-c\",\"exec "
		  "/tmp/app/run\"]}" },
		{ "a program in the place itself, alone",
		  { "f tmp/run =x; f tmp/z =z" },
		  "tmp",
		  "tmp/z(tmp)=1",
		  0,
		  "\"config\":{\"Entrypoint\":[\"/tmp/run\"]}" },
		{ "where it works",
		  { "f tmp/w/a =x; f tmp/v/b =z" },
		  "tmp",
		  "tmp/v(tmp) tmp/v/b(tmp)=1",
		  0,
		  "\"config\":{\"WorkingDir\":\"/tmp/w\"}" },
		{ "but not a place in it",
		  { "f srv/.git/HEAD =x; f srv/a" },
		  "vcs",
		  "srv/.git(vcs) srv/.git/HEAD(vcs)=1",
		  0,
		  "\"config\":{\"WorkingDir\":\"/srv\"}" },
		{ "what a link from elsewhere leads to, over links",
		  { "f tmp/a =x; f tmp/d/b =y; f tmp/c =z; l tmp/l >d; l one "
		    ">/tmp/a; l two >tmp/l; l tmp/m >c" },
		  "tmp",
		  "tmp/c(tmp)=1 tmp/m(tmp)",
		  0,
		  NULL },
		{ "but not manual pages",
		  { "f usr/share/man/man1/mawk.1 =x; l etc/alternatives/awk.1 "
		    ">/usr/share/man/man1/mawk.1" },
		  "man",
		  "usr/share/man/man1/mawk.1(man)=1",
		  0,
		  NULL },
		{ "what a kept base stores",
		  { "f tmp/a =xx; f tmp/d/e =y", "f tmp/b =z; f tmp/a =new" },
		  "tmp",
		  "tmp/a(tmp)=3 tmp/b(tmp)=1 base 1=1",
		  1,
		  NULL },
		{ "a directory of the base stays when its new files go",
		  { "d tmp/d", "f tmp/d/e =y; f tmp/f/g =z" },
		  "tmp",
		  "tmp/d/e(tmp)=1 tmp/f(tmp) tmp/f/g(tmp)=1",
		  1,
		  NULL },
	};
	check(rows, ARRAY_LEN(rows));
}

TEST(drop, bytes_go_with_the_last_name)
{
	static const struct row rows[] = {
		{ "all names go",
		  { "f tmp/a =xxx; h tmp/b >tmp/a" },
		  "tmp",
		  "tmp/a(tmp) tmp/b(tmp)=3",
		  0,
		  NULL },
		{ "one stays",
		  { "f tmp/a =xxx; h b >tmp/a" },
		  "tmp",
		  "tmp/a(tmp)",
		  0,
		  NULL },
		{ "stored bytes of a sparse file, its map with them",
		  { "f tmp/a =xxx s100000:5000" },
		  "tmp",
		  "tmp/a(tmp)=515",
		  0,
		  NULL },
	};
	check(rows, ARRAY_LEN(rows));
}

TEST(drop, packages)
{
	static const struct row rows[] = {
		{ "dpkg: directories stay, missing files are told",
		  { "f var/lib/dpkg/info/p:amd64.list "
		    "=/.\\x0a/tmp\\x0a/tmp/own\\x0a/tmp/l\\x0a; "
		    "f var/lib/dpkg/info/p:amd64.md5sums "
		    "=0\\x20\\x20tmp/own/f\\x0a0\\x20\\x20lib/y.a\\x0a; "
		    "f tmp/own/f =x; f tmp/not/f =y; l tmp/l >x; l lib "
		    ">usr/lib; f "
		    "usr/lib/y.a =z" },
		  "tmp,static-libs",
		  "tmp/l(tmp)!dpkg:p:amd64 tmp/not(tmp) tmp/not/f(tmp)=1 "
		  "tmp/own/f(tmp)=1!dpkg:p:amd64 "
		  "usr/lib/y.a(static-libs)=1!dpkg:p:amd64",
		  0,
		  NULL },
		{ "apk",
		  { "f lib/apk/db/installed "
		    "=P:musl\\x0aF:tmp/own\\x0aR:f\\x0aR:g\\x0a\\x0aP:"
		    "zlib\\x0aF:tmp\\x0aR:z; f tmp/own/f =x; f tmp/z =y" },
		  "tmp",
		  "tmp/own/f(tmp)=1!apk:musl tmp/z(tmp)=1!apk:zlib",
		  0,
		  NULL },
		{ "an image without dpkg",
		  { "f var/lib/dpkg/status.d/tz.md5sums "
		    "=0\\x20\\x20usr/share/man/a; f usr/share/man/a =x" },
		  "man",
		  "usr/share/man/a(man)=1!dpkg:tz",
		  0,
		  NULL },
		{ "lists that are hard links to one file",
		  { "f var/lib/dpkg/info/p.list =/tmp/own\\x0a; h "
		    "var/lib/dpkg/info/q.list >var/lib/dpkg/info/p.list; "
		    "f tmp/own =x" },
		  "tmp",
		  "tmp/own(tmp)=1!dpkg:q",
		  0,
		  NULL },
		{ "databases of another layer, changed above",
		  { "f var/lib/dpkg/info/p.list =/tmp/own\\x0a; f tmp/own/f =x",
		    "f var/lib/dpkg/info/p.list =/tmp/other\\x0a" },
		  "tmp",
		  "tmp/own(tmp) tmp/own/f(tmp)=1",
		  0,
		  NULL },
	};
	check(rows, ARRAY_LEN(rows));
}

TEST(drop, names_of_rules)
{
	uint64_t rules = 0;
	struct err err = { 0 };
	assert_ok(analyze_select_drop(STR("apt-lists"), &rules, &err), &err);
	assert_int_equal(rules, 1);
	assert_fails(analyze_select_drop(STR("Apt"), &rules, &err), &err,
		     ERR_USAGE,
		     "no rule \"Apt\" (did you mean apt-lists?); "
		     "--drop-list shows all of them");
}

/* The arrays of drop.c have room for all. */
TEST(drop, the_catalogue_fits)
{
	struct catalog_at at = { 0 };
	size_t n_rules = 0, n_places = 0;
	while (catalog_next_drop(&at))
		n_rules++;
	at = (struct catalog_at){ 0 };
	while (catalog_next_place(&at))
		n_places++;
	assert_true(n_rules > 20 && n_rules <= DROP_RULES_MAX);
	assert_true(n_places > 60 && n_places <= DROP_PLACES_MAX);
}

TESTS_MAIN(unit(drop, places), unit(drop, what_a_rule_asks_of_a_file),
	   unit(drop, what_is_guarded), unit(drop, bytes_go_with_the_last_name),
	   unit(drop, packages), unit(drop, names_of_rules),
	   unit(drop, the_catalogue_fits))
