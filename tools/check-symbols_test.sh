#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compiles small houses with one violation each and looks whether check-symbols
# names it.
set -eu
check=$(dirname -- "$0")/check-symbols
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
n=0

# object TARGET MODULE CODE: as meson would have left it.
object() {
	mkdir -p "$dir/build/src/$1"
	echo "$3" | ${CC:-cc} -x c -c -o "$dir/build/src/$1/$2.c.o" -
}

# A small sound house.
house() {
	rm -rf "$dir/src" "$dir/build"
	mkdir -p "$dir/src"
	cat >"$dir/src/FLOORS" <<'END'
0 base
1 json
1 tar: json
2 tree
- init
END
	cat >"$dir/src/WALLS" <<'END'
# comment
share 100
prefix base: * str
circle json: scan value
END
	object base/libbase.a.p err 'int err_set(void) { return 1; }
		int str_cut(void) { return 2; }'
	object json/libjson.a.p scan 'int json_value(void);
		int json_scan(void) { return json_value(); }'
	object json/libjson.a.p value 'int json_scan(void), err_set(void);
		int json_value(void) { return json_scan() + err_set(); }'
	object tar/libtar.a.p tar 'int json_scan(void);
		int tar_next(void) { return json_scan(); }'
	object tree/libtree.a.p tree 'int tree;'
	object tree/tree_test.p tree_test.c 'int main(void) { return 0; }'
	object cli/pare.p main 'int main(void) { return 0; }'
}

# expect WHAT TEXT [OPTION]: check-symbols says exactly TEXT.
expect() {
	n=$((n + 1))
	status=0
	out=$("$check" "$dir/build" "$dir" ${3:+"$3"} 2>&1) || status=$?
	want=1
	[ "$2" ] && [ ! "${3:-}" ] || want=0
	if [ "$out" = "$2" ] && [ "$status" = $want ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		printf '%s\n' "status $status:" "$out" | sed 's/^/# /'
	fi
	house
}

echo 1..12
house
expect 'a sound house' ''

object base/libbase.a.p up 'extern int tree; int up(void) { return tree; }'
expect 'a table used upwards' 'base/up uses tree of tree/tree: that is upwards'

object json/libjson.a.p side 'int tar_next(void);
	int json_side(void) { return tar_next(); }'
expect 'an undeclared use within a floor' 'json/side uses tar_next of tar/tar: FLOORS does not list that json uses tar'

object tree/libtree.a.p a 'int tree_b(void); int tree_a(void) { return tree_b(); }'
object tree/libtree.a.p b 'int tree_c(void); int tree_b(void) { return tree_c(); }'
object tree/libtree.a.p c 'int tree_a(void); int tree_c(void) { return tree_a(); }'
expect 'a circle of objects' 'a circle of 3: tree/a tree/b tree/c'

object json/libjson.a.p value 'int json_more(void);
	int json_value(void) { return json_more(); }'
object json/libjson.a.p more 'int json_scan(void);
	int json_more(void) { return json_scan(); }'
expect 'a circle that grew' 'a circle of 3: json/more json/scan json/value
src/WALLS: no such circle any more: json/scan json/value'

object json/libjson.a.p value 'int json_value(void) { return 0; }'
expect 'a circle that is no more' 'src/WALLS: no such circle any more: json/scan json/value'

object tree/libtree.a.p name 'int treetop(void) { return 0; }
	int find(void) { return 1; }'
expect 'names of no folder' "71 of 100 external functions bear their folder's name, 100 are wanted: 2 of 7 do not"

object tree/libtree.a.p name 'int find(void) { return 0; }
	static int hidden(void) { return 1; } int (*tree_at)(void) = hidden;'
expect 'they are listed' 'tree/name find' --names

object tree/libtree.a.p name 'int find(void) { return 0; }'
sed -i 's/share 100/share 83/' "$dir/src/WALLS"
expect 'a share that is reached' ''

object tree/libtesttree.a.p look 'int look(void) { return 0; }'
object tree/tree_dump.p dump 'int dump(void) { return 0; }'
object init/pare-init.p exec 'int str_cut(void) { return 0; }'
expect 'tests and a program of its own' ''

echo 'circles json: a b' >>"$dir/src/WALLS"
expect 'a line of no sense' "$dir/src/WALLS:5: not a line of WALLS"

rm -r "$dir/build/src"
expect 'no objects' "check-symbols: $dir/build holds no objects"
