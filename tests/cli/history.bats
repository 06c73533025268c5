#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# pare history as a user runs it.
bats_require_minimum_version 1.5.0
load common
load images

setup() {
	in_place
	wasteful_image
}

json() {
	js "$1" <<<"$output"
}

# with_history JSON: app.tar again with another history.
with_history() {
	mkdir x
	tar -C x -xf app.tar
	local config
	config=$(js 'd[0].Config' <x/manifest.json)
	python3 -c '
import json, sys
d = json.load(open(sys.argv[1]))
d["history"] = json.loads(sys.argv[2])
if d["history"] is None: del d["history"]
json.dump(d, open(sys.argv[1], "w"))' "x/$config" "$1"
	tar -C x -cf other.tar .
}

@test "newest first, with stored and dead bytes" {
	run --separate-stderr pare history --human=false app.tar
	is 0
	[ "${#lines[@]}" = 4 ]
	[ "$(awk '{ print $1, $(NF-2), $(NF-1), $NF }' <<<"${lines[1]}")" = "3 60000 0 -" ]
	[ "$(awk '{ print $1, $(NF-2), $(NF-1), $NF }' <<<"${lines[3]}")" = "1 500005 300000 -" ]
	[[ ${lines[1]} == *"step 3"* ]]
	run --separate-stderr pare history app.tar
	[[ ${lines[3]} == *"500.0 kB   300.0 kB"* ]]
}

@test "JSON" {
	run --separate-stderr pare history --format json app.tar
	is 0
	json 'd.schema == 1 and d.image == "app.tar" and d.in_step'
	json '[(h.created_by, h.layer, h.stored, h.dead, h.compressed, h.empty_layer) for h in d.history] ==
		[("step 3", 2, 60000, 0, None, False), ("step 2", 1, 50005, 50000, None, False),
		 ("step 1", 0, 500005, 300000, None, False)]'
	json '[h.created for h in d.history] == [None] * 3'
}

@test "compressed bytes of compressed layers" {
	run -0 pare flatten --compression gzip app.tar -o out.tar
	run --separate-stderr pare history --format json out.tar
	json 'is_int(d.history[0].compressed) and d.history[0].compressed < 10000'
	json '[h.empty_layer for h in d.history] == [False, True, True]'
	json 'd.history[1].stored == 0 and d.history[1].layer is None'
}

@test "instructions are cut unless all of them is wanted" {
	long=$(printf 'x%.0s' {1..200})
	with_history "[{\"created_by\":\"a\",\"created\":\"2024-05-01T10:00:59Z\"},{\"created_by\":\"$long\",\"comment\":\"said\"},{\"created_by\":\"c\"}]"
	run --separate-stderr pare history other.tar
	is 0
	[[ ${lines[2]} == *"xxx..."*"  said" ]]
	[[ ${lines[3]} == *"2024-05-01 10:00 a"* ]]
	run --separate-stderr pare history --no-trunc --human=false other.tar
	[[ ${lines[2]} == *" $long "* ]]
	[[ ${lines[3]} == *"2024-05-01T10:00:59Z "* ]]
}

@test "no history at all" {
	with_history null
	run --separate-stderr pare history --format json other.tar
	is 0
	json '[(h.layer, h.created_by) for h in d.history] == [(2, None), (1, None), (0, None)]'
	run --separate-stderr pare history other.tar
	is 0
	[ "${#lines[@]}" = 4 ]
}

@test "a history that is out of step" {
	with_history '[{"created_by":"only"}]'
	run --separate-stderr pare history --format json other.tar
	is 0
	json 'not d.in_step'
	json '[(h.layer, h.created_by, h.stored) for h in d.history] ==
		[(None, "only", None), (2, None, 60000), (1, None, 50005), (0, None, 500005)]'
	run --separate-stderr pare history other.tar
	[[ $output == *"out of step"* ]]
}
