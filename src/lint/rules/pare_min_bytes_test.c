/* SPDX-License-Identifier: Apache-2.0 */
/* What --min-bytes does to pare's own rules, each below its bound and at it. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/macros.h"
#include "base/test.h"
#include "catalog/catalog.h"
#include "lint/facts/words.h"
#include "lint/lint.h"
#include "lint/table.h"

enum { INSTRS_MAX = 16, BIG = 5000000 };

#define APT "RUN apt-get install -y --no-install-recommends "
#define APP "FROM debian:12\n"
#define PY "FROM python:3.12-slim\n"
#define GO "FROM golang:1.24\n"
#define RUN_IT "RUN make\nCMD [\"x\"]\n"

/* figure: 'm' measured in the image, 'e' an estimate, 'c' one from the context,
 * 't' typical, '-' none. level: of the finding at its bound and above. */
static const struct row {
	const char *rule;
	char figure, level;
	const char *text;
} rows[] = {
	{ "PARE1001", 'e', 'w',
	  APP "RUN rm /etc/apt/apt.conf.d/docker-clean\n" APT "curl\n" },
	{ "PARE1001", 't', 'w',
	  "FROM debian:11\nRUN rm /etc/apt/apt.conf.d/docker-clean\n" APT
	  "curl\n" },
	{ "PARE1001", '-', 'w',
	  APP "RUN rm /etc/apt/apt.conf.d/docker-clean\n" APT "none\n" },
	{ "PARE1001", 'm', 'w', "FROM a\n" APT "curl\n" },
	{ "PARE1002", 't', 'w', "FROM alpine:3.22\nRUN apk update\n" },
	{ "PARE1002", 'm', 'w', "FROM alpine:3.22\nRUN apk update\n" },
	{ "PARE1003", 'm', 'w', "FROM archlinux\nRUN pacman -Sy nginx\n" },
	{ "PARE1010", 't', 'w', "FROM node:22\nRUN npm ci\n" },
	{ "PARE1010", 'm', 'w', "FROM node:22\nRUN npm ci\n" },
	{ "PARE1011", 't', 'w', "FROM node:22\nRUN yarn global add serve\n" },
	{ "PARE1011", 'm', 'w', "FROM node:22\nRUN yarn global add serve\n" },
	{ "PARE1012", 't', 'w', "FROM node:22\nRUN pnpm install\n" },
	{ "PARE1013", 't', 'w', "FROM node:22\nRUN bun install\n" },
	{ "PARE1033", 't', 'w', "FROM maven\nCOPY . .\nRUN mvn package\n" },
	{ "PARE1012", 'm', 'w', "FROM node:22\nRUN pnpm install\n" },
	{ "PARE1013", 'm', 'w', "FROM node:22\nRUN bun install\n" },
	{ "PARE1020", 't', 'w', PY "RUN pipenv sync\n" },
	{ "PARE1020", 'm', 'w', PY "RUN pipenv sync\n" },
	{ "PARE1021", 't', 'w', PY "RUN poetry install\n" },
	{ "PARE1021", 'm', 'w', PY "RUN poetry install\n" },
	{ "PARE1022", 't', 'w', PY "RUN uv sync\n" },
	{ "PARE1022", 'm', 'w', PY "RUN uv sync\n" },
	{ "PARE1023", 'm', 'w', "FROM a\nRUN conda install -y numpy\n" },
	{ "PARE1030", 't', 'w', GO "COPY . .\nRUN go build -o /app .\n" },
	{ "PARE1030", 'm', 'w', GO "COPY . .\nRUN go build -o /app .\n" },
	{ "PARE1031", 't', 'w', GO "COPY go.mod .\nRUN go mod download\n" },
	{ "PARE1031", 'm', 'w', GO "COPY go.mod .\nRUN go mod download\n" },
	{ "PARE1032", 't', 'w', "FROM rust\nRUN cargo install ripgrep\n" },
	{ "PARE1032", 'm', 'w', "FROM rust\nRUN cargo install ripgrep\n" },
	{ "PARE1033", 'm', 'w', "FROM maven\nCOPY . .\nRUN mvn package\n" },
	{ "PARE1034", 'm', 'w', "FROM gradle\nCOPY . .\nRUN gradle build\n" },
	{ "PARE1035", 'm', 'w', "FROM a\nCOPY . .\nRUN dotnet publish\n" },
	{ "PARE1036", 'm', 'w', "FROM elixir\nCOPY . .\nRUN mix deps.get\n" },
	{ "PARE1037", 'm', 'w', APP "RUN opam init --bare --yes\n" },
	{ "PARE1040", 'm', 'w', "FROM ruby\nRUN gem install puma\n" },
	{ "PARE1041", 'm', 'w',
	  "FROM ruby\nCOPY Gemfile .\nRUN bundle install\n" },
	{ "PARE1042", 'm', 'w',
	  "FROM php\nCOPY composer.json .\nRUN composer install\n" },
	{ "PARE1043", 'm', 'w', "FROM perl\nRUN cpanm Mojolicious\n" },
	{ "PARE2001", 'm', 'w', APP "COPY a.gz /tmp/\nRUN rm /tmp/a.gz\n" },
	{ "PARE2001", 'c', 'w', APP "COPY big /tmp/\nRUN rm /tmp/big\n" },
	{ "PARE2001", '-', 'w', APP "COPY a.gz /tmp/\nRUN rm /tmp/a.gz\n" },
	{ "PARE2002", 'm', 'w', APP "COPY a.sh /\nRUN chmod +x /a.sh\n" },
	{ "PARE2002", 'c', 'w', APP "COPY big.sh /\nRUN chmod +x /big.sh\n" },
	{ "PARE2002", '-', 'w', APP "COPY app /srv\nRUN chown -R a /srv\n" },
	{ "PARE2002", '-', 'w', APP "COPY app /srv/\nRUN chmod +x /srv/app\n" },
	{ "PARE2002", '-', 'i', APP "COPY a.sh /\nRUN chmod +x /a.sh\n" },
	{ "PARE2002", '-', 'w', APP "COPY a.py /\nRUN strip /a.py\n" },
	{ "PARE2002", 't', 'w',
	  APP "ADD https://x.org/tini /tini\nRUN chmod +x /tini\n" },
	{ "PARE2003", 'm', 'w', APP "COPY a.tgz /\nRUN tar xf /a.tgz\n" },
	{ "PARE2003", 'c', 'w', APP "COPY big.tgz /\nRUN tar xf /big.tgz\n" },
	{ "PARE2004", '-', 'w',
	  APP "RUN wget https://x.org/a.tgz && tar xf a.tgz\n" },
	{ "PARE2006", 'm', 'w',
	  "FROM alpine\nRUN apk add gcc\nRUN apk del gcc\n" },
	{ "PARE3001", 'm', 'w', APP "ADD https://x.org/a.tgz /tmp/\n" },
	{ "PARE3004", 'c', 'w', APP "COPY . /srv\n" },
	{ "PARE3005", 'c', 'w', APP "COPY . /srv\n" },
	{ "PARE3006", '-', 'w',
	  APP "ADD jdk-17.0.2.tar.gz /usr/local\nFROM debian:12\n"
	      "COPY --from=0 /usr/local/jdk-17.0.2 /usr/local\n" },
	{ "PARE3007", 't', 'w',
	  GO "COPY go.mod .\nRUN go mod download\nFROM debian:12\n"
	     "COPY --from=0 /go /go\n" },
	{ "PARE4001", 't', 'w',
	  "FROM node:22\nCOPY package.json .\nRUN npm ci\nCMD [\"node\", "
	  "\"a.js\"]\n" },
	{ "PARE4002", 'e', 'w', APP APT "gcc\n" RUN_IT },
	{ "PARE4002", 't', 'w', "FROM ubuntu\n" APT "gcc\n" RUN_IT },
	{ "PARE4002", '-', 'w',
	  "FROM fedora\nRUN dnf install -y gcc\n" RUN_IT },
	{ "PARE4003", 'e', 'w', APP APT "libpq-dev\n" RUN_IT },
	{ "PARE4003", 't', 'w', "FROM ubuntu\n" APT "libpq-dev\n" RUN_IT },
	{ "PARE4005", 't', 'w',
	  GO "COPY . .\nRUN go build -o /app .\nCMD [\"/app\"]\n" },
	{ "PARE4006", 't', 'i',
	  GO "COPY . .\nRUN go build -o /app .\nFROM scratch\n"
	     "COPY --from=0 /app /app\n" },
	{ "PARE4007", '-', 'w',
	  "FROM rust\nCOPY . .\nRUN cargo build\nFROM debian:12\n"
	  "COPY --from=0 /target/debug/app /usr/bin/\n" },
	{ "PARE4008", '-', 'w',
	  "FROM nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04\n"
	  "RUN pip install torch==2.4.1\n" },
	{ "PARE5002", 'e', 'i', "FROM debian:12\n" },
	{ "PARE5002", 't', 'i', "FROM debian:11\n" },
	{ "PARE7003", 'e', 'i',
	  "FROM alpine:3.23\nRUN apk add tzdata && cp "
	  "/usr/share/zoneinfo/Europe/Vienna /etc/localtime\n" },
	{ "PARE7003", 't', 'i',
	  "FROM alpine:3.16\nRUN apk add tzdata && cp "
	  "/usr/share/zoneinfo/Europe/Vienna /etc/localtime\n" },
};

