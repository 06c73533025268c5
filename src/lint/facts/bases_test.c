/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/bases.h"

#include <stdio.h>
#include <string.h>

#include "base/test.h"

TEST(bases, names_are_taken_apart)
{
	static const struct {
		const char *reference, *repo, *tag, *digest;
	} rows[] = {
		{ "python", "python", "", "" },
		{ "python:3.4", "python", "3.4", "" },
		{ "docker.io/library/python:3", "python", "3", "" },
		{ "docker.io/bitnami/redis", "bitnami/redis", "", "" },
		{ "library/debian", "debian", "", "" },
		{ "localhost:5000/debian", "localhost:5000/debian", "", "" },
		{ "localhost:5000/debian:9", "localhost:5000/debian", "9", "" },
		{ "debian:12@sha256:ab", "debian", "12", "sha256:ab" },
		{ "debian@sha256:ab", "debian", "", "sha256:ab" },
		{ "public.ecr.aws/docker/library/node:20", "node", "20", "" },
		{ "", "", "", "" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct lint_image m = lint_image_of(str_of(rows[i].reference));
		assert_true(str_eqz(m.repo, rows[i].repo));
		assert_true(str_eqz(m.tag, rows[i].tag));
		assert_true(str_eqz(m.digest, rows[i].digest));
	}
}

TEST(bases, releases)
{
	static const char *const rows[][2] = {
		{ "debian:12", "debian 12" },
		{ "debian:12.11-slim", "debian 12" },
		{ "debian:bookworm-20250520", "debian 12" },
		{ "docker.io/library/debian:12@sha256:ab", "debian 12" },
		{ "python:3.12-slim-bookworm", "debian 12" },
		{ "node:20-bookworm-slim", "debian 12" },
		{ "alpine:3.23.1", "alpine 3.23" },
		{ "python:3.13-alpine3.23", "alpine 3.23" },
		{ "debian", NULL },
		{ "debian:stable", NULL },
		{ "debian:120", NULL },
		{ "debian:8", NULL },
		{ "debian:13", NULL },
		{ "debian@sha256:ab", NULL },
		{ "python:3.12", NULL },
		{ "gcc:12", NULL },
		{ "node:12", NULL },
		{ "node:12-alpine", NULL },
		{ "python:3.12-bullseye", NULL },
		{ "ubuntu:12.04", NULL },
		{ "alpine", NULL },
		{ "alpine:3.2", NULL },
		{ "me/x:bookworm", NULL },
		{ "", NULL },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *r = lint_base_release(str_of(rows[i][0]));
		if (!r != !rows[i][1] || (r && strcmp(r, rows[i][1]) != 0))
			fail_msg("%s: %s", rows[i][0], r ? r : "NULL");
	}
	assert_string_equal(lint_release_named("debian", STR("12")),
			    "debian 12");
	assert_string_equal(lint_release_named("alpine", STR("3.23.2")),
			    "alpine 3.23");
	assert_null(lint_release_named("debian", STR("13")));
	assert_null(lint_release_named("debian", STR("")));
	assert_null(lint_release_named("ubuntu", STR("12")));
	assert_null(lint_release_named(NULL, STR("12")));
}

/* "family manager shell slim cleans root workdir", - for nothing. */
TEST(bases, facts)
{
	static const struct {
		const char *reference, *want;
	} rows[] = {
		{ "debian:12", "debian apt dash slim clean root -" },
		{ "debian:12-slim", "debian apt dash - clean root -" },
		{ "ubuntu", "ubuntu apt dash - clean root -" },
		{ "alpine:3.18", "alpine apk busybox - - root -" },
		{ "python:3.12", "debian apt dash slim clean root -" },
		{ "python:3.12-slim-bookworm",
		  "debian apt dash - clean root -" },
		{ "python:3.12-alpine3.19", "alpine apk busybox - - root -" },
		{ "golang:1.22", "debian apt dash - clean root workdir" },
		{ "centos:7", "centos yum bash - - root -" },
		{ "centos", "rhel dnf bash - - root -" },
		{ "rockylinux:9-minimal", "rhel microdnf bash - - root -" },
		{ "eclipse-temurin:17-jre-ubi9-minimal",
		  "rhel dnf bash - - root -" },
		{ "python:3-windowsservercore", "windows - - - - ? -" },
		{ "openjdk:11", "- - - slim - root -" },
		{ "memcached:1.6", "debian apt dash - clean user -" },
		{ "gcr.io/distroless/static:nonroot", "- - - - - ? -" },
		{ "someone/python:3", NULL },
		{ "scratch", NULL },
		{ "", NULL },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(arena_done) struct arena a = { 0 };
		struct err err = { 0 };
		const struct lint_base *b;
		assert_ok(
			lint_base_find(str_of(rows[i].reference), &a, &b, &err),
			&err);
		if (!rows[i].want) {
			assert_null(b);
			continue;
		}
		assert_non_null(b);
		char got[200];
		snprintf(got, sizeof got, "%s %s %s %s %s %s %s",
			 b->family ? b->family : "-",
			 b->manager ? b->manager : "-",
			 b->shell ? b->shell : "-", b->slim ? b->slim : "-",
			 b->cleans_archives ? "clean" : "-",
			 !b->user_known	   ? "?"
			 : b->user_is_root ? "root"
					   : "user",
			 b->workdir_set ? "workdir" : "-");
		assert_string_equal(got, rows[i].want);
		assert_false(b->given);
	}
}

TEST(bases, ended)
{
	static const struct {
		const char *reference, *want;
	} rows[] = {
		{ "python:3.4", "Python 2019-03-18" },
		{ "python:3.4.10-slim", "Python 2019-03-18" },
		{ "python:3.40", NULL },
		{ "python:3.14", NULL },
		{ "python:3", NULL },
		{ "python", NULL },
		{ "python:3.12-buster", "Debian 2024-06-30" },
		{ "python:3.8-buster", "Python 2024-10-07" },
		{ "golang:1.17-alpine3.13", "Go 2022-08-02" },
		{ "golang:1-alpine3.13", "Alpine Linux 2022-11-01" },
		{ "golang:1.2", NULL },
		{ "alpine:3.11", "Alpine Linux 2021-11-01" },
		{ "alpine:3.11.5", "Alpine Linux 2021-11-01" },
		{ "alpine:3.1", NULL },
		{ "alpine", NULL },
		{ "centos", "CentOS 2021-12-31" },
		{ "centos:latest", "CentOS 2021-12-31" },
		{ "centos:7.9.2009", "CentOS 2024-06-30" },
		{ "centos:stream9", NULL },
		{ "debian:stretch-slim", "Debian 2022-06-30" },
		{ "debian:9.13", "Debian 2022-06-30" },
		{ "debian:12", NULL },
		{ "debian", NULL },
		{ "ubuntu:focal-20240123", "Ubuntu 2025-05-31" },
		{ "ubuntu:22.04", NULL },
		{ "eclipse-temurin:17-jre-focal", "Ubuntu 2025-05-31" },
		{ "someone/tool:focal", NULL },
		{ "someone/tool:7", NULL },
		{ "", NULL },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct lint_ended *e =
			lint_base_ended(str_of(rows[i].reference), NULL);
		char got[100] = "(still kept)";
		if (e)
			snprintf(got, sizeof got, "%s %s", e->what, e->date);
		assert_string_equal(got, rows[i].want ? rows[i].want
						      : "(still kept)");
		if (e)
			assert_true(strcmp(e->date, LINT_BASES_DATE) < 0);
	}
}

TEST(bases, the_day_is_given)
{
	struct str node = STR("node:22"), jessie = STR("debian:8");
	const struct lint_ended *e = lint_base_ended(node, "2027-04-30");
	assert_non_null(e);
	assert_string_equal(e->date, "2027-04-30");
	assert_true(lint_ended_later(e));
	assert_null(lint_base_ended(node, "2027-04-29"));
	assert_null(lint_base_ended(node, NULL));
	assert_null(lint_base_ended(jessie, "2020-06-29"));
	e = lint_base_ended(jessie, "2030-01-01");
	assert_non_null(e);
	assert_false(lint_ended_later(e));
	/* The system below has ended though the image has not. */
	e = lint_base_ended(STR("python:3.13-bookworm"), "2028-07-01");
	assert_non_null(e);
	assert_string_equal(e->what, "Debian");
}

TEST(bases, zones_and_locales)
{
	static const struct {
		const char *reference;
		int zones, english, german;
	} rows[] = {
		/* Distributions themselves, by version. */
		{ "alpine:3.18", 0, 1, 1 },
		{ "alpine", 0, 1, 1 },
		{ "ubuntu:22.04", 0, 0, 0 },
		{ "ubuntu", 0, 0, 0 },
		{ "ubuntu:16.04", 0, 0, 0 },
		{ "ubuntu:14.04", 1, 0, 0 },
		{ "ubuntu:trusty-20191217", 1, 0, 0 },
		{ "busybox:1.36", 0, -1, -1 },
		{ "debian:12-slim", 1, 0, 0 },
		{ "docker.io/library/debian", 1, 0, 0 },
		{ "centos:7", 1, 1, -1 },
		{ "fedora:42", -1, -1, -1 },
		{ "registry.access.redhat.com/ubi9/ubi-minimal", -1, -1, -1 },
		/* Images on them bring more. */
		{ "nginx:1.27-alpine", 1, 1, 1 },
		{ "postgres:16-alpine", 1, 1, 1 },
		{ "postgres:16", 1, 1, -1 },
		{ "mariadb:11", 1, -1, -1 },
		{ "redis:7-alpine", 1, 1, 1 },
		{ "python:3-alpine", 1, 1, 1 },
		{ "python:3.12-slim", 1, -1, -1 },
		{ "php:8-fpm-alpine", -1, 1, 1 },
		{ "golang:1.22-alpine", -1, 1, 1 },
		{ "mongo:7", -1, -1, -1 },
		{ "eclipse-temurin:21-jre", 1, 1, -1 },
		{ "someone/x", -1, -1, -1 },
		{ "someone/alpine", -1, -1, -1 },
		{ "", -1, -1, -1 },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct str s = str_of(rows[i].reference);
		if (lint_base_zones(s) != rows[i].zones ||
		    lint_base_locales(s, STR("en_US.UTF-8")) !=
			    rows[i].english ||
		    lint_base_locales(s, STR("de_DE.UTF-8")) != rows[i].german)
			fail_msg("%s: %d %d %d", rows[i].reference,
				 lint_base_zones(s),
				 lint_base_locales(s, STR("en_US.UTF-8")),
				 lint_base_locales(s, STR("de_DE.UTF-8")));
	}
}

TESTS_MAIN(unit(bases, names_are_taken_apart), unit(bases, releases),
	   unit(bases, facts), unit(bases, ended),
	   unit(bases, the_day_is_given), unit(bases, zones_and_locales))
