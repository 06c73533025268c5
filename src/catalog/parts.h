/* SPDX-License-Identifier: Apache-2.0 */
/* catalog/parts.h - how the tools' files are spelled. Private to this folder. */
#pragma once
#include "catalog/catalog.h"

#define ANY_PRESET (DROP_CACHES | DROP_RUNTIME)

/* Arrays of a tool, with the element that ends them. */
#define CACHES(...)                    \
	(const struct catalog_cache[]) \
	{                              \
		__VA_ARGS__,           \
		{                      \
			0              \
		}                      \
	}
#define PLACES(...)                    \
	(const struct catalog_place[]) \
	{                              \
		__VA_ARGS__,           \
		{                      \
			0              \
		}                      \
	}
#define DROPS(...)                    \
	(const struct catalog_drop[]) \
	{                             \
		__VA_ARGS__,          \
		{                     \
			0             \
		}                     \
	}
#define TRACES(...)                    \
	(const struct catalog_trace[]) \
	{                              \
		__VA_ARGS__,           \
		{                      \
			0              \
		}                      \
	}
#define ESTIMATES(...)                    \
	(const struct catalog_estimate[]) \
	{                                 \
		__VA_ARGS__,              \
		{                         \
			0                 \
		}                         \
	}
#define PRESENCES(...)                    \
	(const struct catalog_presence[]) \
	{                                 \
		__VA_ARGS__,              \
		{                         \
			0                 \
		}                         \
	}
#define RUNTIMES(...)                    \
	(const struct catalog_runtime[]) \
	{                                \
		__VA_ARGS__,             \
		{                        \
			0                \
		}                        \
	}
#define WRAPPERS(...)                    \
	(const struct catalog_wrapper[]) \
	{                                \
		__VA_ARGS__,             \
		{                        \
			0                \
		}                        \
	}

/* Everything below a directory goes, and the directories in it. */
#define ALL_BELOW(path, rule, caches)                                \
	{                                                            \
		.root = (path), .flags = PLACE_DIRS, .drop = (rule), \
		.cache = (caches)                                    \
	}

/* dnf and yum are one program by two names, microdnf a third. */
#define RPM_OPTIONS                                                           \
	"-c -d -e -R -x --config --enablerepo --disablerepo --repo --repoid " \
	"--releasever --installroot --exclude --setopt --disableplugin "      \
	"--enableplugin --forcearch --comment --rpmverbosity --advisory"
#define RPM_FETCH \
	"install update upgrade groupinstall localinstall reinstall makecache"

/* What builds Java programs, whichever of them a project uses. */
#define JVM_BUILD                                                         \
	"mvn+package+install+verify+deploy+compile mvnw+package+install+" \
	"verify+deploy+compile gradle gradlew sbt ant lein bazel"

/* Rows of traces: a directory, a file, or either of that name. */
#define TRACE(n, kind, why, when, ...)                        \
	{                                                     \
		.name = (n), .type = (kind), .reason = (why), \
		.safe_when = (when), ##__VA_ARGS__            \
	}
#define TRACE_DIR(n, why, when, ...) TRACE(n, 'd', why, when, ##__VA_ARGS__)
#define TRACE_FILE(n, why, when, ...) TRACE(n, 'f', why, when, ##__VA_ARGS__)
#define TRACE_ANY(n, why, when, ...) TRACE(n, 0, why, when, ##__VA_ARGS__)
