/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/database.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_apk = {
	.name = "apk",
	.programs = "apk",
	.options = "-t -X -p --virtual --repository --root --arch --keys-dir "
		   "--cache-dir --cache-max-age --repositories-file --wait "
		   "--timeout --progress-fd",
	.group = "-t --virtual",
	.verbs = { .pin = "add",
		   .add = "add",
		   .remove = "del",
		   .refresh = "update" },
	/* apk add is hadolint's to find, the rest pare's. */
	.caches = CACHES({ .name = "apk",
			   .key = "apk-cache",
			   .programs = "apk",
			   .verbs = "update upgrade fix",
			   .left_to_dl = "add",
			   .mounts = "/var/cache/apk",
			   .options = "--no-cache",
			   .clean_verbs = "cache",
			   .remedy = "give it --no-cache, or leave it out: "
				     "apk add --no-cache fetches the index "
				     "itself" },
			 { .name = "apk-add",
			   .key = "apk-cache",
			   .programs = "apk",
			   .verbs = "add",
			   .mounts = "/var/cache/apk",
			   .options = "--no-cache",
			   .clean_verbs = "cache",
			   .dl = "DL3019" }),
	.places = PLACES(ALL_BELOW("var/cache/apk", "apk", "apk apk-add"),
			 ALL_BELOW("etc/apk/cache", "apk", "apk apk-add")),
	.drops = DROPS({ .name = "apk",
			 .holds = "package indices and packages of apk",
			 .breaks = "apk add until the next apk update",
			 .presets = ANY_PRESET }),
	.estimates = ESTIMATES(
		{ "apk-cache", 2400000,
		  "two compressed indices, main and community, of an Alpine "
		  "release for x86-64; not measured, as their servers list "
		  "them",
		  true, NULL }),
	.presences = PRESENCES({ "sbin/apk", "apk", NULL, "alpine" }),
	.database = &catalog_apk_database,
};
