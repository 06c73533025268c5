/* SPDX-License-Identifier: Apache-2.0 */
/* --chown: makes a volume the user's before the change of user.
 *
 * The tree belongs to somebody else, who may move names while we look. So
 * every step goes through a descriptor that was opened without following
 * links, and is looked at before it is changed. A file with several names is
 * left alone: one of them may be outside. Nothing on another file system is
 * entered. Read-only and network file systems refuse; that is told once. */
#include "init/init.h"

#define DEPTH_MAX 64
#define ENTRIES_SIZE 4096

struct entry {
	uint64_t inode;
	int64_t offset;
	uint16_t size;
	uint8_t type;
	char name[];
};

struct walk {
	struct init *in;
	const char *path;
	char *entries; /* ENTRIES_SIZE a level */
	uint64_t device;
	bool told;
};

static void tell(struct walk *w, const char *what)
{
	if (!w->told)
		say(w->in, WARN, "chown %s: %s", w->path, what);
	w->told = true;
}

static int stat_fd(int fd, struct stat *st)
{
	return SYS4(newfstatat, fd, "", st, AT_EMPTY_PATH);
}

static void give(struct walk *w, int fd, const struct stat *st)
{
	const struct user *u = &w->in->user;
	int r = 0;

	if ((st->st_mode & S_IFMT) != S_IFDIR && st->st_nlink > 1)
		tell(w, "left a file of several names");
	else if (st->st_uid != u->uid || st->st_gid != u->gid)
		r = SYS6(fchownat, fd, "", u->uid, u->gid, AT_EMPTY_PATH, 0);
	if (r)
		tell(w, error_text(-r));
}

static void walk_dir(struct walk *w, int fd, int depth);

static void walk_entry(struct walk *w, int dir, const char *name, int depth)
{
	int fd = sys_open(dir, name, O_PATH | O_NOFOLLOW);
	struct stat st;

	if (fd < 0)
		return; /* gone meanwhile */
	if (!stat_fd(fd, &st) && st.st_dev == w->device) {
		give(w, fd, &st);
		if ((st.st_mode & S_IFMT) == S_IFDIR)
			walk_dir(w, fd, depth);
	}
	SYS1(close, fd);
}

static bool is_dots(const char *name)
{
	return str_eq(name, ".") || str_eq(name, "..");
}

static void walk_dir(struct walk *w, int dir, int depth)
{
	char *entries = w->entries + depth * ENTRIES_SIZE;
	int fd = sys_open(dir, ".", O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	int n = fd;

	if (depth == DEPTH_MAX)
		tell(w, "too deep");
	while (n >= 0 && depth < DEPTH_MAX) {
		n = SYS3(getdents64, fd, entries, ENTRIES_SIZE);
		for (int at = 0; at < n;) {
			struct entry *e = (struct entry *)(entries + at);

			if (!is_dots(e->name))
				walk_entry(w, dir, e->name, depth + 1);
			at += e->size;
		}
		if (!n)
			break;
	}
	if (n < 0)
		tell(w, error_text(-n));
	if (fd >= 0)
		SYS1(close, fd);
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
		    (st->st_mode & S_IFMT) == S_IFLNK) {
			SYS1(close, dir);
			return -ELOOP;
		}
	}
	return dir;
}

void chown_path(struct init *in, const char *path)
{
	struct walk w = { .in = in, .path = path };
	struct stat st;
	int fd;

	if (!in->spec)
		die(in, "chown needs a user");
	if (in->euid)
		return;
	fd = open_path(&w, &st);
	if (fd < 0)
		die(in, "chown %s: %e", path, fd);
	w.entries = arena_take(in, DEPTH_MAX * ENTRIES_SIZE);
	w.device = st.st_dev;
	give(&w, fd, &st);
	if ((st.st_mode & S_IFMT) == S_IFDIR)
		walk_dir(&w, fd, 0);
	SYS1(close, fd);
	in->arena_at = w.entries;
}
