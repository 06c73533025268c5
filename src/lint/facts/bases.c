/* SPDX-License-Identifier: Apache-2.0 */
/* Well-known images by their names alone: which system they are of, which
 * package manager and shell, as whom they run. It answers where no image can be
 * looked at; what is not in the tables is not known, and rules are silent or
 * ask less.
 *
 *	python:3.12-alpine3.19	Alpine: a part of the tag goes first
 *	python:3.12		Debian: the repository's usual system */
#include "lint/facts/bases.h"

#include <string.h>

#include "base/macros.h"
#include "catalog/catalog.h"
#include "base/chars.h"
#include "lint/facts/words.h"

const char LINT_BASES_DATE[] = "2026-11-24";

/* What a system is like, whichever image stands on it. */
struct system {
	const char *family;
	const char *manager; /* NULL: the family's, as the catalogue has it */
	const char *shell;
	bool cleans_archives; /* /etc/apt/apt.conf.d/docker-clean */
};

enum which {
	DEBIAN,
	UBUNTU,
	ALPINE,
	FEDORA,
	CENTOS7,
	RHEL,
	MICRO,
	SUSE,
	ARCH,
	AMAZON,
	BUSYBOX,
	NOTHING, /* no package manager, no shell */
	WINDOWS,
	UNKNOWN,
};

static const struct system systems[] = {
	[DEBIAN] = { "debian", NULL, "dash", true },
	[UBUNTU] = { "ubuntu", NULL, "dash", true },
	[ALPINE] = { "alpine", NULL, "busybox", false },
	[FEDORA] = { "fedora", NULL, "bash", false },
	[CENTOS7] = { "centos", NULL, "bash", false },
	[RHEL] = { "rhel", NULL, "bash", false },
	[MICRO] = { "rhel", "microdnf", "bash", false },
	[SUSE] = { "opensuse", NULL, "bash", false },
	[ARCH] = { "arch", NULL, "bash", false },
	[AMAZON] = { "amazon", NULL, "bash", false },
	[BUSYBOX] = { "busybox", NULL, "busybox", false },
	[NOTHING] = { NULL, NULL, NULL, false },
	[WINDOWS] = { "windows", NULL, NULL, false },
	[UNKNOWN] = { NULL, NULL, NULL, false },
};

/* An image: the system of its plain tags, the part of a tag that says "the
 * small one", whether it sets a working directory, whether it runs as root
 * ('r'), starts as root and goes on as somebody else ('d'), runs as somebody
 * else ('u'), or that is not known ('?'). */
struct image {
	const char *repo;
	enum which system;
	const char *slim;
	bool workdir;
	char user;
};

