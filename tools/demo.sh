#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `./dev demo`: an image with the waste of real life, and what pare makes of
# it. usage: demo.sh PARE
set -eu
pare=$(cd -- "$(dirname -- "$1")" && pwd)/${1##*/}
tools=$(cd -- "$(dirname -- "$0")" && pwd)

# fits DIR: there is room, and programs may run there.
fits() {
	[ -d "$1" ] && [ -w "$1" ] || return 1
	free=$(df -Pk "$1" | awk 'NR == 2 { print $4 }')
	[ "$free" -gt 2500000 ] || return 1
	try=$(mktemp "$1/pare-demo.XXXXXX") || return 1
	printf '#!/bin/sh\n' >"$try"
	chmod +x "$try"
	ran=0
	"$try" 2>/dev/null || ran=1
	rm -f "$try"
	return $ran
}

for place in /dev/shm "${TMPDIR:-/tmp}" /var/tmp; do
	fits "$place" && break
done
work=$(mktemp -d "$place/pare-demo.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
chmod 755 "$work" # mmdebstrap may run as another user of a user namespace
export TMPDIR="$work" PARE_CACHE_DIR="$work/cache"

# The Debian sources that this machine itself uses.
debian_sources() {
	# shellcheck disable=SC2016 # apt's own fields
	apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
		'Identifier: Packages' 'Origin: Debian' 2>/dev/null |
		grep -v -e '-backports' -e '-updates' | grep ' main$' | sort -u
}

make_tree() {
	debian_sources >"$work/sources"
	suite=$(awk '$3 !~ /-/ { print $3; exit }' "$work/sources")
	if [ ! "$suite" ]; then
		suite=bookworm
		echo "deb http://deb.debian.org/debian bookworm main" >"$work/sources"
	fi
	mmdebstrap --quiet --variant=minbase --include=python3-minimal \
		--skip=cleanup/apt/lists,cleanup/apt/cache \
		--aptopt='APT::Keep-Downloaded-Packages "true"' \
		--dpkgopt=force-unsafe-io \
		"$suite" "$work/tree.tar" - <"$work/sources" >"$work/log" 2>&1 || {
		cat "$work/log" >&2
		echo "demo: the Debian tree could not be made" >&2
		exit 3
	}
}

# run WORD...: shows the command as one would type it, then does it.
run() {
	printf '\n$ pare'
	printf ' %s' "$@"
	printf '\n'
	"$pare" "$@"
}

echo "Making an image the usual way: Debian, python3 by apt-get, an application"
echo "copied in and then given to its user, a late clean-up. About a minute."
make_tree
"$tools/demo-image" "$(dpkg --print-architecture)" "$work/tree.tar" "$work/app.tar"
rm "$work/tree.tar"
cd "$work"
run analyze app.tar >analysis
sed -n '1,/^ *DEAD BYTES/p' analysis
sed '1,/^ *DEAD BYTES/d' analysis | head -n 6
echo '  ...'
tail -n 1 analysis
run optimize app.tar -o small.tar
run verify app.tar small.tar
"$pare" analyze --format json app.tar >before.json
"$pare" analyze --format json small.tar >after.json
"$tools/demo-summary" before.json after.json
