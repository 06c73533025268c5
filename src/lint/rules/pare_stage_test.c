/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/testplaces.h"

TEST(lint_stage, pare5002)
{
	static const struct place_case rows[] = {
		{ "FROM eclipse-temurin:17-jdk-alpine\n"
		  "CMD [\"java\",\"-jar\",\"a.jar\"]",
		  "1:6" },
		{ "FROM eclipse-temurin:17-jdk\n"
		  "RUN javac A.java\n"
		  "CMD java A",
		  "" },
		{ "FROM eclipse-temurin:17-jre\n"
		  "CMD java A",
		  "" },
		{ "FROM eclipse-temurin:17-jdk\n"
		  "CMD sh",
		  "" },
		{ "FROM python:3.12", "1:6" },
		{ "FROM python:3.12-slim", "" },
		{ "FROM python:3.12\n"
		  "RUN gcc x.c",
		  "" },
		{ "FROM python:3.12\n"
		  "RUN curl x",
		  "" },
		{ "FROM debian", "1:6" },
		{ "FROM python:3.12-alpine", "" },
		{ "FROM python:3.12 AS b\n"
		  "FROM debian:12-slim",
		  "" },
		{ "FROM python:3.12 AS b\n"
		  "FROM b",
		  "1:6" },
		{ "FROM ubuntu", "" },
		{ "FROM me/python:3", "" },
		{ "FROM node@sha256:ab", "1:6" },
	};
	assert_places("PARE5002", rows, ARRAY_LEN(rows));
}

TEST(lint_stage, pare5005)
{
	static const struct place_case rows[] = {
		{ "FROM a AS update\n"
		  "FROM b",
		  "" },
		{ "FROM a AS validate\n"
		  "FROM b",
		  "" },
		{ "FROM a AS e2e-tests\n"
		  "FROM b",
		  "" },
		{ "FROM a AS release\n"
		  "FROM b",
		  "" },
		{ "FROM a AS x\n"
		  "FROM a AS y\n"
		  "FROM a AS z\n"
		  "FROM b",
		  "" },
		{ "FROM a AS x\n"
		  "FROM a AS y\n"
		  "FROM b",
		  "1:1 2:1" },
		{ "FROM a\n"
		  "FROM b",
		  "1:1" },
		{ "FROM a AS x\n"
		  "FROM b",
		  "1:1" },
		{ "FROM a AS test\n"
		  "FROM b",
		  "" },
		{ "FROM a AS x\n"
		  "FROM b\n"
		  "COPY --from=x /a /a",
		  "" },
		{ "FROM a\n"
		  "FROM b\n"
		  "COPY --from=0 /a /a",
		  "" },
		{ "FROM a AS x\n"
		  "FROM x AS y\n"
		  "FROM b",
		  "2:1" },
		{ "ARG T=a\n"
		  "FROM i AS a\n"
		  "FROM i AS b\n"
		  "FROM $T",
		  "" },
		{ "ARG T=a\n"
		  "FROM i AS app-a\n"
		  "FROM i AS zzz\n"
		  "FROM app-${T}",
		  "3:1" },
		{ "FROM a", "" },
		{ "FROM a AS x\n"
		  "FROM b\n"
		  "RUN --mount=from=x,target=/x true",
		  "" },
	};
	assert_places("PARE5005", rows, ARRAY_LEN(rows));
}

TEST(lint_stage, pare5001)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12", "1:6" },
		{ "FROM debian@sha256:ab", "" },
		{ "FROM scratch", "" },
		{ "ARG X\n"
		  "FROM $X",
		  "" },
		{ "FROM debian:12 AS a\n"
		  "FROM a",
		  "1:6" },
		{ "FROM debian:12\n"
		  "FROM alpine",
		  "2:6" },
	};
	assert_places("PARE5001", rows, ARRAY_LEN(rows));
}

TEST(lint_stage, pare5003)
{
	static const struct place_case rows[] = {
		{ "FROM python:3.4", "1:6" },
		{ "FROM --platform=linux/amd64 alpine:3.11", "1:29" },
		{ "FROM alpine:3.22", "" },
		{ "FROM centos", "1:6" },
		{ "FROM node:20 AS a\n"
		  "FROM node:20",
		  "2:6" },
		{ "FROM node:20 AS a\n"
		  "FROM a",
		  "1:6" },
		{ "FROM node:20\n"
		  "FROM debian:12",
		  "" },
		{ "ARG V=3.4\n"
		  "FROM python:$V",
		  "2:6" },
		{ "ARG V\n"
		  "FROM python:$V",
		  "" },
	};
	assert_places("PARE5003", rows, ARRAY_LEN(rows));
}

TEST(lint_stage, pare5004)
{
	static const struct place_case rows[] = {
		{ "FROM alpine:3.22 AS alpine\n"
		  "RUN apk add bash\n"
		  "FROM alpine",
		  "1:21" },
		{ "FROM docker.io/library/redis:7 AS redis\n"
		  "FROM alpine\n"
		  "COPY --from=redis /a /a",
		  "" },
		{ "FROM alpine:3.22 AS alpine\n"
		  "RUN true",
		  "" },
		{ "FROM alpine:3.22 AS base\n"
		  "FROM base",
		  "" },
		{ "FROM me/x:1 AS x\n"
		  "FROM x",
		  "" },
		{ "FROM debian:12 AS nginx\n"
		  "FROM alpine\n"
		  "COPY --from=nginx /a /a",
		  "1:19" },
		{ "FROM me/x AS me\n"
		  "FROM me",
		  "" },
	};
	assert_places("PARE5004", rows, ARRAY_LEN(rows));
}

TESTS_MAIN(unit(lint_stage, pare5002), unit(lint_stage, pare5005),
	   unit(lint_stage, pare5001), unit(lint_stage, pare5003),
	   unit(lint_stage, pare5004))