static const struct image images[] = {
	{ "debian", DEBIAN, "slim", false, 'r' },
	{ "ubuntu", UBUNTU, NULL, false, 'r' },
	{ "alpine", ALPINE, NULL, false, 'r' },
	{ "busybox", BUSYBOX, NULL, false, 'r' },
	{ "fedora", FEDORA, NULL, false, 'r' },
	{ "centos", RHEL, NULL, false, 'r' },
	{ "quay.io/centos/centos", RHEL, NULL, false, 'r' },
	{ "rockylinux", RHEL, NULL, false, 'r' },
	{ "rockylinux/rockylinux", RHEL, NULL, false, 'r' },
	{ "almalinux", RHEL, NULL, false, 'r' },
	{ "oraclelinux", RHEL, NULL, false, 'r' },
	{ "amazonlinux", AMAZON, NULL, false, 'r' },
	{ "opensuse/leap", SUSE, NULL, false, 'r' },
	{ "opensuse/tumbleweed", SUSE, NULL, false, 'r' },
	{ "archlinux", ARCH, NULL, false, 'r' },
	{ "registry.access.redhat.com/ubi8", RHEL, NULL, false, 'r' },
	{ "registry.access.redhat.com/ubi9", RHEL, NULL, false, 'r' },
	{ "registry.access.redhat.com/ubi8/ubi", RHEL, NULL, false, 'r' },
	{ "registry.access.redhat.com/ubi9/ubi", RHEL, NULL, false, 'r' },
	{ "registry.access.redhat.com/ubi8/ubi-minimal", MICRO, NULL, false,
	  'r' },
	{ "registry.access.redhat.com/ubi9/ubi-minimal", MICRO, NULL, false,
	  'r' },
	{ "buildpack-deps", DEBIAN, NULL, false, 'r' },
	{ "python", DEBIAN, "slim", false, 'r' },
	{ "pypy", DEBIAN, "slim", false, 'r' },
	{ "node", DEBIAN, "slim", false, 'r' },
	{ "ruby", DEBIAN, "slim", false, 'r' },
	{ "perl", DEBIAN, "slim", true, 'r' },
	{ "rust", DEBIAN, "slim", false, 'r' },
	{ "golang", DEBIAN, NULL, true, 'r' },
	{ "gcc", DEBIAN, NULL, false, 'r' },
	{ "php", DEBIAN, NULL, true, 'd' },
	{ "httpd", DEBIAN, NULL, true, 'd' },
	{ "nginx", DEBIAN, NULL, false, 'd' },
	{ "haskell", DEBIAN, "slim", false, 'r' },
	{ "erlang", DEBIAN, "slim", false, 'r' },
	{ "elixir", DEBIAN, "slim", false, 'r' },
	{ "swift", UBUNTU, "slim", false, 'r' },
	{ "openjdk", UNKNOWN, "slim", false, 'r' },
	{ "eclipse-temurin", UBUNTU, NULL, false, 'r' },
	{ "amazoncorretto", AMAZON, NULL, false, 'r' },
	{ "maven", UNKNOWN, NULL, false, 'r' },
	{ "gradle", UNKNOWN, NULL, true, '?' },
	{ "tomcat", UNKNOWN, NULL, true, 'r' },
	{ "jetty", UNKNOWN, NULL, true, 'u' },
	{ "composer", ALPINE, NULL, true, 'r' },
	{ "wordpress", DEBIAN, NULL, true, 'd' },
	{ "postgres", DEBIAN, NULL, false, 'd' },
	{ "mysql", RHEL, NULL, false, 'd' },
	{ "mariadb", UBUNTU, NULL, false, 'd' },
	{ "redis", DEBIAN, NULL, true, 'd' },
	{ "mongo", UBUNTU, NULL, false, 'd' },
	{ "memcached", DEBIAN, NULL, false, 'u' },
	{ "rabbitmq", UBUNTU, NULL, false, 'd' },
	{ "haproxy", DEBIAN, NULL, true, 'u' },
	{ "docker", ALPINE, NULL, false, 'r' },
	{ "jenkins/jenkins", DEBIAN, "slim", false, 'u' },
	{ "nginxinc/nginx-unprivileged", DEBIAN, NULL, false, 'u' },
	{ "gcr.io/distroless/static", NOTHING, NULL, false, '?' },
	{ "gcr.io/distroless/base", NOTHING, NULL, false, '?' },
	{ "gcr.io/distroless/cc", NOTHING, NULL, false, '?' },
	{ "mcr.microsoft.com/dotnet/sdk", DEBIAN, NULL, false, 'r' },
	{ "mcr.microsoft.com/dotnet/aspnet", DEBIAN, NULL, false, 'r' },
	{ "mcr.microsoft.com/dotnet/runtime", DEBIAN, NULL, false, 'r' },
};

/* Parts of tags that name the system, whatever the image. A part matches when
 * it begins so ("alpine3.11"). */
