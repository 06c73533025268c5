/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_maven = {
	.name = "maven",
	.programs = "mvn mvnw",
	.packages = "maven",
	.toolchain =
		&(const struct catalog_toolchain){
			.images = "maven",
			.programs = "mvn mvnw",
			.needs = "mvn mvnw javac jshell "
				 "jlink jdeps" },
	.project =
		&(const struct catalog_project){
			.makes = "target", .makes_verbs = "package install" },
	/* ~/.m2 holds settings as well. */
	.caches = CACHES({ .name = "maven",
			   .key = "maven-repository",
			   .programs = "mvn mvnw",
			   .asks = "-v -version --version -h --help",
			   .mounts = "~/.m2 ~/.m2/repository",
			   .variables = "maven.repo.local",
			   .needs = "mvn mvnw",
			   .remedy = "build in a stage of its own, or "
				     "mount a cache there" }),
	.places = PLACES(ALL_BELOW("**/.m2/repository", "maven", "maven")),
	.drops = DROPS({ .name = "maven",
			 .holds = "the local repository of maven",
			 .breaks = "mvn without a network; programs started by "
				   "mvn exec",
			 .presets = ANY_PRESET }),
	.estimates = ESTIMATES({ "maven-repository", 52561510,
				 "repository after mvn package of a web "
				 "starter of Spring Boot 3.3 "
				 "(108 archives, plugins too)",
				 true, NULL }),
	.traces = TRACES(TRACE_DIR(".m2", REASON_DEPENDENCIES, SAFE_NEVER),
			 TRACE_DIR("target", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
				   .made_by = JVM_BUILD, .beside = "pom.xml",
				   .heavy = 16)),
};
