/* SPDX-License-Identifier: Apache-2.0 */
/* lint/facts/facts.h - what is known of one Dockerfile before rules look at it.
 *
 * Made once a file (facts.c), read by every rule. Everything lives in the
 * file's arena. */
#pragma once
#include "dockerfile/dockerfile.h"
#include "dockerfile/graph.h"
#include "dockerfile/mount.h"
#include "dockerfile/run.h"
#include "ignore/ignore.h"
#include "lint/facts/command.h"
#include "lint/facts/script_shell.h"
#include "lint/facts/stages.h"

struct catalog_cache;

/* Commands of all scripts of a file together; more are ERR_LIMIT. */
enum { LINT_COMMANDS_MAX = 65536 };

/* A RUN, or the inner RUN of an ONBUILD; or a document: a heredoc that a shell
 * within a RUN reads (RUN <<EOF bash -e), which follows that RUN in
 * lint_file.runs with the same `in`. */
struct lint_run {
	const struct lint_file *file;
	const struct df_instr *in;    /* the RUN itself */
	const struct df_instr *outer; /* the ONBUILD; else in */
	uint32_t stage;		      /* DF_NO_STAGE in front of FROM */
	const struct df_instr *shell; /* SHELL in force; NULL: the default */
	struct str shell_said;	    /* by a pragma that is newer; empty: none */
	struct lint_shell shell_is; /* that reads the script */
	bool is_document;
	bool literal; /* no shell expands the script before it is read */
	struct df_run run;
	struct lint_command *commands; /* none when it cannot be read */
	size_t n_commands;
	/* Where each is run; made when it is first asked (image_path.c). */
	struct lint_cwds {
		const struct str *v; /* NULL: not yet */
	} * cwds;
	uint32_t *sets; /* of commands: set and shopt */
	size_t n_sets;
	struct df_mount *mounts;
	size_t n_mounts;
};

/* What is known of the image below a stage, from the local table or from
 * --base-image and the configuration; names are those of its own system.
 * NULL fields and false: not known. */
/* An image that was read, not guessed at by its name. */
struct lint_seen {
	/* Its final file system has the clean path ("usr/lib/locale"). May be
	 * called by several threads. */
	bool (*has)(const struct lint_seen *s, struct str path);
};

struct lint_base {
	const char *family;  /* "debian", "alpine", "fedora", ...; or NULL */
	const char *release; /* "debian 12": one that figures were measured on
			      * (bases.h); or NULL */
	const char *manager; /* "apt", "apk", "dnf", "yum", "zypper"; or NULL */
	const char *shell;   /* "dash", "bash", "busybox"; or NULL */
	const char *slim;    /* tag suffix of the smaller variant; or NULL */
	const char *platform; /* "linux/amd64"; or NULL */
	bool given;	      /* by the user: only then are DL rules silenced */
	bool cleans_archives; /* its apt removes archives by itself */
	bool user_known, user_is_root;
	bool drops_root; /* its own program goes on as somebody else */
	bool workdir_set;
	bool healthcheck;
	const struct lint_seen *seen; /* of --base-image; or NULL */
};

struct lint_label_type {
	struct str name;
	enum label_type {
		LABEL_TEXT,
		LABEL_RFC3339,
		LABEL_SEMVER,
		LABEL_URL,
		LABEL_HASH,
		LABEL_SPDX,
		LABEL_EMAIL
	} type;
};

/* Facts of an image that the user gave; image may end in *. */
struct lint_named_base {
	struct str image;
	struct lint_base base;
};

/* What the configuration says to rules themselves. */
struct lint_settings {
	const struct lint_named_base *bases;
	size_t n_bases;
	const struct str *registries; /* trusted; none: all are */
	size_t n_registries;
	const struct lint_label_type *labels; /* the label schema */
	size_t n_labels;
	bool strict_labels;
	bool pragmas_off;
	/* "2027-01-31": releases that ended since the table of bases was
	 * brought up to date count, too. NULL: as of that table, so that a
	 * file gives the same findings on any day. */
	const char *today;
};

