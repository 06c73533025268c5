# SPDX-License-Identifier: Apache-2.0
# `meson install`: is everything there, where its readers look for it?
bats_require_minimum_version 1.5.0

setup_file() {
	export DESTDIR=$BATS_FILE_TMPDIR/dest
	build=$(dirname -- "$(realpath -- "${PARE_RELEASE:-$BATS_TEST_DIRNAME/../../build/pare}")")
	export build
	meson install -C "$build" --no-rebuild --strip >"$BATS_FILE_TMPDIR/log" 2>&1 || {
		cat "$BATS_FILE_TMPDIR/log"
		return 1
	}
	usr=$DESTDIR$(meson introspect "$build" --buildoptions | python3 -c '
import json, sys
print(next(o["value"] for o in json.load(sys.stdin) if o["name"] == "prefix"))')
	export usr
}

setup() {
	load common
}

# mode OCTAL FILE...
mode() {
	want=$1
	shift
	for file in "$@"; do
		[ "$(stat -c %a "$file")" = "$want" ] || {
			stat -c '%a %n' "$file"
			return 1
		}
	done
}

@test "the programs run, and pare-init is what was built, to the byte" {
	run -0 "$usr/bin/pare" --version
	[[ $output == "pare "* ]]
	run -0 "$usr/bin/pare-init" echo hello
	says hello
	cmp "$usr/bin/pare-init" "$build/src/init/pare-init"
	mode 755 "$usr"/bin/*
	[ "$(cd "$usr/bin" && echo *)" = "pare pare-init" ]
}

@test "every command has its page in section 1, as pare man prints it" {
	cd "$usr/share/man/man1"
	for command in $("$usr/bin/pare" --help |
		awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }'); do
		"$usr/bin/pare" man "$command" | cmp - "pare-$command.1"
		echo "pare-$command.1"
	done | sort >"$BATS_TEST_TMPDIR/pages"
	"$usr/bin/pare" man | cmp - pare.1
	grep -q '^\.TH PARE-INIT 1' pare-init.1
	diff <({ cat "$BATS_TEST_TMPDIR/pages"; echo pare.1; echo pare-init.1; } | sort) \
		<(printf '%s\n' * | sort)
	mode 644 ./*
}

@test "bash finds the completion" {
	"$usr/bin/pare" completion bash | cmp - "$usr/share/bash-completion/completions/pare"
	mode 644 "$usr/share/bash-completion/completions/pare"
}

@test "zsh finds the completion" {
	"$usr/bin/pare" completion zsh | cmp - "$usr/share/zsh/site-functions/_pare"
	command -v zsh || skip "no zsh here"
	run -0 zsh -fc "fpath=($usr/share/zsh/site-functions \$fpath)
		autoload -Uz compinit && compinit -u -d $BATS_TEST_TMPDIR/dump
		echo \$_comps[pare]"
	says _pare
}

@test "fish finds the completion" {
	"$usr/bin/pare" completion fish | cmp - "$usr/share/fish/vendor_completions.d/pare.fish"
	command -v fish || skip "no fish here"
	export HOME=$BATS_TEST_TMPDIR XDG_DATA_DIRS=$usr/share
	run -0 fish -c "set PATH $usr/bin \$PATH; complete -C 'pare analy'"
	[[ $output == analyze* ]]
}

@test "the documentation is there, and its links lead somewhere" {
	cd "$usr/share/doc/pare"
	for file in README.md ARCHITECTURE.md CHANGELOG.md LICENSE docs/json.md docs/lint/README.md; do
		[ -s "$file" ] || {
			echo "no $file"
			return 1
		}
	done
	[ "$(find docs -type f | wc -l)" = "$(find "$BATS_TEST_DIRNAME/../../docs" -type f | wc -l)" ]
	find . -name '*.md' | while read -r page; do
		grep -o '](\([^)#]*\)[)#]' "$page" | sed 's/^](//; s/[)#]$//' |
			grep -v -e '^$' -e '^[a-z]*:' | while read -r link; do
			[ -e "${page%/*}/$link" ] || echo "$page: $link"
		done
	done >"$BATS_TEST_TMPDIR/lost"
	run -0 cat "$BATS_TEST_TMPDIR/lost"
	says ""
}
