/* SPDX-License-Identifier: Apache-2.0 */
/* --chown: makes a volume the user's before the change of user.
 *
 * The tree belongs to somebody else, who may move names while we look. So
 * every step goes through a descriptor that was opened without following
 * links, and is looked at before it is changed. A file with several names is
 * left alone: one of them may be outside. Nothing on another mount is entered,
 * also none of the same file system: what is bound there was not meant.
 *
 * What a directory holds is given before itself, since root without
 * CAP_DAC_OVERRIDE cannot look into one that is the user's and 0700. */
#include "init/init.h"

#define DEPTH_MAX 64
#define ENTRIES_SIZE 4096

struct walk {
	struct init *in;
	const char *path;
	char *entries; /* ENTRIES_SIZE a level */
	uint64_t device, mount;
	bool tolerant; /* --chown-try: what is refused is told once */
	bool told;
};

/* An entry that was not given. */
static void fail(struct walk *w, const char *name, const char *what)
{
	if (!w->tolerant)
		die(w->in, "chown %s: %s: %s", w->path, name, what);
	if (!w->told)
		say(w->in, WARN, "chown %s: %s: %s", w->path, name, what);
	w->told = true;
}

static int stat_fd(int fd, struct stat *st)
{
	return SYS4(newfstatat, fd, "", st, AT_EMPTY_PATH);
}

static bool is_dir(const struct stat *st)
{
	return (st->st_mode & S_IFMT) == S_IFDIR;
}

/* 0 before Linux 5.8, where only the device tells mounts apart. */
static uint64_t mount_of(int fd)
{
	struct statx st = { 0 };
	int r = SYS6(statx, fd, "", AT_EMPTY_PATH, STATX_MNT_ID, &st, 0);

	return !r && st.stx_mask & STATX_MNT_ID ? st.stx_mnt_id : 0;
}

static void give(struct walk *w, int fd, const char *name,
		 const struct stat *st)
{
	const struct user *u = &w->in->user;
	int r;

	if (st->st_uid == u->uid && st->st_gid == u->gid)
		return;
	if (!is_dir(st) && st->st_nlink > 1) {
		fail(w, name, "has several names");
		return;
	}
	r = SYS6(fchownat, fd, "", u->uid, u->gid, AT_EMPTY_PATH, 0);
	if (r)
		fail(w, name, error_text(-r));
}

static void walk_dir(struct walk *w, int fd, const char *name, int depth);

static void walk_entry(struct walk *w, int dir, const char *name, int depth)
{
	int fd = sys_open(dir, name, O_PATH | O_NOFOLLOW);
	struct stat st;

	if (fd < 0) {
		if (fd != -ENOENT) /* gone meanwhile */
			fail(w, name, error_text(-fd));
		return;
	}
	if (!stat_fd(fd, &st) && st.st_dev == w->device &&
	    mount_of(fd) == w->mount) {
		if (is_dir(&st))
			walk_dir(w, fd, name, depth);
		give(w, fd, name, &st);
	}
	SYS1(close, fd);
}

static bool is_dots(const char *name)
{
	return str_eq(name, ".") || str_eq(name, "..");
}

