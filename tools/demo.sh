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

# run WORD...: shows the command as one would type it, then does it.
run() {
	printf '\n$ pare'
	printf ' %s' "$@"
	printf '\n'
	"$pare" "$@"
}

echo "Making an image the usual way: Debian, python3 by apt-get, an application"
echo "copied in and then given to its user, a late clean-up. About a minute."
"$tools/debian-tree" --keep "$work/tree.tar" python3-minimal
"$tools/demo-image" "$(dpkg --print-architecture)" "$work/tree.tar" "$work/app.tar"
rm "$work/tree.tar"
cd "$work"
run analyze app.tar
run optimize app.tar -o small.tar
run verify app.tar small.tar
"$pare" analyze --format json app.tar >before.json
"$pare" analyze --format json small.tar >after.json
"$tools/demo-summary" before.json after.json
