/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_cargo = {
	.name = "cargo",
	.programs = "cargo",
	.packages = "cargo rustc rust",
	.options = "-C -F -Z -j -p --bin --branch --color --config --example "
		   "--features --git --index --jobs --manifest-path "
		   "--message-format --package --path --profile --registry "
		   "--rev --root --tag --target --target-dir --test --version",
	.elsewhere = "--root",
	.debug =
		&(const struct catalog_debug){
			.verbs = "build b",
			.unless = "--release -r --profile",
			.output = "target/debug",
			.remedy = "cargo builds without optimisation and with "
				  "debug data; "
				  "add --release and take the program from "
				  "target/release" },
	.toolchain =
		&(const struct catalog_toolchain){ .images = "rust",
						   .programs = "cargo rustc",
						   .needs = "cargo" },
	.verbs = { .build = "build b install" },
	.project = &(const struct catalog_project){ .makes = "target",
						    .makes_verbs = "build b" },
	/* Programs lie in CARGO_HOME/bin: a mount on CARGO_HOME takes the
	 * registry too, but not all in it is registry. */
	.caches =
		CACHES({ .name = "cargo",
			 .key = "cargo-registry",
			 .programs = "cargo",
			 .verbs = "build b install fetch test t run r check c",
			 .mounts = "/usr/local/cargo/registry "
				   "~/.cargo/registry /usr/local/cargo "
				   "~/.cargo",
			 .variables = "CARGO_HOME",
			 .clean_verbs = "cache",
			 .needs = "cargo",
			 .remedy = "build in a stage of its own, or "
				   "mount a cache there" }),
	.places =
		PLACES(ALL_BELOW("**/.cargo/registry", "cargo", "cargo"),
		       ALL_BELOW("**/.cargo/git", "cargo", "cargo"),
		       ALL_BELOW("usr/local/cargo/registry", "cargo", "cargo"),
		       ALL_BELOW("usr/local/cargo/git", "cargo", "cargo")),
	.drops = DROPS({ .name = "cargo",
			 .holds = "crates and registry indices of cargo",
			 .breaks = "cargo build without a network",
			 .presets = ANY_PRESET }),
	.estimates = ESTIMATES(
		{ "cargo-registry", 47379397,
		  "registry after cargo fetch for serde and tokio with all "
		  "features: archives, sources, index",
		  true, NULL }),
	.traces = TRACES(
		TRACE_DIR("target", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
			  .made_by = "cargo+build+install+run+test+b+rustc",
			  .beside = "Cargo.toml", .heavy = 15)),
};