/* What one instruction weighs in the image that --image names. */
struct lint_measured {
	bool known;
	uint64_t stored, dead; /* payload bytes of its layer */
	/* Of the caches of the catalogue: bytes there in the layer, 0 too.
	 * key is of its estimates; where several
	 * have it, the first is what a rule means that names the key alone. */
	const struct lint_measured_kind {
		const char *name, *key;
		uint64_t bytes;
	} * kinds;
	size_t n_kinds;
	/* The same bytes apart: those in all caches of a set (bits by the order
	 * of kinds) and in no other. */
	const struct lint_measured_share {
		uint64_t caches, bytes;
	} * shares;
	size_t n_shares;
	/* For lint_measured_below. */
	uint64_t (*below)(const struct lint_measured *m, struct str place,
			  bool dead);
	const void *image;
	uint32_t layer;
};

/* What something adds to the image; typical: it was measured on another release,
 * or it is not known what the base has of it already. */
struct lint_weight {
	uint64_t bytes;
	bool typical;
};

/* A comment that speaks to a linter (docs/lint.md). */
struct lint_pragma {
	enum lint_pragma_kind {
		PRAGMA_HADOLINT, /* # hadolint ignore= */
		PRAGMA_HADOLINT_STAGE,
		PRAGMA_HADOLINT_GLOBAL,
		PRAGMA_HADOLINT_SHELL,
		PRAGMA_CHECK, /* # check=skip= above an instruction */
		PRAGMA_CHECK_FILE,
		PRAGMA_PARE, /* # pare:ignore */
		PRAGMA_PARE_STAGE,
		PRAGMA_PARE_FILE,
	} kind;
	struct span at;		 /* the comment */
	struct span where;	 /* of the file: what it holds for */
	const struct str *rules; /* as written; SHELL: the one shell */
	const struct span *rule_at;
	size_t n_rules;
	struct str reason; /* empty: none given */
};

/* What a rule found out at length and another one asks for, too: rules are
 * pure, so it is the same for all of them. In the file's arena. */
enum { LINT_NO_RUN = UINT32_MAX };

struct lint_memo {
	/* RUNs that leave a cache, by their places in lint_file.runs
	 * (cache_lefts.c); a kind each, NULL where there are no more. */
	struct lint_left {
		const struct catalog_cache *kind;
		/* A run each: the last up to it that ships and leaves it. */
		uint32_t *ships;
		/* A stage each: the first in it or below it. */
		const uint32_t *first;
	} * lefts;
	/* Words that were looked for in the whole file (lint_file_says). */
	struct lint_word_said {
		struct str word;
		/* As a word anywhere, or in what starts the image; as letters
		 * of an instruction. */
		enum lint_said_how { SAID_WORD, SAID_START, SAID_LETTERS } how;
		bool said;
	} * words;
	size_t n_words, cap_words;
	/* The first instruction that tells apt to keep package files, n_instrs
	 * where none does (apt_archives_kept.c). */
	uint32_t hook_off;
	bool has_hook_off;
	/* Places of arguments, the last ones (image_cwd.c). */
	struct lint_known_place {
		struct str cwd, arg, place;
	} * places;
	/* What RUNs that ship install, by name (package_removed_in_later_layer.c). */
	const void *installs;
	const void *removals; /* lint/rules/layer/layer_writes.h: a list */
	size_t n_removals;
	const void *stored; /* likewise */
	size_t n_stored;
	bool has_stored;
	/* What was put in for variables in all scripts: how often, and bytes
	 * (lint/facts/script_words.c). */
	size_t n_expanded, expanded;
};