/* What these find is no waste of bytes, or none that has a figure. */
static const char others[] =
	"PARE-SYNTAX PARE0001 PARE0002 PARE2005 PARE3002 PARE3003 PARE4004 "
	"PARE5001 PARE5003 PARE5004 PARE5005 PARE6001 PARE6002 PARE7001 "
	"PARE7002 PARE7004 PARE7005 PARE7006 PARE7007 PARE7008 PARE7009 "
	"PARE7010 PARE8001 PARE8002 PARE8003 PARE8004";

static uint64_t below(const struct lint_measured *m, struct str place,
		      bool dead)
{
	(void)place;
	return dead ? m->dead : m->stored;
}

/* Each layer has the bytes, and each cache in it. */
static int measure(const struct lint_measurer *m, const struct lint_file *f,
		   const struct lint_measured **out, struct err *err)
{
	static struct lint_measured_kind kinds[CATALOG_CACHES_MAX];
	static struct lint_measured all[INSTRS_MAX];
	struct catalog_at at = { 0 };
	const struct catalog_cache *c;
	size_t n = 0;
	(void)m, (void)err;
	while ((c = catalog_next_cache(&at)))
		kinds[n++] =
			(struct lint_measured_kind){ c->name, c->key, BIG };
	assert_true(f->df->n_instrs <= INSTRS_MAX);
	for (size_t i = 0; i < f->df->n_instrs; i++)
		all[i] = (struct lint_measured){ .known = true,
						 .stored = BIG,
						 .dead = BIG,
						 .kinds = kinds,
						 .n_kinds = n,
						 .below = below };
	*out = all;
	return 0;
}

