/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

/* Its archives lie where gem's do: see gem.c. */
const struct catalog_tool catalog_bundler = {
	.name = "bundler",
	.programs = "bundle bundler",
	.options = "-d --working-dir",
	.verbs = { .build = "install sync" },
	.project =
		&(const struct catalog_project){
			.verbs = "install",
			.manifest = "Gemfile and Gemfile.lock",
			.dev_verbs = "install",
			.dev_options = "--without --deployment",
			.dev_says = "BUNDLE_WITHOUT BUNDLE_DEPLOYMENT without",
			.dev_remedy = "BUNDLE_WITHOUT" },
	.caches = CACHES({ .name = "bundler",
			   .key = "gem-cache",
			   .programs = "bundle bundler",
			   .verbs = "install",
			   .mounts = "/usr/local/bundle/cache ~/.bundle/cache",
			   .options = "--no-cache",
			   .variables = "BUNDLE_PATH BUNDLE_NO_CACHE",
			   .shown = "of .gem archives",
			   .remedy = "remove the cache directory of the "
				     "gems in the same RUN" }),
	.traces =
		TRACES(TRACE_DIR("bundle", REASON_DEPENDENCIES, SAFE_IF_MADE,
				 .made_by = "bundle+-+install bundler+install",
				 .inside = "ruby"),
		       TRACE_DIR(".bundle", REASON_DEPENDENCIES, SAFE_NEVER)),
};