static const struct {
	const char *part;
	enum which system;
} parts[] = {
	{ "alpine", ALPINE },	   { "bookworm", DEBIAN },
	{ "bullseye", DEBIAN },	   { "buster", DEBIAN },
	{ "stretch", DEBIAN },	   { "jessie", DEBIAN },
	{ "wheezy", DEBIAN },	   { "trixie", DEBIAN },
	{ "xenial", UBUNTU },	   { "bionic", UBUNTU },
	{ "focal", UBUNTU },	   { "jammy", UBUNTU },
	{ "noble", UBUNTU },	   { "oraclelinux", RHEL },
	{ "oracle", RHEL },	   { "ubi", RHEL },
	{ "centos7", CENTOS7 },	   { "amazonlinux", AMAZON },
	{ "al2", AMAZON },	   { "windowsservercore", WINDOWS },
	{ "nanoserver", WINDOWS }, { "busybox", BUSYBOX },
};

static struct str without(struct str s, const char *prefix)
{
	struct str p = str_of(prefix);
	return str_starts(s, p) ? str_from(s, p.n) : s;
}

struct lint_image lint_image_of(struct str reference)
{
	struct lint_image i = { .repo = reference };
	str_cut(i.repo, '@', &i.repo, &i.digest);
	size_t slash = 0;
	for (size_t k = 0; k < i.repo.n; k++)
		if (i.repo.p[k] == '/')
			slash = k;
	size_t colon = slash + str_find(str_from(i.repo, slash), ':');
	if (colon < i.repo.n) {
		i.tag = str_from(i.repo, colon + 1);
		i.repo.n = colon;
	}
	i.repo = without(i.repo, "docker.io/");
	i.repo = without(i.repo, "index.docker.io/");
	i.repo = without(i.repo, "public.ecr.aws/docker/");
	i.repo = without(i.repo, "mirror.gcr.io/");
	i.repo = without(i.repo, "library/");
	return i;
}

/* The next piece of a tag between hyphens; false at the end. */
static bool next_part(struct str *tag, struct str *part)
{
	if (tag->n == 0)
		return false;
	struct str rest = { 0 };
	if (!str_cut(*tag, '-', part, &rest))
		*part = *tag;
	*tag = rest;
	return true;
}

static bool tag_has(struct str tag, const char *prefix)
{
	struct str part;
	while (next_part(&tag, &part))
		if (str_starts(part, str_of(prefix)))
			return true;
	return false;
}

static const struct image *find_image(struct str repo)
{
	for (size_t i = 0; i < ARRAY_LEN(images); i++)
		if (str_eqz(repo, images[i].repo))
			return &images[i];
	return NULL;
}

bool lint_base_known(struct str reference)
{
	return find_image(lint_image_of(reference).repo);
}

static enum which system_of(const struct image *im, struct str tag)
{
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (tag_has(tag, parts[i].part))
			return parts[i].system;
	if (im->system == RHEL && str_eqz(str_of(im->repo), "centos") &&
	    (str_starts(tag, STR("7")) || str_starts(tag, STR("6")) ||
	     str_starts(tag, STR("centos"))))
		return CENTOS7;
	if (im->system == RHEL && tag_has(tag, "minimal"))
		return MICRO;
	return im->system;
}

static bool is_small(const struct image *im, struct str tag)
{
	static const char *const small[] = { "slim",
					     "alpine",
					     "minimal",
					     "onbuild",
					     "windowsservercore",
					     "nanoserver" };
	for (size_t i = 0; i < ARRAY_LEN(small); i++)
		if (tag_has(tag, small[i]))
			return true;
	return !im->slim;
}

int lint_base_find(struct str reference, struct arena *a,
		   const struct lint_base **out, struct err *err)
{
	struct lint_image name = lint_image_of(reference);
	const struct image *im = find_image(name.repo);
	*out = NULL;
	if (!im)
		return 0;
	struct lint_base *b = arena_alloc(a, sizeof *b, err);
	if (!b)
		return -1;
	const struct system *s = &systems[system_of(im, name.tag)];
	b->family = s->family;
	b->release = lint_base_release(reference);
	b->manager = s->manager ? s->manager : catalog_manager_of(s->family);
	b->shell = s->shell;
	b->cleans_archives = s->cleans_archives;
	b->slim = is_small(im, name.tag) ? NULL : im->slim;
	b->user_known = im->user != '?' && s != &systems[WINDOWS];
	b->drops_root = im->user == 'd' && b->user_known;
	b->user_is_root = (im->user == 'r' || b->drops_root) && b->user_known;
	b->workdir_set = im->workdir;
	*out = b;
	return 0;
}

