/* SPDX-License-Identifier: Apache-2.0 */
/* catalog/catalog.h - what pare knows of package tools and of kinds of waste.
 *
 * One tool, or one kind of waste, is one const struct in one file of this
 * folder, and one line of catalog.list. `lint`, `context`, `analyze` and
 * `--drop` ask the table and keep no tables of their own: a tool that is added
 * here is known to all of them at once.
 *
 * Lists are words with blanks between them. Arrays end with an element whose
 * first member is NULL; an array that is NULL is empty. Everything is const,
 * lives as long as the program and needs no lock.
 *
 * The order of catalog.list is the order of `--drop-list`, and the order in
 * which traces are tried on a name of a build context. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* --- where it lies in an image -------------------------------------------- */

enum catalog_place_flags {
	PLACE_DIRS = 1 << 0,   /* directories below that get empty go, too */
	PLACE_ROOT = 1 << 1,   /* and the root itself */
	PLACE_FILES = 1 << 2,  /* regular files alone: no symlinks */
	PLACE_DEEP = 1 << 3,   /* nothing that lies in the root itself */
	PLACE_FLAT = 1 << 4,   /* only what lies in the root itself */
	PLACE_OWNED = 1 << 5,  /* files of user 0 that are not empty */
	PLACE_DANGLE = 1 << 6, /* symlinks from elsewhere do not save a file */
	PLACE_SOURCE = 1 << 7, /* bytecode whose source stands there */
	PLACE_LANGUAGE = 1 << 8, /* but not the languages of the environment */
};

/* A directory and which names below it are meant: exactly the waste, never
 * its neighbours (go's /go/pkg/mod, and not /go/bin). The components of root
 * are compared one by one; with "**" in front it may stand at any depth. "*"
 * stands for any bytes of one component. */
struct catalog_place {
	const char *root;  /* "var/lib/apt/lists" */
	const char *take;  /* patterns of names that go; NULL: all */
	const char *keep;  /* patterns of names that stay, in any case */
	const char *holds; /* a name that the root must hold; or NULL */
	unsigned flags;
	const char *drop;  /* the drop rule that takes it; NULL: none */
	const char *cache; /* the caches whose bytes lie there; or NULL */
};

/* --- what a user may have taken out of an image (--drop) ------------------ */

enum catalog_preset { DROP_CACHES = 1 << 0, DROP_RUNTIME = 1 << 1 };

struct catalog_preset_word {
	const char *name, *holds;
	unsigned bit;
};
extern const struct catalog_preset_word catalog_presets[2];

/* Its places are those of the whole catalogue that name it. */
struct catalog_drop {
	const char *name;   /* "apt-lists": docs/drop-rules.md */
	const char *holds;  /* what it is, a phrase */
	const char *breaks; /* what does not work then, a phrase */
	unsigned presets;
};

/* --- what a command leaves in its layer ----------------------------------- */

struct catalog_cache {
	const char *name;     /* "npm" */
	const char *key;      /* of an estimate; none need exist */
	const char *programs; /* that fill it */

	/* What fills it. */
	const char *verbs;     /* first operands, "-": none; NULL: any */
	const char *second;    /* "tool+install+sync": a verb that does only
				* with one of these behind it */
	const char *acts;      /* options that say what is done instead of a
				* verb: "--sync", or how a bundle begins */
	const char *acts_not;  /* letters that make such a bundle ask */
	const char *asks;      /* options with which it only answers */
	const char *manifests; /* if neither one of these is mentioned in the
				* file nor a version, it fetches nothing */
	const char *always;    /* but with these verbs it does */

	/* Where it is. Absolute directories that a mount or an rm of it names,
	 * parents of the cache too: what lies there is not all cache (see
	 * catalog_place). ~ is the home of whoever runs the command. */
	const char *mounts;    /* the first is shown to people */
	const char *shown;     /* instead of it; or NULL */
	const char *options;   /* with them it is not filled */
	const char *variables; /* that switch it off or move it */
	const char *needs;     /* programs that want it at run time */

	/* What empties it. */
	const char *cleaners;	   /* NULL: `programs` */
	const char *clean_verbs;   /* NULL: whatever cleaners are told, but
				    * `programs` are told by options alone */
	const char *clean_options; /* of `programs` */
	bool hooked; /* a base image may empty it after each command */