struct told {
	size_t n, n_small;
	enum severity severity;
	uint64_t bytes;
	char figure;
};

static struct told look(const struct row *row, uint64_t min,
			const char *context)
{
	static const struct lint_measurer measurer = { measure };
	struct err err = { 0 };
	struct str name = str_of(row->rule);
	struct lint_choice choice = { .select = &name,
				      .n_select = 1,
				      .show = SEV_STYLE,
				      .min_bytes = min };
	struct lint_input in = {
		.path = STR("Dockerfile"),
		.text = str_of(row->text),
		.choice = &choice,
		.rules = &lint_all_rules,
		.context = row->figure == 'c' ? context : NULL,
		.measurer = row->figure == 'm' ? &measurer : NULL,
	};
	scoped(arena_done) struct arena keep = { 0 };
	struct finding_list r = { 0 };
	struct told t = { .figure = '?' };
	assert_ok(lint_run_rules(&in, &keep, &r, &err), &err);
	t.n_small = r.n_small;
	for (size_t i = 0; i < r.n; i++) {
		const struct finding *f = &r.findings[i];
		bool typical = f->bytes_source == BYTES_UNKNOWN;
		if (strcmp(f->id, row->rule) != 0)
			continue;
		t.n++;
		t.severity = f->severity;
		t.bytes = typical ? f->typical : f->bytes;
		t.figure = typical ? (f->typical ? 't' : '-')
			   : f->bytes_source == BYTES_MEASURED ? 'm'
			   : row->figure == 'c'		       ? 'c'
							       : 'e';
	}
	return t;
}

