/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/testimage.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "oci/doc.h"
#include "tar/writer.h"
#include "base/test.h" /* last: cmocka defines skip */

enum { FILE_MAX = 1 << 20 };

void testimage_done(struct testimage *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->v[i].name);
		free(t->v[i].target);
		buf_done(&t->v[i].content);
	}
	free(t->v);
	*t = (struct testimage){ 0 };
}

static struct testfile *add(struct testimage *t, const char *name)
{
	t->v = reallocarray(t->v, t->n + 1, sizeof *t->v);
	assert_non_null(t->v);
	struct testfile *f = &t->v[t->n++];
	*f = (struct testfile){ .name = strdup(name),
				.content = BUF_INIT(FILE_MAX) };
	return f;
}

void testimage_add(struct testimage *t, const char *name, const char *content)
{
	struct err err = { 0 };
	assert_ok(buf_str_add(&add(t, name)->content, str_of(content), &err),
		  &err);
}

void testimage_link(struct testimage *t, const char *name, const char *target,
		    bool hard)
{
	struct testfile *f = add(t, name);
	f->target = strdup(target);
	f->hard = hard;
}

void testimage_tar(const struct testimage *t, const char *path)
{
	struct err err = { 0 };
	scoped(sink_close) struct sink *to = NULL;
	scoped(tar_writer_close) struct tar_writer *w = NULL;
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	assert_true(fd >= 0);
	assert_ok(fd_sink_open(fd, path, &to, &err), &err);
	assert_ok(tar_writer_open(to, &w, &err), &err);
	for (size_t i = 0; i < t->n; i++) {
		const struct testfile *f = &t->v[i];
		struct tar_entry e = { .name = str_of(f->name),
				       .mode = 0644,
				       .size = f->content.n };
		if (f->target) {
			e.type = f->hard ? TAR_HARDLINK : TAR_SYMLINK;
			e.target = str_of(f->target);
		}
		assert_ok(tar_write_entry(w, &e, &err), &err);
		if (f->content.n)
			assert_ok(tar_write_data(w, f->content.p, f->content.n,
						 &err),
				  &err);
	}
	assert_ok(tar_write_end(w, &err), &err);
	assert_ok(sink_finish(to, &err), &err);
	close(fd);
}

static void write_file(const char *path, const struct testfile *f)
{
	char dir[512];
	testimage_print(dir, sizeof dir, "%s", path);
	for (char *p = strchr(dir, '/'); p; p = strchr(p + 1, '/')) {
		*p = 0;
		mkdir(dir, 0755);
		*p = '/';
	}
	if (f->target) {
		assert_int_equal(symlink(f->target, path), 0);
		return;
	}
	FILE *to = fopen(path, "we");
	assert_non_null(to);
	fwrite(f->content.p, 1, f->content.n, to);
	assert_int_equal(fclose(to), 0);
}

void testimage_dir(const struct testimage *t, const char *path)
{
	char name[512];
	mkdir(path, 0755);
	for (size_t i = 0; i < t->n; i++) {
		testimage_print(name, sizeof name, "%s/%s", path, t->v[i].name);
		write_file(name, &t->v[i]);
	}
}

static struct digest digest_of_text(const char *content)
{
	struct err err = { 0 };
	struct digest d;
	assert_ok(digest_of(DIGEST_SHA256, content, strlen(content), &d, &err),
		  &err);
	return d;
}

struct testtext testimage_digest(const char *content)
{
	struct testtext out;
	struct digest d = digest_of_text(content);
	testimage_print(out.text, sizeof out.text, "%s", digest_text(&d).text);
	return out;
}

static void addf(struct testtext *t, const char *fmt, ...) printf_like(2, 3);
static void addf(struct testtext *t, const char *fmt, ...)
{
	size_t n = strlen(t->text);
	va_list ap;
	va_start(ap, fmt);
	int k = vsnprintf(t->text + n, sizeof t->text - n, fmt, ap);
	va_end(ap);
	assert_true(k >= 0 && (size_t)k < sizeof t->text - n);
}

