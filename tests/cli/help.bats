# SPDX-License-Identifier: Apache-2.0
# Help, man pages and completions come from one table; do they all show it?
bats_require_minimum_version 1.5.0

setup() {
	load common
}

# compare WHAT COMMAND LIST: the options in LIST are those of --help.
compare() {
	diff <(options_of "$2" | sort) <(printf '%s\n' "$3" | sort) || {
		echo "$1 and --help of $2 differ"
		return 1
	}
}

@test "pare --help lists commands, on stdout" {
	run -0 pare --help
	[[ $output == "Usage: pare COMMAND"* ]]
	for command in analyze optimize verify completion; do
		[[ $output == *$'\n'"  $command "* ]]
	done
	run -0 pare -h
	[[ $output == "Usage: pare COMMAND"* ]]
	[ -z "$(pare --help 2>&1 >/dev/null)" ]
}

@test "pare --version" {
	run -0 pare --version
	[[ $output =~ ^pare\ [0-9]+\.[0-9]+\.[0-9]+ ]]
}

@test "every command has help that fits 80 columns and tells the status" {
	for command in $(commands); do
		run -0 pare "$command" --help
		[[ ${lines[0]} == "Usage: pare $command [OPTION]..."* ]]
		[[ $output == *$'Exit status:\n  0  done\n'* ]]
		# examples are commands: they are not broken
		[ -z "$(pare "$command" --help | grep -v '^  pare' | awk 'length > 80')" ]
		options_of "$command" | grep -qx -e --help
	done
}

@test "every option stands in the man page, and none besides" {
	for command in $(commands); do
		page=$(pare man "$command" |
			sed -n '/^.SH OPTIONS/,/^.SH EXAMPLES/s/^\(.*fR, \)\{0,1\}\\fB\(\\-\\-[^ ]*\)\\fR.*/\2/p' |
			tr -d '\\')
		compare "the man page" "$command" "$page"
	done
}

@test "every option stands in the bash completion, and none besides" {
	pare completion bash >"$BATS_TEST_TMPDIR/bash"
	for command in $(commands); do
		compare bash "$command" "$(bash -c '
			. "$1"
			COMP_WORDS=(pare "$2" --) COMP_CWORD=2
			_pare 2>/dev/null
			printf "%s\n" "${COMPREPLY[@]}"' - "$BATS_TEST_TMPDIR/bash" "$command")"
	done
}

@test "every option stands in the zsh completion, and none besides" {
	for command in $(commands); do
		compare zsh "$command" "$(pare completion zsh |
			sed -n "/^\t$command)/,/;;\$/p" |
			sed -n "s/^\t\t\t'.*--\([a-z0-9-]*\)=\{0,1\}\[.*/--\1/p
				s/^\t\t\t.*{-.*,--\([a-z0-9-]*\)=\{0,1\}}'\[.*/--\1/p")"
	done
}

@test "every option stands in the fish completion, and none besides" {
	for command in $(commands); do
		compare fish "$command" "$(pare completion fish |
			sed -n "s/.*seen_subcommand_from $command'.* -l \([a-z0-9-]*\) .*/--\1/p")"
	done
}

@test "short letters stand in all of them" {
	for command in $(commands); do
		for letter in $(pare "$command" --help | sed -n 's/^  -\(.\), .*/\1/p'); do
			pare man "$command" | grep -qF "\\fB\\-$letter\\fR, "
			pare completion bash | grep -q -- " -$letter \| *\"-$letter "
			pare completion zsh | grep -qF -- "{-$letter"
			pare completion fish | grep -q "from $command'.* -s $letter "
		done
	done
}

@test "values of enumerations are completed" {
	pare completion bash >"$BATS_TEST_TMPDIR/bash"
	run -0 bash -c '. "$1"
		COMP_WORDS=(pare history --format "") COMP_CWORD=3
		_pare
		echo "${COMPREPLY[*]}"' - "$BATS_TEST_TMPDIR/bash"
	says "text json"
	# Of what the command writes.
	run -0 bash -c '. "$1"
		COMP_WORDS=(pare analyze --format s) COMP_CWORD=3
		_pare
		echo "${COMPREPLY[*]}"' - "$BATS_TEST_TMPDIR/bash"
	says sarif
	pare completion zsh | grep -qF "(text json)"
	pare completion fish | grep -qF -- "-l format -x -a 'text json'"
}

