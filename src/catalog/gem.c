/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

#define GEMS(path, caches)                                            \
	{                                                             \
		.root = (path), .take = "*.gem", .flags = PLACE_FLAT, \
		.drop = "gem", .cache = (caches)                      \
	}

const struct catalog_tool catalog_gem = {
	.name = "gem",
	.programs = "gem",
	.options = "-B -g -i -n -p -P -s -v --bindir --build-root "
		   "--bulk-threshold --config-file --document --file "
		   "--http-proxy --install-dir --platform --rdoc --ri "
		   "--source --target-rbconfig --trust-policy --version "
		   "--without",
	.flags = "-b -d -E -f -h -l -N -q -r -u -V -w -y --both "
		 "--clear-sources --conservative --debug --default "
		 "--development --development-all --env-shebang --explain "
		 "--force --format-executable --help --ignore-dependencies "
		 "--include-dependencies --local --lock --minimal-deps "
		 "--post-install-message --pre --prerelease --quiet --remote "
		 "--silent --suggestions --update-sources --user-install "
		 "--vendor --verbose --wrappers",
	.verbs = { .pin = "install i", .build = "install wheel" },
	/* ~/.gem and /var/lib/gems hold the gems themselves, unpacked. */
	.caches = CACHES({ .name = "gem",
			   .key = "gem-cache",
			   .programs = "gem",
			   .verbs = "install i",
			   .mounts = "/usr/local/bundle/cache ~/.gem "
				     "/var/lib/gems",
			   .variables = "GEM_HOME",
			   .shown = "of .gem archives",
			   .remedy = "remove the cache directory of the "
				     "gems in the same RUN" }),
	.places = PLACES(GEMS("**/ruby/gems/*/cache", "gem"),
			 GEMS("var/lib/gems/*/cache", "gem"),
			 GEMS("usr/local/bundle/cache", "gem bundler"),
			 GEMS("**/ruby/*/cache", "gem bundler"),
			 ALL_BELOW("**/.bundle/cache", "gem", "bundler"),
			 ALL_BELOW("**/.gem/specs", "gem", "gem")),
	.drops = DROPS({ .name = "gem",
			 .holds = "gem files that are installed",
			 .breaks = "gem pristine and bundle install --local",
			 .presets = ANY_PRESET }),
};
