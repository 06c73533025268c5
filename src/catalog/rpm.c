/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"

/* Below yum, dnf and zypper: takes packages away and installs files. */
const struct catalog_tool catalog_rpm = {
	.name = "rpm",
	.programs = "rpm",
	.options = "-E --dbpath --define --eval --root",
	.verbs = { .remove = "-e --erase" },
};
