/* SPDX-License-Identifier: Apache-2.0 */
/* "not a tar" does not help a user whose download is a web page. What people
 * mistake for an image is well known, so name it and say what to do. It costs
 * nothing: all of this runs after a failure. */
#include "source/read/no_image.h"

#include <dirent.h>
#include <fcntl.h>
#include <strings.h>
#include <unistd.h>

#include "base/io.h"
#include "base/path.h"
#include "source/read/archive.h"

/* Magic numbers, the most distinctive first: "{" and "<" are one byte that a
 * binary file may begin with, too. */
static const struct magic {
	uint64_t at;
	const char *bytes;
	size_t n;
	const char *is; /* "... , not an image" and what to do */
} magics[] = {
#define AT(at, bytes, is)                        \
	{                                        \
		at, bytes, sizeof(bytes) - 1, is \
	}
	AT(0, "PK\x03\x04", "a zip archive, not an image"),
	AT(0, "7z\xbc\xaf\x27\x1c", "a 7z archive, not an image"),
	AT(0, "Rar!", "a rar archive, not an image"),
	AT(0, "0707", "a cpio archive, not an image"),
	AT(0, "!<arch>\n", "an ar archive, not an image (a Debian package?)"),
	AT(0, "\xed\xab\xee\xdb", "an RPM package, not an image"),
	AT(0,
	   "\x7f"
	   "ELF",
	   "a program, not an image"),
	AT(0, "hsqs", "a squashfs file system, not a container image"),
	AT(0, "QFI\xfb", "a disk (qcow2), not a container image"),
	AT(0, "KDMV", "a disk (VMDK), not a container image"),
	AT(0, "vhdxfile", "a disk (VHDX), not a container image"),
	AT(32, "SIF_MAGIC",
	   "a Singularity image: singularity or apptainer "
	   "reads it; convert it to a docker-archive first"),
	AT(0x8001, "CD001", "an ISO 9660 disc, not a container image"),
	AT(1024, "\xe2\xe1\xf5\xe0",
	   "an EROFS file system, not a container "
	   "image"),
	AT(1080, "\x53\xef", "an ext file system, not a container image"),
	AT(510, "\x55\xaa", "a disk, not a container image"),
	AT(0, "\x04\x22\x4d\x18",
	   "compressed with lz4, which is not read: "
	   "decompress it first"),
	AT(0, "LZIP",
	   "compressed with lzip, which is not read: decompress it "
	   "first"),
	AT(0, "\x1f\x9d",
	   "compressed with compress, which is not read: "
	   "decompress it first"),
	AT(0, "age-encryption.org", "encrypted with age: decrypt it first"),
	AT(0, "-----BEGIN PGP",
	   "encrypted or signed with PGP: decrypt it "
	   "first"),
	AT(0, "version https://git-lfs",
	   "a Git LFS pointer: git lfs pull "
	   "fetches the file that it stands for"),
	AT(0, "%PDF", "a PDF document, not an image"),
	AT(0, "<",
	   "a page of HTML or XML, not an image: what did the download "
	   "say?"),
	AT(0, "{",
	   "a JSON document, not an image: name the directory or the "
	   "archive that it is part of"),
	AT(0, "[",
	   "a JSON document, not an image: name the directory or the "
	   "archive that it is part of"),
#undef AT
};

/* A line that begins with FROM, as no other text has it. */
static bool is_dockerfile(struct str text)
{
	struct str line;
	if (!str_is_utf8((struct str){ text.p, MIN(text.n, (size_t)64) }) &&
	    !str_starts(text, STR("#")))
		return false;
	while (str_cut(text, '\n', &line, &text))
		if (line.n > 5 && strncasecmp(line.p, "FROM ", 5) == 0)
			return true;
	return false;
}

static const char *tell_bytes(int fd, uint64_t base, uint64_t size)
{
	char p[64 << 10];
	struct err none = { 0 };
	ssize_t n =
		io_pread_full(fd, p, MIN(sizeof p, (size_t)size), base, &none);
	if (n <= 0)
		return "an empty file, not an image";
	for (size_t i = 0; i < ARRAY_LEN(magics); i++) {
		const struct magic *m = &magics[i];
		if ((size_t)n >= m->at + m->n &&
		    memcmp(p + m->at, m->bytes, m->n) == 0)
			return m->is;
	}
	if (is_dockerfile((struct str){ p, (size_t)n }))
		return "a Dockerfile, not an image: docker build makes one of "
		       "it, pare lint reads it";
	return NULL;
}

int source_no_image_bytes(int fd, uint64_t base, uint64_t size,
			  const struct err *why, struct err *err)
{
	const char *is = tell_bytes(fd, base, size);
	if (is)
		return err_set(err, ERR_CORRUPT, "%s", is);
	if (why->code)
		return err_set(err, ERR_CORRUPT, "not an image archive: %s",
			       why->text);
	return err_set(err, ERR_CORRUPT, "an empty archive, not an image");
}

