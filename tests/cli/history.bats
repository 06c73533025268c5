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
	# At 80 columns the comment has a line of its own.
	[[ ${lines[3]} == *"xxxxxxxxxxxxxxxxx... "* ]]
	[ "${lines[4]}" = "       said" ]
	COLUMNS=120 run --separate-stderr pare history other.tar
	[[ ${lines[2]} == *"xxx..."*"  said" ]]
	[[ ${lines[3]} == *"2024-05-01 10:00 a"* ]]
	run --separate-stderr pare history --no-trunc --human=false other.tar
	[[ ${lines[2]} == *" $long "* ]]
	[[ ${lines[3]} == *"2024-05-01T10:00:59Z "* ]]
}

@test "what turns the direction of text is escaped" {
	with_history '[{"created_by":"a\u202egpj\u2066b\u200f\u061c \u05d0"},{"created_by":"b"},{"created_by":"c"}]'
	run --separate-stderr pare history --no-trunc other.tar
	[[ $output == *'a\xe2\x80\xaegpj\xe2\x81\xa6b\xe2\x80\x8f\xd8\x9c '$'\u05d0'* ]]
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

@test "an instruction has its own characters" {
	with_history '[{"created_by":"/bin/sh -c #(nop)  CMD [\"sh\" \"-c\" \"a\\b\"]","comment":"it \"says\""},
		{"created_by":"RUN /bin/sh -c printf \"a\tb\\n\u001b[1m\u0085\u202f\" # buildkit"},
		{"created_by":"RUN echo \u6f22\u5b57 e\u0301"}]'
	run --separate-stderr pare history --no-trunc other.tar
	is 0
	[[ ${lines[3]} == *' /bin/sh -c #(nop)  CMD ["sh" "-c" "a\b"]  '*'  it "says"' ]]
	[[ ${lines[2]} == *' RUN /bin/sh -c printf "a\tb\n\x1b[1m\xc2\x85'$'\u202f''" # buildkit '* ]]
	[[ ${lines[1]} == *$' RUN echo \u6f22\u5b57 e\u0301 '* ]]
	run --separate-stderr env COLUMNS=200 "$PARE" history other.tar
	[[ ${lines[3]} == *' CMD ["sh" "-c" "a\b"] '*'  it "says"' ]]
	run --separate-stderr env COLUMNS=200 "$PARE" analyze other.tar
	[[ $output == *'  CMD ["sh" "-c" "a\b"]'* ]]
	# What is no UTF-8 is escaped, too: here in a path.
	mkdir q && printf 'x' >$'q/a"\xff\\'
	layer q.tar q
	image q.tar q:1 1.tar q.tar
	run --separate-stderr pare diff app.tar q.tar
	[[ $output == *'+ /a"\xff\'$'\n'* ]]
}

@test "tables follow the terminal: COLUMNS, and 80 without one" {
	han=$(printf '\u6f22%.0s' {1..120})
	marks=$(printf 'e\u0301%.0s' {1..120})
	long=$(printf 'word %.0s' {1..60})
	with_history "[{\"created_by\":\"$han\",\"created\":\"2024-05-01T10:00:59Z\",\"comment\":\"$long\"},
		{\"created_by\":\"$marks\",\"comment\":\"$han\"},{\"created_by\":\"$long\"}]"
	mkdir d e
	mkdir -p "d/$(printf 'p%.0s' {1..60})/${han:0:20}" e
	cp 3/srv/data "d/$(printf 'p%.0s' {1..60})/${han:0:20}/x"
	: >"e/.wh.$(printf 'p%.0s' {1..60})"
	for n in d e; do layer $n.tar $n; done
	image deep.tar deep:1 d.tar e.tar
	for width in 40 80 200; do
		export COLUMNS=$width
		for format in true false; do
			[ "$(pare history --human=$format other.tar | widest)" -le $width ]
		done
		[ "$(pare analyze --show layers other.tar | sed -n '/^LAYER/,$p' | widest)" -le $width ]
		[ "$(pare analyze --show files,tree deep.tar | tail -n +3 | widest)" -le $width ]
		[ "$(pare analyze --show findings deep.tar | sed -n '3,/^FINDINGS/p' | widest)" -le $width ]
		[ "$(pare diff --wire app.tar other.tar | sed -n '/^LAYER/,$p' | widest)" -le $width ]
		[ "$(pare diff --wire app.tar deep.tar | sed -n '/^LAYER/,$p' | grep -v '^the fetched' | widest)" -le $width ]
	done
	# The widest line uses what there is.
	[ "$(COLUMNS=200 pare history other.tar | widest)" -ge 199 ]
	[ "$(COLUMNS=80 pare history other.tar | widest)" -ge 79 ]
	unset COLUMNS
	[ "$(pare history other.tar)" = "$(COLUMNS=80 pare history other.tar)" ]
	for junk in 0 -3 x ''; do
		[ "$(pare history other.tar)" = "$(COLUMNS=$junk pare history other.tar)" ]
	done
	[ "$(pare history --no-trunc other.tar)" = "$(COLUMNS=40 pare history --no-trunc other.tar)" ]
}

@test "lists follow COLUMNS, too; without it and a terminal a rule of lint is a line" {
	mkdir -p "ctx/$(printf 'd%.0s' {1..100})" && echo 1 >"ctx/$(printf 'd%.0s' {1..100})/f"
	for width in 80 200; do
		export COLUMNS=$width
		[ "$(pare optimize --drop-list | widest)" -le $width ]
		[ "$(pare lint --list-rules | widest)" -le $width ]
		[ "$(pare context ctx | widest)" -le $width ]
		[ "$(pare optimize --base none --min-gain 0 app.tar | sed -n '/^LAYER/,/^ *all/p' | widest)" -le $width ]
	done
	COLUMNS=40
	[ "$(pare optimize --drop-list | sed '/^[a-z]/d' | widest)" -le 40 ]
	[ "$(pare context ctx | sed -n '/^by directory/,$p' | widest)" -le 40 ]
	[ "$(pare optimize --base none --min-gain 0 app.tar | sed -n '/^LAYER/,/^ *all/p' | widest)" -le 40 ]
	unset COLUMNS
	pare lint --list-rules >rules
	[ "$(wc -l <rules)" = "$(($(pare lint --list-rules --format json | grep -c '"rule": ') + 1))" ]
	[ "$(widest <rules)" -gt 100 ]
	pare lint --list-rules -o rules2 --color always
	cmp rules rules2
}

@test "on a terminal, its width" {
	with_history "[{\"created_by\":\"$(printf 'x%.0s' {1..300})\"},{\"created_by\":\"b\"},{\"created_by\":\"c\"}]"
	on_terminal() {
		python3 - "$1" "$PARE" history other.tar <<'END'
import fcntl, os, pty, struct, sys, termios
pid, fd = pty.fork()
if pid == 0:
    os.environ.pop("COLUMNS", None)
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
    os.environ["NO_COLOR"] = "1"
    os.execv(sys.argv[2], sys.argv[2:])
seen = b""
while True:
    try:
        more = os.read(fd, 65536)
    except OSError:
        break
    if not more:
        break
    seen += more
os.waitpid(pid, 0)
print(max(len(l) for l in seen.decode().replace("\r", "").split("\n")))
END
	}
	[ "$(on_terminal 97)" = 97 ]
	[ "$(on_terminal 151)" = 151 ]
}