@test "images are completed by transport and by file" {
	cd "$BATS_TEST_TMPDIR"
	pare completion bash >bash
	touch octopus.tar
	run -0 bash -c '. ./bash
		COMP_WORDS=(pare analyze o) COMP_CWORD=2
		_pare 2>/dev/null
		echo "${COMPREPLY[*]}"'
	says "octopus.tar oci: oci-archive:"
}

@test "bash accepts its script" {
	pare completion bash | bash -n
}

@test "zsh accepts its script" {
	command -v zsh || skip "no zsh here"
	pare completion zsh >"$BATS_TEST_TMPDIR/_pare"
	zsh -n "$BATS_TEST_TMPDIR/_pare"
}

@test "fish accepts its script" {
	command -v fish || skip "no fish here"
	pare completion fish >"$BATS_TEST_TMPDIR/pare.fish"
	fish -n "$BATS_TEST_TMPDIR/pare.fish"
}

@test "fish completes options and values" {
	command -v fish || skip "no fish here"
	export HOME=$BATS_TEST_TMPDIR XDG_CONFIG_HOME=$BATS_TEST_TMPDIR
	pare completion fish >"$BATS_TEST_TMPDIR/pare.fish"
	run -0 fish --no-config -c "source $BATS_TEST_TMPDIR/pare.fish
		complete -C 'pare history --format '"
	[[ $output == json* ]]
	[[ $output == *text* ]]
}

# man pages have no date, so that a build gives the same bytes on any day
@test "mandoc finds nothing to say about the man pages" {
	command -v mandoc || skip "no mandoc here"
	for command in '' $(commands); do
		# shellcheck disable=SC2086 # no word at all for pare(1)
		run pare man $command
		is 0
		printf '%s\n' "$output" >"$BATS_TEST_TMPDIR/page.1"
		run mandoc -Tlint -Wstyle "$BATS_TEST_TMPDIR/page.1"
		[ -z "$(printf '%s\n' "$output" | grep -v -e 'missing date' -e 'referenced manual not found')" ] || {
			echo "$command: $output"
			return 1
		}
	done
}

@test "man pages have all their sections" {
	for command in $(commands); do
		for section in NAME SYNOPSIS DESCRIPTION OPTIONS EXAMPLES \
			'EXIT STATUS' ENVIRONMENT 'SEE ALSO'; do
			pare man "$command" | grep -qx ".SH $section" || {
				echo "$command: no $section"
				return 1
			}
		done
	done
	run -0 pare man
	for command in analyze optimize verify completion; do
		[[ $output == *"\\fBpare\\-$command\\fR(1)"* ]]
	done
}

@test "every key of JSON stands in docs/json.md" {
	load images
	in_place
	wasteful_image
	page=$BATS_TEST_DIRNAME/../../docs/json.md
	# keys_of COMMAND...: the names of all keys in its output.
	keys_of() {
		pare "$1" --format json "${@:2}" | python3 -c '
import json, sys
def walk(v):
    if isinstance(v, dict):
        for key, value in v.items():
            print(key)
            walk(value)
    elif isinstance(v, list):
        for value in v: walk(value)
walk(json.load(sys.stdin))'
	}
	printf 'FROM scratch\nCOPY etc /etc\n' >1/Dockerfile
	{
		keys_of analyze app.tar
		keys_of optimize --base none --min-gain 0 app.tar
		keys_of optimize --drop caches --base none app.tar
		keys_of optimize --drop-list
		keys_of squash app.tar
		keys_of history app.tar
		keys_of ls app.tar etc
		keys_of diff app.tar app.tar
		keys_of diff --wire app.tar app.tar
		keys_of verify app.tar app.tar
		keys_of context 1
		keys_of context --why etc 1
	} | sort -u >keys
	[ "$(wc -l <keys)" -gt 60 ]
	while read -r key; do
		grep -q "[\`.]$key[\`.[]" "$page" || {
			echo "$key"
			return 1
		}
	done <keys
}
