/* SPDX-License-Identifier: Apache-2.0 */
/* What asks no network; tests/cli/lint-extends.bats has a server. */
#include "work/config_pull.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layer/testsource.h"
#include "base/test.h" /* last: cmocka defines skip */

static void write_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

TEST(config_pull, nothing_by_url)
{
	IN_NEW_PLACE;
	struct work_events events = { 0 };
	struct work_pulled pulled;
	struct err err = { 0 };
	write_text(".pare.yaml", "extends: b.yaml\n");
	write_text("b.yaml", "lint: {}\n");
	assert_ok(work_config_pull(".", &events, &pulled, &err), &err);
	assert_int_equal(pulled.fetched + pulled.present, 0);
	assert_ok(work_config_pull("b.yaml", &events, &pulled, &err), &err);
	assert_int_equal(work_config_pull("gone", &events, &pulled, &err), -1);
	assert_string_equal(err.text, "gone: No such file or directory");
}

TEST(config_pull, without_curl)
{
	IN_NEW_PLACE;
	struct work_events events = { 0 };
	struct work_pulled pulled;
	struct err err = { 0 };
	char here[4096];
	assert_non_null(realpath(".", here));
	setenv("PARE_CACHE_DIR", here, 1);
	const char *path = getenv("PATH");
	assert_non_null(path);
	char *old = strdup(path);
	assert_non_null(old);
	setenv("PATH", "/nowhere", 1);
	write_text("c.yaml", "extends: http://127.0.0.1:1/x#sha256="
			     "2d711642b726b04401627ca9fbac32f5"
			     "c8530fb1903cc4db02258717921a4881\n");
	int r = work_config_pull("c.yaml", &events, &pulled, &err);
	/* What removes the place is found by it. */
	setenv("PATH", old, 1);
	free(old);
	assert_int_equal(r, -1);
	assert_string_equal(err.text,
			    "c.yaml: line 1: http://127.0.0.1:1/x: curl, which "
			    "fetches it, is not installed");
}

TESTS_MAIN(unit(config_pull, nothing_by_url), unit(config_pull, without_curl))
