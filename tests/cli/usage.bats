# SPDX-License-Identifier: Apache-2.0
# Wrong usage: one line on stderr, status 2, nothing on stdout.

bats_require_minimum_version 1.5.0

setup() {
	load common
}

# wrong LINE WORD...: `pare WORD...` fails with exactly LINE.
wrong() {
	line=$1
	shift
	run --separate-stderr pare "$@"
	is 2
	says ''
	output=$stderr says "$line"
}

@test "no command" {
	run --separate-stderr pare
	is 2
	says ''
}

@test "an unknown command" {
	wrong 'pare: no command "analyse" (did you mean analyze?); try pare --help' analyse x.tar
	wrong 'pare: no command "zzz"; try pare --help' zzz
}

@test "an unknown option" {
	wrong 'pare analyze: no option --fromat (did you mean --format?); try pare analyze --help' \
		analyze --fromat json x.tar
	wrong 'pare analyze: no option -Z; try pare analyze --help' analyze -Z x.tar
	wrong 'pare verify: no option --zzz; try pare verify --help' verify --zzz
}

@test "names are not abbreviated" {
	wrong 'pare analyze: no option --form (did you mean --format?); try pare analyze --help' \
		analyze --form json x.tar
}

@test "a value that is none" {
	wrong 'pare analyze: --format takes text or json, not "xml"; try pare analyze --help' \
		analyze --format xml x.tar
	wrong 'pare analyze: --jobs takes a number from 1 to 1024, not "many"; try pare analyze --help' \
		analyze -jmany x.tar
	wrong 'pare analyze: --limit knows no "colours"; try pare analyze --help' \
		analyze --limit colours=3 x.tar
}

@test "operands that are missing or too many" {
	wrong 'pare analyze: IMAGE is missing; try pare analyze --help' analyze
	wrong 'pare verify: B is missing; try pare verify --help' verify a.tar
	wrong 'pare verify: unexpected argument "c.tar"; try pare verify --help' \
		verify a.tar b.tar c.tar
}

@test "an option in the place of an operand needs --" {
	wrong 'pare analyze: no option -x; try pare analyze --help' analyze -x
	run --separate-stderr pare analyze -- -x
	is 3
}

@test "a shell that is not known" {
	wrong 'pare completion: SHELL is bash, zsh or fish, not "csh"; try pare completion --help' \
		completion csh
}
