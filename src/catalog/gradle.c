/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_gradle = {
	.name = "gradle",
	.programs = "gradle gradlew",
	.packages = "gradle",
	.toolchain =
		&(const struct catalog_toolchain){
			.images = "gradle",
			.programs = "gradle gradlew",
			.needs = "gradle gradlew javac "
				 "jshell jlink jdeps" },
	.project = &(const struct catalog_project){ .makes = "build",
						    .makes_verbs = "build" },
	.caches = CACHES({ .name = "gradle",
			   .key = "gradle-caches",
			   .programs = "gradle gradlew",
			   .asks = "-v -version --version -h --help",
			   .mounts = "~/.gradle ~/.gradle/caches",
			   .variables = "GRADLE_USER_HOME gradle-user-home",
			   .needs = "gradle gradlew",
			   .remedy = "build in a stage of its own, or "
				     "mount a cache there" }),
	.places = PLACES(ALL_BELOW("**/.gradle/caches", "gradle", "gradle"),
			 ALL_BELOW("**/.gradle/daemon", "gradle", "gradle"),
			 ALL_BELOW("**/.gradle/native", "gradle", "gradle")),
	.drops = DROPS({ .name = "gradle",
			 .holds = "caches and daemon logs of gradle",
			 .breaks = "gradle --offline; programs started by "
				   "gradle run",
			 .presets = ANY_PRESET }),
	.traces = TRACES(TRACE_DIR(".gradle", REASON_DEPENDENCIES, SAFE_ALWAYS,
				   .heavy = 13),
			 TRACE_DIR("build", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
				   .made_by = JVM_BUILD,
				   .beside = "build.gradle build.gradle.kts")),
};
