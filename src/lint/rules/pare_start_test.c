/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/testplaces.h"

TEST(lint_start, pare7001)
{
	static const struct place_case rows[] = {
		{ "FROM alpine\n"
		  "ENV TZ=Europe/Vienna",
		  "2:5" },
		{ "FROM alpine\n"
		  "ENV A=b TZ=\"Europe/Vienna\"",
		  "2:9" },
		{ "FROM alpine\n"
		  "ENV TZ=UTC",
		  "" },
		{ "FROM alpine\n"
		  "ENV TZ=Etc/UTC",
		  "" },
		{ "FROM alpine\n"
		  "ENV TZ=CET-1CEST,M3.5.0,M10.5.0/3",
		  "" },
		{ "FROM alpine\n"
		  "RUN apk add tzdata\n"
		  "ENV TZ=Europe/Vienna",
		  "" },
		{ "FROM alpine\n"
		  "RUN apk add --no-cache bash tzdata=2025b-r0\n"
		  "ENV TZ=Europe/Vienna",
		  "" },
		{ "FROM debian:12\n"
		  "ENV TZ=Europe/Vienna",
		  "" },
		{ "FROM ubuntu\n"
		  "ENV TZ=Europe/Vienna",
		  "2:5" },
		{ "FROM node:22-alpine\n"
		  "ENV TZ=Europe/Vienna",
		  "" },
		{ "FROM python:3-alpine\n"
		  "ENV TZ=Europe/Vienna",
		  "" },
		{ "FROM ubuntu:14.04\nENV TZ=Europe/Vienna", "" },
		{ "FROM nginx:1.27-alpine\nENV TZ=Europe/Vienna", "" },
		{ "FROM postgres:16-alpine\nENV TZ=Europe/Vienna", "" },
		{ "FROM mariadb:11\nENV TZ=Europe/Vienna", "" },
		{ "FROM php:8-alpine\nENV TZ=Europe/Vienna", "2:5" },
		/* Nobody knows what these bring. */
		{ "FROM ubuntu:24.04\nCOPY s.sh /\nRUN /s.sh\n"
		  "ENV TZ=Europe/Vienna",
		  "" },
		{ "FROM ubuntu:24.04\nRUN apt-get install -y $(cat list)\n"
		  "ENV TZ=Europe/Vienna",
		  "" },
		{ "FROM ubuntu:24.04\nARG P=\"curl tzdata\"\n"
		  "RUN apt-get install -y $P\nENV TZ=Europe/Vienna",
		  "" },
		{ "FROM me/x\n"
		  "ENV TZ=Europe/Vienna",
		  "2:5" },
		{ "FROM alpine\n"
		  "ARG Z=Europe/Vienna\n"
		  "ENV TZ=$Z",
		  "3:5" },
		{ "FROM ubuntu\n"
		  "RUN ln -snf /usr/share/zoneinfo/Europe/Vienna "
		  "/etc/localtime",
		  "2:5" },
		{ "FROM ubuntu\n"
		  "RUN ln -snf /usr/share/zoneinfo/$TZ /etc/localtime",
		  "2:5" },
		{ "FROM ubuntu\n"
		  "RUN cp /usr/share/zoneinfo/A/B /etc/localtime",
		  "" },
		{ "FROM ubuntu\n"
		  "RUN apt-get install -y tzdata && ln -sf "
		  "/usr/share/zoneinfo/A/B /etc/localtime",
		  "" },
		{ "FROM scratch\n"
		  "COPY --from=b /usr/share/zoneinfo /usr/share/zoneinfo\n"
		  "ENV TZ=Europe/Vienna",
		  "" },
		{ "FROM scratch\n"
		  "ENV TZ=Europe/Vienna",
		  "2:5" },
		{ "RUN ln -s /usr/share/zoneinfo/A/B /etc/localtime", "1:5" },
		{ "FROM alpine AS a\n"
		  "ENV TZ=Europe/Vienna\n"
		  "FROM debian\n"
		  "COPY --from=a /x /x",
		  "" },
	};
	assert_places("PARE7001", rows, ARRAY_LEN(rows));
}

TEST(lint_start, pare7002)
{
	static const struct place_case rows[] = {
		{ "FROM alpine:3.22\n"
		  "ENV TZ=Europe/Vienna\n"
		  "RUN apk add tzdata && apk del tzdata",
		  "2:5" },
		{ "FROM alpine:3.22\n"
		  "ENV TZ=Europe/Vienna\n"
		  "RUN apk add --virtual .t tzdata && apk del .t",
		  "2:5" },
		{ "FROM alpine:3.22\n"
		  "ENV TZ=Europe/Vienna\n"
		  "RUN apk add tzdata",
		  "" },
		{ "FROM alpine:3.22\n"
		  "RUN apk add tzdata && apk del tzdata",
		  "" },
		{ "FROM alpine:3.22\n"
		  "ENV TZ=UTC\n"
		  "RUN apk add tzdata && apk del tzdata",
		  "" },
	};
	assert_places("PARE7002", rows, ARRAY_LEN(rows));
}