const char *lint_base_family(struct str reference)
{
	struct lint_image name = lint_image_of(reference);
	const struct image *im = find_image(name.repo);
	return im ? systems[system_of(im, name.tag)].family : NULL;
}

/* --- releases ------------------------------------------------------------- */

/* Those that figures of the catalogue were measured on. */
static const struct release {
	const char *family;
	const char *version; /* as tags of the family's own image have it */
	const char *part;    /* of the tags of images that stand on it */
	const char *name;
} releases[] = {
	{ "debian", "12", "bookworm", "debian 12" },
	{ "alpine", "3.23", "alpine3.23", "alpine 3.23" },
};

/* 12 and 12.11 begin with 12; 120 and 12a do not. */
static bool begins_version(struct str s, const char *version)
{
	size_t n = strlen(version);
	return str_starts(s, str_of(version)) && (s.n == n || s.p[n] == '.');
}

static bool is_of(const struct release *r, const struct lint_image *i)
{
	struct str tag = i->tag, part;
	bool own = str_eqz(i->repo, r->family) && next_part(&tag, &part);
	if (own && begins_version(part, r->version))
		return true;
	for (tag = i->tag; next_part(&tag, &part);)
		if (begins_version(part, r->part))
			return true;
	return false;
}

const char *lint_base_release(struct str reference)
{
	struct lint_image name = lint_image_of(reference);
	const char *family = lint_base_family(reference);
	for (size_t i = 0; family && i < ARRAY_LEN(releases); i++)
		if (strcmp(family, releases[i].family) == 0 &&
		    is_of(&releases[i], &name))
			return releases[i].name;
	return NULL;
}

const char *lint_release_named(const char *family, struct str version)
{
	for (size_t i = 0; family && i < ARRAY_LEN(releases); i++)
		if (strcmp(family, releases[i].family) == 0 &&
		    begins_version(version, releases[i].version))
			return releases[i].name;
	return NULL;
}

/* --- Windows -------------------------------------------------------------- */

/* Whole path components at the front: mcr.microsoft.com/windows/nanoserver is
 * below mcr.microsoft.com/windows, a repository windows-tools is not. */
static bool is_below(struct str repo, struct str prefix)
{
	return str_starts(repo, prefix) &&
	       (repo.n == prefix.n || repo.p[prefix.n] == '/');
}

static bool is_windows_name(const struct lint_image *i)
{
	static const char *const repos[] = {
		"mcr.microsoft.com/windows",
		"mcr.microsoft.com/dotnet/framework",
		"microsoft/windowsservercore",
		"microsoft/nanoserver",
		"microsoft/dotnet-framework",
		"microsoft/iis",
		"microsoft/aspnet",
		"microsoft/wcf",
		"microsoft/mssql-server-windows-developer",
		"microsoft/mssql-server-windows-express",
	};
	for (size_t k = 0; k < ARRAY_LEN(repos); k++)
		if (is_below(i->repo, str_of(repos[k])))
			return true;
	return lint_word_contains(i->repo, "nanoserver") ||
	       lint_word_contains(i->repo, "servercore") ||
	       lint_word_contains(i->tag, "nanoserver") ||
	       lint_word_contains(i->tag, "servercore") ||
	       tag_has(i->tag, "ltsc20");
}

int lint_base_windows(struct str reference)
{
	struct lint_image name = lint_image_of(reference);
	if (is_windows_name(&name))
		return 1;
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (tag_has(name.tag, parts[i].part))
			return 0;
	return lint_word_in(name.repo,
			    "debian ubuntu alpine fedora centos "
			    "rockylinux almalinux amazonlinux archlinux")
		       ? 0
		       : -1;
}
