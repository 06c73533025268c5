/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_pacman = {
	.name = "pacman",
	.programs = "pacman",
	.options = "-b -r --arch --cachedir --config --dbpath --gpgdir "
		   "--hookdir --ignore --ignoregroup --logfile --overwrite "
		   "--root",
	.verbs = { .add = "-S -U --sync --upgrade", .remove = "-R --remove" },
	.caches = CACHES({ .name = "pacman",
			   .key = "pacman-cache",
			   .programs = "pacman",
			   .acts = "-S --sync",
			   .acts_not = "csi",
			   .clean_options = "-c --clean",
			   .mounts = "/var/cache/pacman/pkg",
			   .cleaners = "paccache",
			   .remedy = "add && pacman -Scc --noconfirm, or "
				     "mount a cache there" }),
	.places = PLACES(ALL_BELOW("var/cache/pacman/pkg", NULL, "pacman")),
	.presences = PRESENCES({ "usr/bin/pacman", "pacman", NULL, "arch" }),
};
