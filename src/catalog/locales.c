/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

#define TRANSLATIONS(path)                                           \
	{                                                            \
		.root = (path), .keep = "locale.alias",              \
		.flags = PLACE_DEEP | PLACE_LANGUAGE | PLACE_DANGLE, \
		.drop = "locales"                                    \
	}

const struct catalog_tool catalog_locales = {
	.name = "locales",
	.places = PLACES(TRANSLATIONS("usr/share/locale"),
			 TRANSLATIONS("usr/local/share/locale")),
	.drops = DROPS({ .name = "locales",
			 .holds = "translated messages, but for the languages "
				  "that LANG, LANGUAGE and LC_* of the image "
				  "name",
			 .breaks = "messages in other languages; character "
				   "sets and compiled locales stay",
			 .presets = DROP_RUNTIME }),
};
