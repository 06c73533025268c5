#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# optimize --drop as a user runs it.
bats_require_minimum_version 1.5.0
load common
load images

# Layer 1, a base: apt's lists, dpkg's database, documentation. Layer 2: more of
# it, a cache, a log, a program in /tmp.
setup() {
	in_place
	mkdir -p 1/var/lib/apt/lists/partial 1/var/lib/dpkg/info \
		1/usr/share/doc/one 2/var/lib/apt/lists 2/usr/share/doc/one \
		2/root/.cache/pip/http/a 2/var/log 2/tmp/app 2/tmp/junk
	head -c 1000 /dev/zero >1/var/lib/apt/lists/one_Packages
	echo doc >1/usr/share/doc/one/README
	echo law >1/usr/share/doc/one/copyright
	printf '/.\n/usr/share/doc/one\n/usr/share/doc/one/NEWS\n/root/.cache/pip/http\n' \
		>1/var/lib/dpkg/info/one.list
	printf '%s  usr/share/doc/one/NEWS\n' d41d8cd98f00b204e9800998ecf8427e \
		>1/var/lib/dpkg/info/one.md5sums
	head -c 2000 /dev/zero >2/var/lib/apt/lists/two_Packages
	echo news >2/usr/share/doc/one/NEWS
	echo wheel >2/root/.cache/pip/http/a/b
	echo line >2/var/log/dpkg.log
	: >2/var/log/empty.log
	ln -s /dev/stdout 2/var/log/access.log
	echo run >2/tmp/app/run
	echo junk >2/tmp/junk/x
	layer 1.tar 1
	layer 2.tar 2
	CMD=/tmp/app/run image app.tar app:1 1.tar 2.tar
}

json() {
	js "$1" <<<"$output"
}

@test "what goes is listed, and the rest is equal" {
	run --separate-stderr pare optimize --base none --drop caches,docs,logs,tmp \
		--removed gone.txt --format json app.tar -o out.tar
	is 0
	json '[(r.path, r.bytes, r.rule) for r in d.removed] == [
		("root/.cache/pip/http/a", 0, "pip"),
		("root/.cache/pip/http/a/b", 6, "pip"),
		("tmp/junk", 0, "tmp"),
		("tmp/junk/x", 5, "tmp"),
		("usr/share/doc/one/NEWS", 5, "docs"),
		("usr/share/doc/one/README", 4, "docs"),
		("var/lib/apt/lists/one_Packages", 1000, "apt-lists"),
		("var/lib/apt/lists/two_Packages", 2000, "apt-lists"),
		("var/log/dpkg.log", 5, "logs")]'
	json 'd.proof == "equal-but-removed" and d.before.tree_digest != d.after.tree_digest'
	json 'd.before.live - d.after.live == 3025'
	json '[r.package for r in d.removed if r.package] == ["dpkg:one"] and d.missed_by.dpkg == 1'
	[ "$(wc -l <gone.txt)" = 9 ]
	[ "$(sed -n 5p gone.txt)" = $'5\tdocs\tdpkg:one\t/usr/share/doc/one/NEWS' ]
	run pare verify --format json app.tar out.tar
	is 1
	json 'sorted({x.path for x in d.differences}) == sorted(l.split("\t")[3][1:-1] for l in open("gone.txt"))'
	json 'all(x.field == "presence" for x in d.differences)'
	no_litter
}

@test "a kept base keeps its files, and the report says what that costs" {
	run --separate-stderr pare optimize --base 1 --drop apt-lists,docs --format json app.tar -o out.tar
	is 0
	json '[r.path for r in d.removed] == ["usr/share/doc/one/NEWS", "var/lib/apt/lists/two_Packages"]'
	json 'd.kept_in_base.names == 2 and d.kept_in_base.bytes == 1004'
	json 'd.layers[0].fate == "kept"'
	run --separate-stderr pare optimize --base 1 --drop apt-lists,docs app.tar
	[[ $output == *"2 names with 1.0 kB stay in the kept base"* ]]
	[[ $output == *"dpkg -V will miss 1 of them"* ]]
}

@test "rules that find nothing prove equality" {
	run --separate-stderr pare optimize --base none --drop cargo --format json app.tar -o out.tar
	is 0
	json 'd.removed == [] and d.proof == "equal"'
}

@test "an unknown rule, a list without rules" {
	run --separate-stderr pare optimize --drop nosuch app.tar
	is 2
	[[ $stderr == 'pare optimize: --drop: no rule "nosuch"; --drop-list shows all of them; try pare optimize --help' ]]
	run --separate-stderr pare optimize --removed gone.txt app.tar
	is 2
	[ ! -e gone.txt ]
	run --separate-stderr pare optimize
	is 2
	[[ $stderr == "pare optimize: IMAGE is missing; try pare optimize --help" ]]
}

@test "a list is not left half written" {
	run --separate-stderr pare optimize --drop docs --removed gone.txt none.tar
	is 3
	[ ! -e gone.txt ]
	no_litter
	run --separate-stderr pare optimize --drop docs --removed no/such/dir/gone.txt app.tar -o out.tar
	is 3
	[ ! -e out.tar ]
	# What a killed run left goes.
	touch .gone.txt.pare-abcdef
	pare optimize -q --base none --drop docs --removed gone.txt app.tar -o out.tar
	[ ! -e .gone.txt.pare-abcdef ] && [ -s gone.txt ]
}

@test "every rule is listed and documented as it is" {
	page=$BATS_TEST_DIRNAME/../../docs/drop-rules.md
	run --separate-stderr pare optimize --drop-list --format json
	is 0
	js '"\n".join("| `%s` | %s | %s | %s | %s |" % (r.rule, r.holds, r.breaks,
		", ".join(r.presets) or "-", "<br>".join("`%s`" % t for t in r.takes))
		for r in d.rules)' <<<"$output" >rows
	diff rows <(sed -n '/^| `/p' "$page")
	json 'len(d.rules) == 32'
	run --separate-stderr pare optimize --drop-list
	is 0
	for rule in $(sed 's/^| `\([^`]*\)`.*/\1/' rows); do
		grep -q "^$rule  *[A-Za-z]" <<<"$output"
	done
}