	/* What lint says of it: hadolint's rule of it, or NULL, and ... */
	const char *dl;
	/* ... words by which that rule knows a command that fills it; NULL: as
	 * left_to_dl, or else verbs */
	const char *dl_verbs;
	/* ... mounts that keep that rule silent, beside `mounts` */
	const char *dl_mounts;
	/* ... whose cleaning it takes for one; NULL: that of the cleaners */
	const char *dl_cleaners;
	/* ... directories whose removal it takes for a cleaning; NULL:
	 * `mounts` */
	const char *dl_emptied;
	/* ... a program that only itself cleans up after. */
	const char *dl_alone;
	/* Verbs of which hadolint's rule tells: in such a RUN pare's own rule
	 * is silent. */
	const char *left_to_dl;
	/* What pare's rule (kept_caches.list) advises, behind a semicolon. */
	const char *remedy;
};

/* --- what it looks like in a build context -------------------------------- */

enum catalog_reason {
	REASON_NONE,
	REASON_VERSION_CONTROL,
	REASON_DEPENDENCIES,
	REASON_BUILD_OUTPUT,
	REASON_TEST_DATA,
	REASON_ARCHIVES,
	REASON_MEDIA,
	REASON_SECRETS,
	REASON_IDE,
	REASON_LOGS,
	REASON_DOCKER,
	REASONS,
};

/* When an entry may be left out although COPY . copies it. */
enum catalog_safe_when {
	SAFE_ALWAYS,  /* no image needs it */
	SAFE_IF_MADE, /* if a RUN makes it again (made_by), or a command that
		       * produces a replacement (made_else) is run, provided
		       * no command mentions its name */
	SAFE_WITHOUT_GIT, /* if no command needs the repository */
	SAFE_NEVER, /* its name alone does not tell: only if no COPY copies it */
};

/* A name that has no business in a context, and why. made_by and made_else are
 * commands with blanks between them; "npm+ci+install" is npm with one of these
 * verbs, "yarn+-" yarn with options alone. Tools that make the same thing each
 * have a row for it that differs in made_by: one of them is enough. Of rows
 * that match a name, the first in the order of the table counts, and one whose
 * name starts with a star comes behind those whose name does not. */
struct catalog_trace {
	const char *name; /* "node_modules", "*.log", "id_rsa*" */
	enum catalog_reason reason;
	char type; /* 'd': a directory, 'f': no directory, 0: any */
	enum catalog_safe_when safe_when;
	const char *made_by, *made_else;
	const char *used_by; /* commands that need it: made later, it is made
			      * too late */
	const char *beside;  /* names in the same directory, one is enough;
			     * "*.csproj" is a suffix */
	const char *inside;  /* a name in the directory itself */
	uint64_t bytes_min;  /* smaller files are left alone */
	uint8_t heavy; /* lint names it where COPY takes all: the how-many-th
			* of those it names; 0: never */
};

/* A file or directory that holds a secret by its name, for one that copies it
 * into an image. A name with a star is a guess, which content alone makes
 * good. */
struct catalog_secret_file {
	const char *name;
	const char *content; /* what a file with a secret has in it;
			      * CATALOG_SETS_SECRET; NULL: the name tells */
	const char *what;    /* phrase: "a private key" */
	bool grave;	     /* whoever has it is let in somewhere */
};
/* NAME=VALUE, with a secret's name and a value of its own. */
#define CATALOG_SETS_SECRET "="

/* --- what it costs -------------------------------------------------------- */

/* docs/lint-bytes.md shows these to people; a test holds the two together. */
struct catalog_estimate {
	const char *key;    /* "apt-lists" */
	uint64_t bytes;	    /* payload that it typically leaves in an image */
	const char *source; /* what was measured, and of what */
	/* It was measured of packages or files that are not the user's: it
	 * tells an order of size, and enters no sum. */
	bool typical;
	/* "debian 12": it holds there, and is typical elsewhere; NULL: it
	 * holds wherever it is found. */
	const char *release;
};

/* --- the tool ------------------------------------------------------------- */

/* The first operand of a command says what it does. NULL: nothing does. */
struct catalog_verbs {
	const char *pin;     /* takes packages by name, which can be pinned */
	const char *add;     /* adds packages of a system, groups of them too */
	const char *remove;  /* and takes such away */
	const char *sweep;   /* takes away what nothing needs any more */
	const char *refresh; /* fetches the index and no package */
	const char *upgrade; /* replaces the system by its next release */
	const char *fetch;   /* fetches packages, whoever asked for them */
	const char *confirm; /* asks, and nobody answers in a build */
	const char *build;   /* compiles, or installs what may have to be */
};