struct testtext testimage_config(const char *platform, unsigned n,
				 const char *const *layers)
{
	struct testtext out = { "" };
	char os[32] = "", arch[32] = "", variant[32] = "";
	sscanf(platform, "%31[^/]/%31[^/]/%31s", os, arch, variant);
	addf(&out, "{\"architecture\":\"%s\",\"os\":\"%s\"", arch, os);
	if (*variant)
		addf(&out, ",\"variant\":\"%s\"", variant);
	addf(&out, ",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[");
	for (unsigned i = 0; i < n; i++)
		addf(&out, "%s\"%s\"", i ? "," : "",
		     testimage_digest(layers[i]).text);
	addf(&out, "]}}");
	return out;
}

struct testtext testimage_blob(struct testimage *t, const char *media_type,
			       const char *content, const char *extra)
{
	struct testtext out = { "" };
	struct digest d = digest_of_text(content);
	char name[128];
	testimage_print(name, sizeof name, "blobs/sha256/%s",
			digest_hex(&d).text);
	if (t)
		testimage_add(t, name, content);
	addf(&out, "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%zu%s}",
	     media_type, digest_text(&d).text, strlen(content), extra);
	return out;
}

struct testtext testimage_manifest(struct testimage *t, const char *platform,
				   unsigned n, const char *const *layers,
				   const char *extra)
{
	struct testtext config = testimage_config(platform, n, layers);
	struct testtext m = { "" };
	addf(&m,
	     "{\"schemaVersion\":2,\"mediaType\":\"" MT_OCI_MANIFEST
	     "\",\"config\":%s,\"layers\":[",
	     testimage_blob(t, MT_OCI_CONFIG, config.text, "").text);
	for (unsigned i = 0; i < n; i++)
		addf(&m, "%s%s", i ? "," : "",
		     testimage_blob(t, MT_OCI_LAYER, layers[i], "").text);
	addf(&m, "]}");
	return testimage_blob(t, MT_OCI_MANIFEST, m.text, extra);
}

void testimage_index(struct testimage *t, const char *manifests)
{
	char text[8192];
	testimage_print(text, sizeof text,
			"{\"schemaVersion\":2,\"manifests\":[%s]}", manifests);
	testimage_add(t, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}");
	testimage_add(t, "index.json", text);
}

int testimage_print(char *to, size_t n, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	int k = vsnprintf(to, n, fmt, ap);
	va_end(ap);
	assert_true(k >= 0 && (size_t)k < n);
	return k;
}

unsigned testimage_open_files(void)
{
	unsigned n = 0;
	DIR *d = opendir("/proc/self/fd");
	assert_non_null(d);
	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

void testimage_run(const char *cmd)
{
	assert_int_equal(system(cmd), 0);
}

const char *testimage_output(const char *cmd)
{
	static char text[8192];
	FILE *p = popen(cmd, "re");
	assert_non_null(p);
	size_t n = fread(text, 1, sizeof text - 1, p);
	pclose(p);
	while (n && text[n - 1] == '\n')
		n--;
	text[n] = 0;
	return text;
}

const char *const testimage_two[2] = { "one", "two" };
const char *const testimage_other[1] = { "other" };

void (*testplace_also)(void);

struct testplace testplace_new(void)
{
	struct testplace p = { "/tmp/pare-source-XXXXXX" };
	assert_non_null(mkdtemp(p.dir));
	assert_int_equal(chdir(p.dir), 0);
	return p;
}

void testplace_done(struct testplace *p)
{
	char cmd[64];
	testimage_print(cmd, sizeof cmd, "rm -rf %s", p->dir);
	if (testplace_also)
		testplace_also();
	(void)!chdir("/");
	(void)!system(cmd);
}
