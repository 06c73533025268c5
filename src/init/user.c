/* SPDX-License-Identifier: Apache-2.0 */
/* Who the program is to be: NAME|UID[:GROUP|GID] against the image's own
 * /etc/passwd and /etc/group, as docker reads them: the first match counts, a
 * broken line is passed over, a file that cannot be read is empty. */
#include "init/init.h"

#define DATABASE_MAX (2 << 20)
#define GROUPS_MAX 65536  /* the kernel's NGROUPS_MAX */
#define ID_MAX 0xfffffffe /* (uid_t)-1 means "leave it" */
#define N_FIELDS 7

struct database {
	char *at;
	char *field[N_FIELDS]; /* of the line that was read last */
	long id;	       /* its third field, -1: not a number */
};

void die_user(const struct init *in, const char *why, int err)
{
	die(in,
	    err ? "failed switching to \"%s\": %s: %e"
		: "failed switching to \"%s\": %s",
	    in->spec, why, err);
}

static void database_open(struct init *in, const char *path,
			  struct database *db)
{
	int r = arena_read(in, path, DATABASE_MAX, 0, &db->at);

	if (r == -EFBIG) /* half of it would be other groups */
		die_user(in, path, r);
	if (r < 0)
		db->at = (char *)"";
}

static bool next_line(struct database *db)
{
	char *line;
	const char *end;

	if (!*db->at)
		return false;
	line = cut(&db->at, '\n');
	end = str_find(line, 0);
	if (end > line && end[-1] == '\r') /* edited on Windows */
		line[end - line - 1] = 0;
	for (int i = 0; i < N_FIELDS; i++)
		db->field[i] = cut(&line, ':');
	db->id = parse_number(db->field[2], ID_MAX);
	return true;
}

/* A number of the user's, or -1: one that is out of range is never cut short
 * to another id, it is refused. */
static long spec_id(const struct init *in, const char *s)
{
	const char *end = s;
	long n;

	while ((unsigned char)(*end - '0') <= 9)
		end++;
	if (*end || end == s)
		return -1;
	n = parse_number(s, in->persona == NATIVE ? ID_MAX : 0x7fffffff);
	if (n < 0)
		die_user(in, "id out of range", 0);
	return n;
}

/* The first line with that name or number. Returns its id; where there is
 * none, the number that was asked for, or -1, and no field. */
static long lookup(struct init *in, const char *path, const char *want,
		   struct database *db)
{
	long id = spec_id(in, want);

	database_open(in, path, db);
	while (next_line(db))
		if (db->id >= 0 &&
		    (id >= 0 ? id == db->id : str_eq(want, db->field[0])))
			return db->id;
	db->field[0] = NULL;
	return id;
}

static void find_user(struct init *in, const char *want)
{
	struct user *u = &in->user;
	struct database db;
	long uid = lookup(in, "/etc/passwd", want, &db), gid = 0;

	if (db.field[0]) {
		gid = parse_number(db.field[3], ID_MAX);
		u->name = db.field[0];
		u->home = db.field[5];
		u->shell = db.field[6];
	}
	if (uid < 0 || gid < 0)
		die_user(in, "no such user", 0);
	u->uid = (uint32_t)uid;
	u->gid = (uint32_t)gid;
}

static uint32_t find_group(struct init *in, const char *want)
{
	struct database db;
	long gid = lookup(in, "/etc/group", want, &db);

	if (gid < 0)
		die_user(in, "no such group", 0);
	return (uint32_t)gid;
}

static void add_group(struct user *u, uint32_t gid)
{
	for (uint32_t i = 0; i < u->n_groups; i++)
		if (u->groups[i] == gid)
			return;
	if (u->n_groups < GROUPS_MAX)
		u->groups[u->n_groups++] = gid;
}

/* Every group that names the user. */
static void find_groups(struct init *in)
{
	struct user *u = &in->user;
	struct database db;

	database_open(in, "/etc/group", &db);
	while (next_line(&db))
		while (db.id >= 0 && *db.field[3])
			if (str_eq(u->name, cut(&db.field[3], ',')))
				add_group(u, (uint32_t)db.id);
}

static void set_env(struct init *in)
{
	const struct user *u = &in->user;

	env_set(in, "HOME", u->home && *u->home ? u->home : "/");
	if (!asked(in, 'U') || !u->name)
		return;
	env_set(in, "USER", u->name);
	env_set(in, "LOGNAME", u->name);
	env_set(in, "SHELL", *u->shell ? u->shell : "/bin/sh");
}

void user_find(struct init *in)
{
	bool native = in->persona == NATIVE;
	struct user *u = &in->user;
	char *rest = in->spec;
	bool colon = *str_find(rest, ':');
	char *who = cut(&rest, ':');
	char *group = native ? rest : cut(&rest, ':');

	if (!*who || (native && colon && !*group))
		die_user(in, "empty", 0);
	find_user(in, who);
	u->groups = arena_take(in, GROUPS_MAX * sizeof *u->groups);
	if (*group)
		u->gid = find_group(in, group);
	else if (!u->name && native)
		die_user(in, "unknown, needs a group", 0);
	else if (!u->name)
		u->keep_gid = true; /* as docker does for a bare number */
	/* gosu does not list the primary group, all others do. */
	if (in->persona != GOSU && !u->keep_gid)
		add_group(u, u->gid);
	if (!*group && u->name)
		find_groups(in);
	/* Who is somebody else already stays that, whole. */
	if (!native || !in->euid)
		set_env(in);
}