TEST(lint_start, pare7003)
{
	static const struct place_case rows[] = {
		{ "FROM alpine:3.22\n"
		  "RUN apk add tzdata && cp /usr/share/zoneinfo/A/B "
		  "/etc/localtime",
		  "2:5" },
		{ "FROM alpine:3.22\n"
		  "RUN apk add tzdata && cp /usr/share/zoneinfo/A/B "
		  "/etc/localtime && apk del tzdata",
		  "" },
		{ "FROM alpine:3.22\n"
		  "RUN apk add tzdata && ln -s /usr/share/zoneinfo/A/B "
		  "/etc/localtime",
		  "" },
		{ "FROM alpine:3.22\n"
		  "ENV TZ=A/B\n"
		  "RUN apk add tzdata && cp /usr/share/zoneinfo/A/B "
		  "/etc/localtime",
		  "" },
		{ "FROM alpine:3.22\n"
		  "RUN apk add tzdata",
		  "" },
	};
	assert_places("PARE7003", rows, ARRAY_LEN(rows));
}

TEST(lint_start, pare7004)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12\n"
		  "ENV LANG en_US.UTF-8",
		  "2:5" },
		{ "FROM debian:12\n"
		  "ENV LANG C.UTF-8",
		  "" },
		{ "FROM debian:12\n"
		  "ENV LANG=C",
		  "" },
		{ "FROM debian:12\n"
		  "ENV LANG=en_US.UTF-8 LC_ALL=en_US.UTF-8",
		  "2:22" },
		{ "FROM debian:12\n"
		  "ENV LANGUAGE=en_US:en",
		  "" },
		{ "FROM alpine\n"
		  "ENV LANG=en_US.UTF-8",
		  "" },
		{ "FROM ubuntu\n"
		  "RUN apt-get install -y locales && locale-gen en_US.UTF-8\n"
		  "ENV LANG en_US.UTF-8",
		  "" },
		{ "FROM ubuntu\n"
		  "RUN apt-get install -y language-pack-en\n"
		  "ENV LANG en_US.UTF-8",
		  "" },
		{ "FROM centos:7\nENV LANG=en_US.UTF-8", "" },
		{ "FROM postgres:16\nENV LANG=en_US.utf8", "" },
		{ "FROM eclipse-temurin:21\nENV LC_ALL=en_US.UTF-8", "" },
		{ "FROM debian:12\nENV LANG=C.utf8", "" },
		{ "FROM debian:12\nRUN bash /setup.sh\n"
		  "ENV LANG=en_US.UTF-8",
		  "" },
		{ "FROM debian:12\nARG P=locales\n"
		  "RUN apt-get install -y $P\nENV LANG=en_US.UTF-8",
		  "" },
		{ "FROM debian:12 AS b\nENV LC_ALL=C.UTF-8\n"
		  "FROM debian:12\nENV LANG=en_US.UTF-8\n"
		  "COPY --from=b x y",
		  "4:5" },
		{ "FROM fedora:42\n"
		  "ENV LANG=en_US.UTF-8",
		  "2:5" },
		{ "FROM me/x\n"
		  "ENV LANG=de_DE.UTF-8",
		  "2:5" },
		{ "ENV LANG=de_DE.UTF-8", "1:5" },
		{ "FROM debian:12\n"
		  "ENV LANG=$L",
		  "" },
		{ "FROM debian:12\n"
		  "ENV LANG=en_US.UTF-8\n"
		  "ENV LC_ALL=C.UTF-8",
		  "" },
	};
	assert_places("PARE7004", rows, ARRAY_LEN(rows));
}

TEST(lint_start, pare7005)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "ENTRYPOINT /a\n"
		  "CMD [\"b\"]",
		  "3:1" },
		{ "FROM debian:12-slim\n"
		  "CMD [\"b\"]\n"
		  "ENTRYPOINT /a",
		  "2:1" },
		{ "FROM debian:12-slim\n"
		  "ENTRYPOINT [\"/a\"]\n"
		  "CMD [\"b\"]",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ENTRYPOINT /a \"$@\"\n"
		  "CMD [\"b\"]",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ENTRYPOINT /a ${1}\n"
		  "CMD [\"b\"]",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ENTRYPOINT /a",
		  "" },
		{ "FROM debian:12-slim\n"
		  "CMD b",
		  "" },
		{ "FROM a AS b\n"
		  "CMD [\"x\"]\n"
		  "FROM b\n"
		  "ENTRYPOINT /y",
		  "" },
	};
	assert_places("PARE7005", rows, ARRAY_LEN(rows));
}

