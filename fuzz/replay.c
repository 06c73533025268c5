/* SPDX-License-Identifier: Apache-2.0 */
/* Feeds every file of the directories (or the files) named to the target, so
 * that the plain build replays a corpus as a test; before them, the empty
 * buffer. Fails without any file. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

/* A copy of exact size: reading past its end is seen by ASan. Nothing is no
 * pointer, as of a struct buf that was never written to. */
static int feed(const char *name)
{
	FILE *f = fopen(name, "rb");
	if (!f || fseek(f, 0, SEEK_END) < 0) {
		fprintf(stderr, "%s: %s\n", name, strerror(errno));
		exit(1);
	}
	size_t n = (size_t)ftell(f);
	uint8_t *data = n ? malloc(n) : NULL;
	rewind(f);
	if (n && (!data || fread(data, 1, n, f) != n)) {
		fprintf(stderr, "%s: cannot be read\n", name);
		exit(1);
	}
	fclose(f);
	LLVMFuzzerTestOneInput(data, n);
	free(data);
	return 1;
}

static int replay(const char *name)
{
	char path[4096];
	int n = 0;
	DIR *dir = opendir(name);
	if (!dir)
		return feed(name);
	for (struct dirent *e; (e = readdir(dir));) {
		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%s", name, e->d_name);
		n += feed(path);
	}
	closedir(dir);
	return n;
}

int main(int argc, char **argv)
{
	int n = 0;
	LLVMFuzzerTestOneInput(NULL, 0);
	for (int i = 1; i < argc; i++)
		n += replay(argv[i]);
	printf("%d replayed\n", n);
	return n == 0;
}
