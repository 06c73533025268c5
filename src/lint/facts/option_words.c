/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/option_words.h"

#include "base/chars.h"

static const struct {
	const char *tools, *options;
} rows[] = {
	{ "apt apt-get aptitude apt-cache",
	  "-t -o -c -a --target-release --default-release --option "
	  "--config-file --host-architecture --solver" },
	{ "apk",
	  "-t -X -p --virtual --repository --root --arch --keys-dir "
	  "--cache-dir --cache-max-age --repositories-file --wait --timeout "
	  "--progress-fd" },
	{ "yum",
	  "-c -d -e -R -x --config --enablerepo --disablerepo --repo --repoid "
	  "--releasever --installroot --exclude --setopt --disableplugin "
	  "--enableplugin --forcearch --comment --rpmverbosity --advisory" },
	{ "dnf dnf5 microdnf",
	  "-c -d -e -R -x --config --enablerepo --disablerepo --repo --repoid "
	  "--releasever --installroot --exclude --setopt --disableplugin "
	  "--enableplugin --forcearch --comment --rpmverbosity --advisory" },
	{ "zypper",
	  "-r -R -t -c -C --repo --from --root --type --config --installroot "
	  "--download --plus-repo --plus-content" },
	{ "npm", "-w --prefix --registry --cache --userconfig --globalconfig "
		 "--loglevel --tag --omit --include --workspace --script-shell "
		 "--cafile --maxsockets --install-strategy --os --cpu --libc "
		 "--fetch-retries --fetch-timeout --before --auth-type -C "
		 "--cwd --dir" },
	{ "yarn yarnpkg",
	  "--cwd --cache-folder --modules-folder --registry --mutex "
	  "--network-timeout --network-concurrency --preferred-cache-folder "
	  "--global-folder --prefix -C --dir --cache" },
	{ "pnpm", "-C -F --dir --filter --store-dir --reporter --loglevel "
		  "--registry --prefix --cwd --cache" },
	{ "gem",
	  "-i -n -s -P -v -p --install-dir --bindir --source --trust-policy "
	  "--version --http-proxy --platform --build-root --file" },
	{ "go",
	  "-C -tags -ldflags -gcflags -asmflags -gccgoflags -o -p -mod "
	  "-modfile -overlay -pkgdir -toolexec -buildmode -compiler -exec "
	  "-covermode -coverpkg -installsuffix -pgo" },
	{ "pip pip2 pip3 pipx pipenv",
	  "-b -C -c -e -f -i -r -t --abi --build --cache-dir --cert "
	  "--client-cert --config-settings --constraint --editable "
	  "--exists-action --extra-index-url --find-links --global-option "
	  "--group --implementation --index-url --install-option "
	  "--keyring-provider --log --no-binary --only-binary --pip-args "
	  "--platform --prefix --progress-bar --proxy --python "
	  "--python-version --report --requirement --retries "
	  "--root --root-user-action --spec --src --suffix --target --timeout "
	  "--trusted-host --upgrade-strategy --use-deprecated --use-feature" },
	{ "git", "-C -c --git-dir --work-tree" },
	{ "make", "-C -f --directory --file" },
	{ "composer bundle", "-d --working-dir" },
};

static bool is_listed(struct str word, const char *list)
{
	struct str rest = str_of(list), head;
	for (bool more = word.n > 0; more;) {
		more = str_cut(rest, ' ', &head, &rest);
		if (str_eq(word, more ? head : rest))
			return true;
	}
	return false;
}

static const char *options_of(struct str tool)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (is_listed(tool, rows[i].tools))
			return rows[i].options;
	return NULL;
}

bool lint_option_takes_word(struct str tool, struct str option)
{
	const char *options = options_of(tool);
	if (!options || option.n < 2 || option.p[0] != '-')
		return false;
	if (is_listed(option, options))
		return true;
	if (option.p[1] == '-')
		return false;
	/* "-yt x": letters alone, and the last one takes it. */
	for (size_t i = 1; i < option.n; i++)
		if (!is_alpha(option.p[i]))
			return false;
	char letter[3] = { '-', option.p[option.n - 1], 0 };
	return is_listed(str_of(letter), options);
}