TEST(lint_start, pare7006)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "CMD a & b",
		  "2:1" },
		{ "FROM debian:12-slim\n"
		  "CMD a && b",
		  "" },
		{ "FROM debian:12-slim\n"
		  "CMD [\"sh\", \"-c\", \"a & exec b\"]",
		  "2:1" },
		{ "FROM debian:12-slim\n"
		  "CMD [\"/bin/bash\",\"-lc\",\"a & wait\"]",
		  "2:1" },
		{ "FROM debian:12-slim\n"
		  "ENTRYPOINT [\"tini\",\"--\"]\n"
		  "CMD a & b",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ENTRYPOINT [\"/usr/bin/dumb-init\", \"--\"]\n"
		  "CMD [\"sh\",\"-c\",\"a & b\"]",
		  "" },
		{ "FROM debian:12-slim\n"
		  "CMD [\"a\", \"&\", \"b\"]",
		  "" },
		{ "FROM debian:12-slim\n"
		  "CMD (a; b) & c",
		  "2:1" },
		{ "FROM debian:12-slim\n"
		  "CMD [\"supervisord\"]",
		  "" },
		{ "FROM debian:12-slim\n"
		  "COPY <<EOF /s.sh\n"
		  "#!/bin/sh\n"
		  "a &\n"
		  "exec b\n"
		  "EOF\n"
		  "ENTRYPOINT [\"/s.sh\"]",
		  "2:6" },
		{ "FROM debian:12-slim\n"
		  "COPY <<EOF /s.sh\n"
		  "#!/bin/sh\n"
		  "trap x TERM\n"
		  "a &\n"
		  "wait\n"
		  "EOF\n"
		  "ENTRYPOINT [\"/s.sh\"]",
		  "" },
		{ "FROM debian:12-slim\n"
		  "COPY <<EOF /s.sh\n"
		  "#!/bin/sh\n"
		  "exec b\n"
		  "EOF\n"
		  "ENTRYPOINT [\"/s.sh\"]",
		  "" },
		{ "FROM debian:12-slim\n"
		  "COPY <<EOF /s.py\n"
		  "#!/usr/bin/python3\n"
		  "a & b\n"
		  "EOF\n"
		  "ENTRYPOINT [\"/s.py\"]",
		  "" },
		{ "FROM debian:12-slim\n"
		  "CMD echo \"a & b\"",
		  "" },
		{ "FROM debian:12-slim\n"
		  "CMD a 2>&1 | b",
		  "" },
	};
	assert_places("PARE7006", rows, ARRAY_LEN(rows));
}

TEST(lint_start, pare7007)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "ADD https://x/tini /tini",
		  "2:5" },
		{ "FROM debian:12-slim\n"
		  "ADD --checksum=sha256:ab https://x/tini /tini",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN curl -fsSLo /usr/bin/gosu https://x/gosu-amd64",
		  "2:31" },
		{ "FROM debian:12-slim\n"
		  "RUN wget -O /t https://x/dumb-init_1.2.5_x86_64 && echo \"x "
		  "/t\" | sha256sum -c",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN apt-get install -y tini",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ENV V=v0.19.0\n"
		  "ADD https://x/${V}/tini-static-$A /t",
		  "3:5" },
		{ "FROM debian:12-slim\n"
		  "ADD https://x/tinier /t",
		  "" },
	};
	assert_places("PARE7007", rows, ARRAY_LEN(rows));
}

TEST(lint_start, pare7008)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "ENTRYPOINT [\"su\", \"a\", \"-c\", \"b\"]",
		  "2:1" },
		{ "FROM debian:12-slim\n"
		  "CMD su -c b a",
		  "2:1" },
		{ "FROM debian:12-slim\n"
		  "CMD [\"sudo\",\"-u\",\"a\",\"b\"]",
		  "2:1" },
		{ "FROM debian:12-slim\n"
		  "ENTRYPOINT [\"tini\",\"--\",\"su\",\"a\"]",
		  "2:1" },
		{ "FROM debian:12-slim\n"
		  "CMD [\"gosu\",\"a\",\"b\"]",
		  "" },
		{ "FROM debian:12-slim\n"
		  "CMD exec su a",
		  "2:1" },
		{ "FROM debian:12-slim\n"
		  "CMD echo su",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN su a -c b",
		  "" },
		{ "FROM debian:12-slim\n"
		  "COPY <<EOF /s.sh\n"
		  "#!/bin/sh\n"
		  "if x; then exec su a; fi\n"
		  "EOF\n"
		  "ENTRYPOINT [\"/s.sh\"]",
		  "2:6" },
	};
	assert_places("PARE7008", rows, ARRAY_LEN(rows));
}

TESTS_MAIN(unit(lint_start, pare7001), unit(lint_start, pare7002),
	   unit(lint_start, pare7003), unit(lint_start, pare7004),
	   unit(lint_start, pare7005), unit(lint_start, pare7006),
	   unit(lint_start, pare7007), unit(lint_start, pare7008))