/* How a project's dependencies are installed, from its manifest. */
struct catalog_project {
	const char *verbs;    /* "ci": installs what the manifest names, "-":
			       * without any argument */
	const char *alone;    /* verbs that do, where no package is named */
	const char *given;    /* and only where one of these options is given */
	const char *manifest; /* phrase: "package.json and its lock file" */
	const char *makes;    /* the directory that comes of it */
	const char *makes_verbs;
	const char *into;	 /* options that say where `verbs` install */
	const char *dev_verbs;	 /* installs what only development needs */
	const char *dev_options; /* unless one of these is given */
	const char *dev_says;	 /* or the file mentions one of these */
	const char *dev_remedy;	 /* "--omit=dev" */
	const char *dev_prunes;	 /* phrase of the command that takes them away
				  * afterwards, for whoever installed them */
	bool dev_wants;		 /* it does so when an option is given */
	bool node;		 /* NODE_ENV and package.json count */
};

/* A base image that is there to build with. */
struct catalog_toolchain {
	const char *images;   /* "golang", as FROM names it */
	const char *programs; /* that build with it */
	const char *verbs;    /* when they are told so; NULL: always */
	const char *needs;    /* programs whose start needs it all the same */
};

/* A base image has the tool when the path is there and none of `unless`. */
struct catalog_presence {
	const char *path;     /* "usr/bin/apt-get" */
	const char *manager;  /* "apt": as lint names the base's manager */
	const char *unless;   /* "usr/bin/dnf": yum is then a name of dnf */
	const char *families; /* "debian ubuntu": systems known to have it */
};

struct catalog_database; /* catalog/database.h */

/* Who reads a repository (.git), in the command at hand. */
struct catalog_repository {
	const char *programs; /* "git hg": all they do, but with `alone` */
	const char *needs;   /* verbs and options that tell such a command where
			    * it is not seen to be one */
	const char *alone;   /* verbs that want no repository */
	const char *readers; /* other programs and options that read it */
};

/* What some base images have, and some packages of an index bring again. */
struct catalog_runtime {
	const char *what;   /* "CUDA and its libraries" */
	const char *images; /* as FROM names them */
	const char *tags; /* parts between hyphens, one is enough; NULL: any */
	const char *wheels;    /* by their names, with extras */
	const char *without;   /* text of a command that says they do not */
	const char *wanted_by; /* words of the file that need the base's */
	const char *built_by;  /* the same of a base to build with (devel) */
	const char *remedy;
};

/* A build that keeps what only a debugger reads. */
struct catalog_debug {
	const char *programs;  /* NULL: the tool's */
	const char *verbs;     /* NULL: whatever it does */
	const char *given;     /* an argument that asks for it, "-c=Debug" also
			       * as two words; NULL: it is so unless told */
	const char *unless;    /* options with which it is none */
	const char *output;    /* and the file takes the program from there */
	const char *undone_by; /* a program that takes the data out again */
	const char *remedy;    /* a sentence */
};

/* Symbols and debug data that a linker adds unless told otherwise. */
struct catalog_symbols {
	const char *build, *install; /* verbs */
	const char *into;	     /* where install puts programs */
	const char *into_variable;   /* unless this is set */
	const char *linker_options;  /* whose value has flags for the linker */
	const char *stripping_flags; /* among those: without symbols */
	const char *variables;	     /* that may have such options */
	const char *debugging;	     /* how options of a debug build begin */
};

/* It runs the command that stands behind its own words, and `asks` are options
 * with which it runs none: `command -v x`. */
struct catalog_wrapper {
	const char *programs;
	const char *verb;    /* only behind this word: `poetry run`; or NULL */
	const char *options; /* whose value is a word of its own */
	const char *asks;
	unsigned operands; /* words in front of the command: `timeout 60` */
};

