#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Does tools/lint-pages see what is wrong with a page? Its pare is a sham with
# the rule X1, which finds the word BAD.
set -eu
tool=$(dirname -- "$0")/lint-pages
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/docs"
cat >"$dir/pare" <<'END'
#!/bin/sh
if [ "$2" = --list-rules ]; then
	echo '{"rules": [{"rule": "X1", "aliases": ["Also"], "severity": "info",
		"default": false, "fix": null, "summary": "the word BAD"}]}'
	exit
fi
printf '%s\n' "$*" >>"${0%/*}/calls"
rule=X1 n=0 status=0 between=
[ ! -e other ] || rule=X2
echo '{"files": [{"findings": ['
while read -r line; do
	n=$((n + 1))
	case $line in *BAD*)
		echo "$between{\"rule\": \"$rule\", \"line\": $n, \"column\": 1, \"message\": \"m\"}"
		status=1 between=,
		;;
	esac
done <Dockerfile
echo ']}]}'
exit $status
END
chmod +x "$dir/pare"
echo 1..17
n=0

# page: standard input is docs/X1.md behind its title.
page() {
	{
		# shellcheck disable=SC2016 # Markdown
		printf '# X1: the word BAD\n\n<!-- generated --> **info**, also `Also`, off unless selected\n'
		cat
	} >"$dir/docs/X1.md"
}

# expect WHAT STATUS TEXT: the tool's status, and a line of its output.
expect() {
	n=$((n + 1))
	status=0
	out=$("$tool" --pare "$dir/pare" --docs "$dir/docs" X1) || status=$?
	if [ "$status" = "$2" ] && printf '%s\n' "$out" | grep -qF -e "$3"; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		printf '%s\n' "$out" | sed 's/^/# /'
	fi
}

head='
Finds BAD.
## Why
It is bad.
## Bad
'
bad='```dockerfile bad
a BAD
```
'
tail='## Good
```dockerfile good
a
```
## When not to use it
Never.'

page <<END
$head$bad$tail
END
expect 'a page that is right' 0 'ok 2 - X1'

page <<END
$head\`\`\`dockerfile bad
fine
\`\`\`
$tail
END
expect 'bad that is not' 1 'bad, but nothing was found'

page <<END
$head$bad\`\`\`dockerfile good
a BAD
\`\`\`
$tail
END
expect 'good that is not' 1 'good, but found: 1:1 X1 m'

page <<END
$head\`\`\`dockerfile bad lines=1,3
BAD
BAD
\`\`\`
$tail
END
expect 'other lines' 1 'wanted lines [1, 3]'

page <<END
$head\`\`\`text file=other
\`\`\`
$bad$tail
END
expect 'a file of the context, and another rule' 1 'another rule spoke up: 1:1 X2 m'

page <<END
$head\`\`\`text file=other
\`\`\`
## Bad
$bad$tail
END
expect 'files end with their heading' 1 'headings are not'

page <<END
$head<!-- pare lint --build-arg A=1 --config c -->
$bad$tail
END
: >"$dir/calls"
expect 'options' 0 'ok 2 - X1'
n=$((n + 1))
if [ "$(head -n 1 "$dir/calls")" = 'lint --format json --min-bytes 0 --select X1 --build-arg A=1 --config c Dockerfile' ] &&
	[ "$(tail -n 1 "$dir/calls")" = 'lint --format json --min-bytes 0 --select X1 --no-config Dockerfile' ]; then
	echo "ok $n - options are for one block"
else
	echo "not ok $n - options are for one block"
	sed 's/^/# /' "$dir/calls"
fi

page <<END
$head$bad
END
expect 'no good block' 1 'no good block'

page <<END
$head\`\`\`dockerfile bad line=1
\`\`\`
$bad$tail
END
expect 'a fence that is none' 1 'a block begins with'

page <<END
$head$bad\`\`\`text file=../x
\`\`\`
$bad$tail
END
expect 'a file outside' 1 'leads out of the context'

page <<END
## Why
It is bad.
## Bad
$bad$tail
END
expect 'nothing on what is found' 1 'the text of what is found is empty'

page <<END
Finds BAD.
## Why
## Bad
$bad$tail
END
expect 'a section without words' 1 'Why is empty'

page <<END
$head$tail
$bad
END
expect 'a bad block in another section' 1 "stands below 'When not to use it'"

page <<END
$head$bad$tail
$(printf '%0126d' 0)
END
expect 'a wide line' 1 'more than 125 columns'

printf '# X1: old\n\n<!-- generated -->\n%s%s%s\n' "$head" "$bad" "$tail" >"$dir/docs/X1.md"
expect 'an old title' 1 'not: # X1: the word BAD'

printf 'a\n<!-- rules -->\n<!-- /rules -->\nb\n' >"$dir/docs/README.md"
"$tool" --pare "$dir/pare" --docs "$dir/docs" --write
expect 'what is generated' 0 'ok 2 - X1'