static void make(const char *dir, const char *name)
{
	char path[300];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0666);
	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, BIG), 0);
	close(fd);
}

static void fail_row(const struct row *row, const char *when, struct told t)
{
	fail_msg("%s %c, %s: %zu found, %zu small, severity %d, %llu bytes, "
		 "%c\n%s",
		 row->rule, row->figure, when, t.n, t.n_small, (int)t.severity,
		 (unsigned long long)t.bytes, t.figure, row->text);
}

static void assert_row(const struct row *row, const char *context)
{
	enum severity own = row->level == 'w' ? SEV_WARN : SEV_INFO;
	struct told free = look(row, 0, context);
	if (free.n != 1 || free.figure != row->figure || free.severity != own)
		fail_row(row, "without a bound", free);
	uint64_t bound = free.bytes ? free.bytes : UINT64_MAX - 1;
	struct told at = look(row, bound, context),
		    over = look(row, bound + 1, context);
	if (at.n != 1 || at.n_small || at.severity != own)
		fail_row(row, "at its bound", at);
	if (row->figure == 't' || row->figure == '-') {
		enum severity want = row->figure == 't' ? SEV_INFO : own;
		if (over.n != 1 || over.n_small || over.severity != want)
			fail_row(row, "below the bound", over);
	} else if (over.n || over.n_small != 1) {
		fail_row(row, "below the bound", over);
	}
}

TEST(min_bytes, each_rule_below_and_above)
{
	char dir[] = "/tmp/pare-min-bytes-XXXXXX", path[300];
	assert_non_null(mkdtemp(dir));
	make(dir, "big");
	make(dir, "big.sh");
	make(dir, "big.tgz");
	snprintf(path, sizeof path, "%s/.git", dir);
	assert_int_equal(mkdir(path, 0777), 0);
	make(dir, ".git/big");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		/* The one rule speaks where there is no ignore file, the
		 * other where there is. */
		snprintf(path, sizeof path, "%s/.dockerignore", dir);
		if (strcmp(rows[i].rule, "PARE3005") == 0)
			make(dir, ".dockerignore"), truncate(path, 0);
		else
			unlink(path);
		assert_row(&rows[i], dir);
	}
	static const char *const names[] = { "big", "big.sh", "big.tgz",
					     ".git/big", ".dockerignore" };
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		unlink(path);
	}
	snprintf(path, sizeof path, "%s/.git", dir);
	rmdir(path);
	assert_int_equal(rmdir(dir), 0);
}

/* A new rule says here whether it is about bytes. */
TEST(min_bytes, no_rule_is_missing)
{
	for (size_t i = 0; i < lint_all_rules.n; i++) {
		const char *id = lint_all_rules.v[i]->id;
		bool is_other = lint_word_in(str_of(id), others), has = false;
		for (size_t k = 0; k < ARRAY_LEN(rows); k++)
			has |= strcmp(rows[k].rule, id) == 0;
		if (strncmp(id, "PARE", 4) == 0 && has == is_other)
			fail_msg("%s", id);
	}
}

/* What the user says of a rule counts before what it typically costs. */
TEST(min_bytes, the_users_severity_counts)
{
	struct err err = { 0 };
	struct lint_override override = { .rule = STR("PARE1010"),
					  .severity = SEV_WARN };
	struct lint_choice choice = { .overrides = &override,
				      .n_overrides = 1,
				      .show = SEV_WARN,
				      .min_bytes = UINT64_MAX };
	struct lint_input in = { .path = STR("Dockerfile"),
				 .text = STR("FROM node:22-slim\nRUN npm ci\n"
					     "USER 1\n"),
				 .choice = &choice,
				 .rules = &lint_all_rules };
	scoped(arena_done) struct arena keep = { 0 };
	struct finding_list r = { 0 };
	assert_ok(lint_run_rules(&in, &keep, &r, &err), &err);
	assert_int_equal(r.n, 1);
	assert_string_equal(r.findings[0].id, "PARE1010");
	choice.n_overrides = 0;
	assert_ok(lint_run_rules(&in, &keep, &r, &err), &err);
	assert_int_equal(r.n, 0);
}

TESTS_MAIN(unit(min_bytes, each_rule_below_and_above),
	   unit(min_bytes, no_rule_is_missing),
	   unit(min_bytes, the_users_severity_counts))