static void walk_dir(struct walk *w, int dir, const char *name, int depth)
{
	char *entries = w->entries + depth * ENTRIES_SIZE;
	int fd, n;

	if (depth == DEPTH_MAX) {
		fail(w, name, "too deep");
		return;
	}
	n = fd = sys_open(dir, ".", O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	while (n >= 0) {
		n = SYS3(getdents64, fd, entries, ENTRIES_SIZE);
		for (int at = 0; at < n;) {
			struct kdirent *e = (struct kdirent *)(entries + at);

			if (!is_dots(e->name))
				walk_entry(w, dir, e->name, depth + 1);
			at += e->size;
		}
		if (!n)
			break;
	}
	if (n < 0)
		fail(w, name, error_text(-n));
	if (fd >= 0)
		SYS1(close, fd);
}

static NORETURN void die_of_link(struct walk *w, int link, const char *name)
{
	char *to = arena_take(w->in, 4096);
	int n = SYS4(readlinkat, link, "", to, 4095);

	to[n < 0 ? 0 : n] = 0;
	die(w->in,
	    "chown %s: %s is a symbolic link to %s, which is not "
	    "followed: name that",
	    w->path, name, to);
}

/* Opens path a name at a time; a link anywhere in it ends the walk. */
static int open_path(struct walk *w, struct stat *st)
{
	const char *p = w->path;
	char name[257]; /* one more than may be: the kernel refuses it */
	int dir = sys_open(AT_FDCWD, *p == '/' ? "/" : ".", O_PATH);

	while (dir >= 0) {
		size_t n = 0;
		int next;

		while (*p == '/')
			p++;
		while (*p && *p != '/' && n < sizeof name - 1)
			name[n++] = *p++;
		name[n] = 0;
		if (!n)
			return stat_fd(dir, st) ? -EIO : dir;
		next = sys_open(dir, name, O_PATH | O_NOFOLLOW);
		SYS1(close, dir);
		dir = next;
		if (dir >= 0 && !stat_fd(dir, st) &&
		    (st->st_mode & S_IFMT) == S_IFLNK)
			die_of_link(w, dir, name);
	}
	return dir;
}

/* --- what must stay root's ------------------------------------------------- */

/* "", "/", "./..": no name in it. */
static bool names_nothing(const char *path)
{
	while (*path) {
		size_t dots = 0, n = 0;

		for (; path[n] && path[n] != '/'; n++)
			dots += path[n] == '.';
		if (n > 2 || dots < n)
			return false;
		path += n + (path[n] == '/');
	}
	return true;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Whether top is the directory or one above it. */
static bool climbs_to(const struct stat *top, const char *dir)
{
	int fd = sys_open(AT_FDCWD, dir, O_PATH | O_DIRECTORY);
	struct stat st, up;
	bool found = false;

	while (fd >= 0 && !stat_fd(fd, &st)) {
		int next = sys_open(fd, "..", O_PATH | O_DIRECTORY);

		found = found || is_same(&st, top);
		SYS1(close, fd);
		fd = next;
		if (fd < 0 || stat_fd(fd, &up) || is_same(&st, &up))
			break;
	}
	if (fd >= 0)
		SYS1(close, fd);
	return found;
}

static bool climbs_from(const struct stat *top, char *path)
{
	char *slash = NULL;

	for (char *p = path; *p; p++)
		if (*p == '/')
			slash = p;
	if (!slash)
		return climbs_to(top, ".");
	slash[slash == path] = 0;
	return climbs_to(top, path);
}

/* Whether top is the file at path, or a directory above it, be it above the
 * name or, where /proc tells it, above what links lead to. */
static bool holds(struct init *in, const struct stat *top, const char *path)
{
	static const char fds[] = "/proc/self/fd/";
	char *real = arena_take(in, 4096), link[sizeof fds + 12], number[12];
	const char *digits;
	int fd = sys_open(AT_FDCWD, path, O_PATH), n;
	size_t length = str_len(path);
	struct stat st;
	bool found;

	if (fd < 0) /* so, too, for a path that has no room in real */
		return false;
	digits = format_number(fd, number);
	memcpy(link, fds, sizeof fds);
	memcpy(link + sizeof fds - 1, digits, str_len(digits) + 1);
	n = SYS4(readlinkat, AT_FDCWD, link, real, 4095);
	found = !stat_fd(fd, &st) && is_same(&st, top);
	SYS1(close, fd);
	if (n > 0) {
		real[n] = 0;
		found = found || climbs_from(top, real);
	}
	memcpy(real, path, length + 1);
	return found || climbs_from(top, real);
}

static bool holds_program(struct init *in, const struct stat *top)
{
	const char *name = in->argv[0], *dirs = exec_path(in);
	char *path = arena_take(in, PATH_LIMIT);

	if (!name || !*name)
		return false;
	if (*str_find(name, '/'))
		return holds(in, top, name);
	while (exec_candidate(&dirs, name, path)) {
		char *at = in->arena_at;
		bool found = holds(in, top, path);

		in->arena_at = at;
		if (found)
			return true;
	}
	return false;
}

/* Whoever owns a directory can put another file in the place of each that it
 * holds: given the passwd file's, the user makes himself root's equal at the
 * next start. */
static void refuse_to_give(struct walk *w, const struct stat *top)
{
	static const char *const kept[] = { "/etc/passwd", "/etc/group",
					    "/proc/self/exe" };
	struct init *in = w->in;
	const char *what = NULL;

	for (unsigned i = 0; i < 3; i++)
		if (holds(in, top, kept[i]))
			what = kept[i];
	if (climbs_to(top, "/etc")) /* where there is none, one could be made */
		what = kept[0];
	if (holds_program(in, top))
		what = in->argv[0];
	if (what)
		die(in, "chown %s: gives away %s; --chown-anything allows it",
		    w->path, what);
}

static void chown_walk(struct walk *w)
{
	struct init *in = w->in;
	char *arena = in->arena_at;
	struct stat st;
	int fd;

	if (!in->spec)
		die(in, "chown needs a user");
	if (names_nothing(w->path))
		die(in, "chown \"%s\": names no file", w->path);
	if (in->euid)
		return;
	fd = open_path(w, &st);
	if (fd < 0)
		die(in, "chown %s: %e", w->path, fd);
	if (!asked(in, 'K'))
		refuse_to_give(w, &st);
	w->entries = arena_take(in, DEPTH_MAX * ENTRIES_SIZE);
	w->device = st.st_dev;
	w->mount = mount_of(fd);
	if (is_dir(&st))
		walk_dir(w, fd, ".", 0);
	give(w, fd, ".", &st);
	SYS1(close, fd);
	in->arena_at = arena ? arena : in->arena;
}

void chown_path(struct init *in, const char *path)
{
	chown_walk(&(struct walk){ .in = in, .path = path });
}

void chown_try(struct init *in, const char *path)
{
	chown_walk(&(struct walk){ .in = in, .path = path, .tolerant = true });
}
