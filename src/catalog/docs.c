/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

#define LEGAL "copyright* licence* license* copying* notice*"
#define DANGLING(path, rule)                                          \
	{                                                             \
		.root = (path), .flags = PLACE_DANGLE, .drop = (rule) \
	}

const struct catalog_tool catalog_docs = {
	.name = "docs",
	.places = PLACES({ .root = "usr/share/doc",
			   .keep = LEGAL,
			   .flags = PLACE_DEEP,
			   .drop = "docs" },
			 { .root = "usr/local/share/doc",
			   .keep = LEGAL,
			   .flags = PLACE_DEEP,
			   .drop = "docs" },
			 { .root = "usr/share/doc-base", .drop = "docs" },
			 { .root = "usr/share/gtk-doc", .drop = "docs" },
			 { .root = "usr/share/help", .drop = "docs" },
			 { .root = "usr/share/lintian", .drop = "docs" },
			 DANGLING("usr/share/man", "man"),
			 DANGLING("usr/local/share/man", "man"),
			 DANGLING("usr/local/man", "man"),
			 DANGLING("var/cache/man", "man"),
			 DANGLING("usr/share/info", "info"),
			 DANGLING("usr/local/share/info", "info")),
	.drops = DROPS({ .name = "docs",
			 .holds = "documentation but for copyright and "
				  "licence files",
			 .breaks = "help that programs show from there",
			 .presets = DROP_RUNTIME },
		       { .name = "man",
			 .holds = "manual pages; their directories stay",
			 .breaks = "man; alternatives lead nowhere",
			 .presets = DROP_RUNTIME },
		       { .name = "info",
			 .holds = "info pages",
			 .breaks = "info",
			 .presets = DROP_RUNTIME }),
	.estimates = ESTIMATES(
		{ "debian-docs", 42967374,
		  "files of a minimal Debian 12 below /usr/share/doc, man, "
		  "info, locale, lintian (2,066)",
		  false, "debian 12" }),
};