struct catalog_tool {
	const char *name;      /* "npm", "locales" */
	const char *programs;  /* "apt apt-get aptitude"; NULL: no tool */
	const char *kin;       /* other programs with the same options */
	const char *options;   /* whose value is a word of its own */
	const char *flags;     /* that have none. Of a tool with such a list,
				* a word behind any other option may be its
				* value; NULL: only `options` have one */
	const char *elsewhere; /* options and verbs with which it works on
				* another directory, or on none: what lies in
				* the one at hand is not made then */
	const char *group;     /* option that names all that one command
				* installs, to remove it by that name */
	const char *sweeps;    /* options of a removal that make it a sweep */
	bool versioned;	       /* pip3.11 is one of "pip"'s programs, too */
	const char *module_of; /* "python": also run as python -m pip */
	const char *modules;   /* of Python that are run as it is */
	struct catalog_verbs verbs;
	bool compiles;	      /* whatever it is told */
	const char *packages; /* of systems, which bring it to build with */
	const struct catalog_project *project;
	const struct catalog_toolchain *toolchain;
	const struct catalog_debug *debug;
	const struct catalog_symbols *symbols;
	const struct catalog_cache *caches;
	const struct catalog_place *places;
	const struct catalog_drop *drops;
	const struct catalog_trace *traces;
	const struct catalog_secret_file *secret_files;
	const struct catalog_estimate *estimates;
	const struct catalog_presence *presences;
	const struct catalog_database *database; /* of what it installed */
	const struct catalog_repository *repository;
	const struct catalog_wrapper *wrappers;
	const struct catalog_runtime *runtimes;
	/* Programs that run another one as somebody else, and such that are
	 * started as root and go on, or let others go on, as somebody else. */
	const char *switches_user, *drops_root;
	/* Programs that fail when what was fetched is not what was meant:
	 * checks of all that was, and such as read the one file they name. */
	const char *checks_any, *checks;
};

#define TOOL(tool) extern const struct catalog_tool catalog_##tool;
#include "catalog/catalog.list"
#undef TOOL

extern const struct catalog_tool *const catalog_tools[]; /* ends with NULL */

/* --- questions ------------------------------------------------------------ */

/* The list has the word. NULL and "" have none. */
bool catalog_listed(const char *list, struct str word);
/* The tool whose program it is, by its name without a path; NULL. */
const struct catalog_tool *catalog_of_program(struct str program);
/* The word behind the option is its value; also where a bundle of letters ends
 * with such an option ("-yt"). Without it the value of `npm --loglevel error
 * ci` is taken for the verb. */
bool catalog_option_takes_word(struct str program, struct str option);
/* The program runs another one; NULL: it does not. */
const struct catalog_wrapper *catalog_wrapper_of(struct str program);
bool catalog_wrapper_takes_word(const struct catalog_wrapper *w,
				struct str option);
/* "version control", "reinstalled dependencies", ... */
const char *catalog_reason_name(enum catalog_reason r);
/* The package manager of a system (os-release(5)'s ID, as lint spells it);
 * NULL. */
const char *catalog_manager_of(const char *family);
/* NULL: no such key. */
const struct catalog_estimate *catalog_estimate_find(const char *key);
/* "*" stands for any bytes; fold: letters of either case. */
bool catalog_glob(const char *pattern, size_t n, struct str name, bool fold);
/* One of the patterns between blanks; false for NULL. */
bool catalog_glob_any(const char *patterns, struct str name, bool fold);
/* The path, without a slash in front, is one that the place means: what a
 * directory must hold and who owns the file are not asked. */
bool catalog_place_has(const struct catalog_place *p, struct str path);

/* --- all of a kind, in the order of the table ----------------------------- */

/* Where an iteration stands; it begins with { 0 }. */
struct catalog_at {
	uint16_t tool, row;
	bool inside;
};
/* NULL at the end. The tool it belongs to is catalog_tools[at->tool]. */
const struct catalog_cache *catalog_next_cache(struct catalog_at *at);
const struct catalog_drop *catalog_next_drop(struct catalog_at *at);
const struct catalog_place *catalog_next_place(struct catalog_at *at);
const struct catalog_trace *catalog_next_trace(struct catalog_at *at);
const struct catalog_estimate *catalog_next_estimate(struct catalog_at *at);
const struct catalog_presence *catalog_next_presence(struct catalog_at *at);

const struct catalog_cache *catalog_cache_find(const char *name);
enum { CATALOG_CACHES_MAX = 64 };

/* A bit for each cache whose bytes lie at the path, in the order of
 * catalog_next_cache. */
uint64_t catalog_caches_at(struct str path);
/* Programs that empty it when they are told so, or NULL. */
const char *catalog_cache_cleaners(const struct catalog_cache *c);
/* The place is one of the drop rule. */
bool catalog_drop_takes(const struct catalog_drop *d,
			const struct catalog_place *p);
