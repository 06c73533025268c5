# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What the tests of the command line share.

PARE=${PARE:-$BATS_TEST_DIRNAME/../../build/pare}
export PARE_CACHE_DIR="$BATS_TEST_TMPDIR/cache"
unset NO_COLOR SOURCE_DATE_EPOCH
# For bash, which reads \u by the locale; a bare machine has none.
export LC_ALL=C.UTF-8

pare() {
	"$PARE" "$@"
}

# The commands that `pare --help` lists, and the hidden ones.
commands() {
	pare --help | awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }'
	echo man
}

# The long options of a command, from --help: "--name" a line.
options_of() {
	pare "$1" --help | sed -n 's/^  \(-., \|    \)\(--[a-z0-9-]*\).*/\2/p'
}

# is STATUS: the status of the last `run`, else all that it printed.
is() {
	[ "$status" -eq "$1" ] || {
		echo "status $status, not $1; it printed:"
		echo "$output"
		return 1
	}
}

# says TEXT: exactly that, on stdout and stderr together.
says() {
	[ "$output" = "$1" ] || {
		echo "it printed:"
		echo "$output"
		echo "not:"
		echo "$1"
		return 1
	}
}