/* What the top of an archive or a directory shows. */
struct top {
	size_t n, system; /* names; those that a root file system has */
	bool dockerfile, whiteout, dockerenv;
};

static void see(struct top *t, struct str name)
{
	static const char *const system[] = {
		"bin",	 "boot", "dev", "etc",	"home", "lib", "lib64",
		"media", "mnt",	 "opt", "proc", "root", "run", "sbin",
		"srv",	 "sys",	 "tmp", "usr",	"var",
	};
	t->n++;
	for (size_t i = 0; i < ARRAY_LEN(system); i++)
		t->system += str_eqz(name, system[i]);
	t->dockerenv |= str_eqz(name, ".dockerenv");
	t->dockerfile |= str_starts(name, STR("Dockerfile")) ||
			 str_starts(name, STR("Containerfile"));
	t->whiteout |= str_starts(name, STR(".wh."));
}

static void see_archive(const struct archive *a, struct top *t)
{
	struct str last = { 0 };
	for (size_t i = 0; i < source_archive_count(a); i++) {
		struct str name = source_archive_name(a, i);
		struct str top = { name.p, str_find(name, '/') };
		if (str_starts(path_base(name), STR(".wh.")))
			t->whiteout = true;
		if (!str_eq(top, last))
			see(t, top);
		last = top;
	}
}

static void see_directory(const struct file_source *f, struct top *t)
{
	int fd = openat(f->files.fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;
	if (!dir && fd >= 0)
		close(fd);
	while (dir && (e = readdir(dir)))
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			see(t, str_of(e->d_name));
	if (dir)
		closedir(dir);
}

/* docker export, or a root directory: hardly any other tar has three of these. */
static bool is_file_system(const struct top *t)
{
	return t->dockerenv || t->system > 2;
}

static const char *tell_archive(const struct top *t)
{
	if (t->whiteout)
		return "a layer, not an image: name the archive or the layout "
		       "that it is part of";
	if (t->dockerfile && !t->dockerenv)
		return "a build context, not an image: docker build - makes "
		       "one of it";
	if (is_file_system(t))
		return "a file system, not an image: docker import makes one "
		       "of it, or write the image itself with docker save in "
		       "place of docker export";
	return NULL;
}

/* manifest.json as docker save writes it is an array. */
static bool is_unpacked_save(struct file_source *f)
{
	struct err why = { 0 };
	struct str text;
	if (source_read_named(f, "manifest.json", &f->source.lim.manifest_max,
			      &text, &why) <= 0)
		return false;
	while (text.n && strchr(" \t\r\n", *text.p))
		text = str_from(text, 1);
	return str_starts(text, STR("["));
}

static int refuse_directory(struct file_source *f, const struct top *t,
			    struct err *err)
{
	struct str path = f->source.ref.path;
	if (is_unpacked_save(f))
		return err_set(err, ERR_CORRUPT,
			       "an unpacked docker save: pack it again, tar -C "
			       "%.*s -c . | pare COMMAND -",
			       STR_ARG(path));
	if (source_files_has(&f->files, "manifest.json"))
		return err_set(err, ERR_CORRUPT,
			       "not an image: the directory holds a "
			       "manifest.json, but no version, index.json or "
			       "oci-layout; write dir:%.*s if skopeo made it",
			       STR_ARG(path));
	if (t->dockerfile && !t->dockerenv)
		return err_set(err, ERR_CORRUPT,
			       "a build context, not an image: docker build "
			       "%.*s makes one of it, pare context %.*s looks "
			       "into it",
			       STR_ARG(path), STR_ARG(path));
	if (is_file_system(t))
		return err_set(err, ERR_CORRUPT,
			       "a file system, not an image: tar -C %.*s -c . "
			       "| docker import - NAME makes one of it",
			       STR_ARG(path));
	if (t->n == 0)
		return err_set(err, ERR_CORRUPT,
			       "an empty directory, not an image");
	return 0;
}

int source_no_image_files(struct file_source *f, const struct file_format *want,
			  struct err *err)
{
	struct top t = { 0 };
	const char *is = NULL;
	if (f->files.archive) {
		see_archive(f->files.archive, &t);
		is = tell_archive(&t);
	} else {
		see_directory(f, &t);
		if (refuse_directory(f, &t, err) < 0)
			return -1;
	}
	if (is)
		return err_set(err, ERR_CORRUPT, "%s", is);
	if (want)
		return err_set(err, ERR_CORRUPT, "not %s: it has no %s",
			       want->name, want->marks);
	return err_set(err, ERR_CORRUPT,
		       "not an image: the %s holds no manifest.json, "
		       "index.json or oci-layout",
		       f->files.archive ? "archive" : "directory");
}