struct lint_file {
	struct str path; /* as the user gave it */
	struct arena *arena;
	const struct dockerfile *df;
	const struct df_graph *graph;
	const struct lint_stage *stages; /* a stage each */
	const struct lint_above *above;	 /* an instruction each */
	bool *needs, *ships;		 /* a stage each: of the target */
	uint32_t target;		 /* DF_NO_STAGE: no stage */
	struct lint_run *runs;		 /* in order of the file */
	size_t n_runs;
	/* Files that a COPY writes from heredocs beginning with #!. */
	struct lint_run *copied_scripts;
	size_t n_copied_scripts;
	const bool *windows; /* a stage each: it has no POSIX shell */
	const struct lint_base *const *bases; /* a stage each: of the image its
					       * chain begins with; or NULL */
	const struct lint_settings *settings; /* never NULL */
	const struct lint_pragma *pragmas;
	size_t n_pragmas;
	/* An instruction each, in front of it: lint/facts/values.h, the
	 * WORKDIR in force ("/" where the file says none), and what a COPY or
	 * ADD takes (lint/facts/copies.h; NULL: it is neither). */
	const struct df_var *const *vars;
	const struct str *workdirs;
	const struct str_index *const *pair_keys; /* of ENV and ARG; or NULL */
	const struct lint_copy *const *copies;
	/* lint/facts/apt_cost.h: what installs by apt, in order of the file. */
	struct lint_apt *apts;
	size_t n_apts;
	struct lint_memo *memo;
	/* Names that a compose file gives to FROM and --from=, and what they
	 * stand for: "docker-image://debian:13", a directory; empty: not known. */
	const struct df_arg *contexts;
	size_t n_contexts;
	/* The context, when it is a directory that can be read. */
	const char *context;	     /* or NULL */
	int context_fd;		     /* -1 */
	const struct ignore *ignore; /* NULL: there is no ignore file */
	const struct lint_measured *measured; /* an instruction each; or NULL */
	const struct lint_seen *built;	      /* of --image; or NULL */
};

/* The named context that an image's name means, tag :latest or not; NULL: it
 * means an image. */
const struct df_arg *lint_named_context(const struct lint_file *f,
					struct str name);
/* The image that the stage's chain begins with; empty: scratch, or not
 * known. */
struct str lint_root_image(const struct lint_file *f, uint32_t stage);
/* The release that the stage stands on, as far as figures were measured on it:
 * "debian 12"; NULL. */
const char *lint_stage_release(const struct lint_file *f, uint32_t stage);
/* The run of a RUN or of an ONBUILD's RUN; NULL when there is none. */
const struct lint_run *lint_run_of(const struct lint_file *f,
				   const struct df_instr *in);
/* What was measured of the instruction that stands there; NULL: nothing. */
const struct lint_measured *lint_measured_at(const struct lint_file *f,
					     uint32_t at);
/* Payload bytes that the layer of the instruction has at a place of the image
 * ("/srv/app") and below it; dead: of those that no later layer shows. false:
 * not known. m may be NULL. */
bool lint_measured_below(const struct lint_measured *m, struct str place,
			 bool dead, uint64_t *bytes);
/* Lines of an instruction are in a stage that is part of the result. Files
 * without FROM have one stage, which ships. */
bool lint_ships(const struct lint_file *f, const struct df_instr *in);
/* The stage that the byte of the file is in; DF_NO_STAGE. */
uint32_t lint_stage_at(const struct lint_file *f, uint32_t at);
/* It has a RUN, COPY or ADD of its own: it is more than a name of its base. */
bool lint_stage_stores(const struct lint_file *f, const struct df_stage *s);
bool lint_ships_at(const struct lint_file *f, uint32_t at);
/* An instruction of the kind stands above it in its stage, or in those that the
 * stage is built on. */
bool lint_stands_behind(const struct lint_file *f, const struct df_instr *in,
			enum df_kind kind);
/* The program that is sh in the image below: "dash", "bash", "busybox"; NULL:
 * not known. */
const char *lint_run_base_shell(const struct lint_run *run);
bool lint_run_ships(const struct lint_file *f, const struct lint_run *run);
/* Is path (a directory of the image) below a cache or tmpfs mount of it? */
bool lint_run_mounted(const struct lint_run *run, const char *path);
/* A cache or tmpfs mount of the run has the text in its target. */
bool lint_run_mount_has(const struct lint_run *run, const char *text);
