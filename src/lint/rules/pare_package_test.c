/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/testplaces.h"

TEST(lint_package, pare4001)
{
	static const struct place_case rows[] = {
		{ "FROM node:22-slim\n"
		  "RUN npm ci",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN npm install",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN npm ci --omit=dev",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN npm install --production",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN npm install express",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN npm install -g x",
		  "" },
		{ "FROM node:22-slim\n"
		  "ENV NODE_ENV=production\n"
		  "RUN npm ci",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN NODE_ENV=production npm ci",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN npm ci && npm run build && npm prune --production",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN yarn",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN yarn install --production",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN pnpm i --prod",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN pnpm i",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN composer install",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN composer install --no-dev -o",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN poetry install",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN poetry install --only main",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN poetry install --without dev",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN uv sync",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN uv sync --no-dev",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN pipenv install",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN pipenv install --dev",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN bundle install",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "ENV BUNDLE_WITHOUT=development:test\n"
		  "RUN bundle install",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN bundle config set without test && bundle install",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN npm ci\n"
		  "CMD [\"npm\", \"test\"]",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN npm ci\n"
		  "CMD npm run dev",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN npm ci && npm run build && rm -rf node_modules",
		  "" },
		{ "FROM node:22 AS b\n"
		  "WORKDIR /a\n"
		  "RUN npm ci\n"
		  "FROM node:22-slim\n"
		  "COPY --from=b /a /a",
		  "3:5" },
		{ "FROM node:22 AS b\n"
		  "WORKDIR /a\n"
		  "RUN npm ci\n"
		  "FROM node:22-slim\n"
		  "COPY --from=b /a/node_modules /n",
		  "3:5" },
		{ "FROM node:22 AS b\n"
		  "WORKDIR /a\n"
		  "RUN npm ci\n"
		  "FROM node:22-slim\n"
		  "COPY --from=b /a/dist /d",
		  "" },
		{ "FROM node:22 AS b\n"
		  "WORKDIR /a\n"
		  "RUN npm ci\n"
		  "FROM node:22-slim\n"
		  "ENV NODE_ENV=production\n"
		  "COPY --from=b /a /a",
		  "3:5" },
		{ "FROM node:22 AS b\n"
		  "WORKDIR /a\n"
		  "RUN npm ci\n"
		  "RUN npm prune --omit=dev\n"
		  "FROM node:22-slim\n"
		  "COPY --from=b /a /a",
		  "" },
		{ "FROM node:22 AS b\n"
		  "WORKDIR /a\n"
		  "RUN npm ci\n"
		  "FROM b\n"
		  "RUN true",
		  "3:5" },
		{ "FROM node:22\n"
		  "ARG NODE_ENV\n"
		  "RUN npm ci",
		  "" },
		{ "FROM node:22\n"
		  "ENV NODE_ENV=development\n"
		  "RUN npm ci",
		  "3:5" },
	};
	assert_places("PARE4001", rows, ARRAY_LEN(rows));
}

TEST(lint_package, pare4002)
{
	static const struct place_case rows[] = {
		{ "FROM python:3.12-slim\n"
		  "RUN apt-get install -y gcc\n"
		  "RUN pip install x\n"
		  "CMD [\"x\"]",
		  "2:24" },
		{ "FROM python:3.12-slim\n"
		  "RUN apt-get install -y gcc\n"
		  "RUN pip install x",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "RUN apt-get install -y gcc\n"
		  "CMD [\"x\"]",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "RUN apt-get install -y gcc && pip install x && apt-get "
		  "purge -y gcc\n"
		  "CMD [\"x\"]",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "RUN apt-get install -y gcc && pip install x && apt-get "
		  "autoremove -y\n"
		  "CMD [\"x\"]",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "RUN apt-get install -y gcc\n"
		  "RUN pip install x\n"
		  "RUN apt-get purge gcc\n"
		  "CMD [\"x\"]",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "RUN apt-get install -y --no-install-recommends curl "
		  "build-essential=12 make && make\n"
		  "CMD [\"x\"]",
		  "2:53" },
		{ "FROM python:3.12-slim\n"
		  "RUN apk add --virtual .b gcc && make && apk del .b\n"
		  "CMD [\"x\"]",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "RUN apk add --no-cache gcc musl-dev && make\n"
		  "CMD [\"x\"]",
		  "2:24" },
		{ "FROM python:3.12-slim\n"
		  "RUN B=\"gcc\"; apt-get install -y $B && make && apt-get "
		  "purge $B\n"
		  "CMD [\"x\"]",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "RUN yum install -y gcc-c++ && ./configure && make\n"
		  "CMD [\"x\"]",
		  "2:20" },
		{ "FROM python:3.12-slim\n"
		  "RUN m=\"$(apt-mark showmanual)\"; apt-get install -y gcc; "
		  "make; apt-mark auto \".*\"; apt-mark manual $m; apt-get "
		  "purge -y --auto-remove\n"
		  "CMD [\"x\"]",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "RUN apk add --virtual .b $DEPS gcc && make && apk del "
		  "--no-network .b\n"
		  "CMD [\"x\"]",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "RUN apt-get install -y gcc && make && apt-get -y purge "
		  "--autoremove gcc-12\n"
		  "CMD [\"x\"]",
		  "" },
	};
	assert_places("PARE4002", rows, ARRAY_LEN(rows));
}

TEST(lint_package, pare4003)
{
	static const struct place_case rows[] = {
		{ "FROM python:3.12-slim\n"
		  "RUN apt-get install -y libpq-dev\n"
		  "RUN pip install x\n"
		  "CMD [\"x\"]",
		  "2:24" },
		{ "FROM python:3.12-slim\n"
		  "RUN apt-get install -y libpq5\n"
		  "RUN pip install x\n"
		  "CMD [\"x\"]",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "RUN apk add libffi-dev linux-headers && pip install x && "
		  "apk del libffi-dev\n"
		  "CMD [\"x\"]",
		  "2:24" },
		{ "FROM python:3.12-slim\n"
		  "RUN apt-get install -y libc6-dev:amd64 && make\n"
		  "CMD [\"x\"]",
		  "2:24" },
	};
	assert_places("PARE4003", rows, ARRAY_LEN(rows));
}

TEST(lint_package, pare4004)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "RUN apt-get update\n"
		  "RUN apt-get install -y x",
		  "2:5" },
		{ "FROM debian:12-slim\n"
		  "RUN apt-get update && apt-get install -y x",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN apt-get update",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN apt-get update\n"
		  "RUN apt-get update && apt-get install -y x",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN apt-get update && apt-get upgrade -y\n"
		  "RUN apt-get install -y x",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN --mount=type=cache,target=/var/lib/apt apt-get update\n"
		  "RUN apt-get install x",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN apt update\n"
		  "RUN echo\n"
		  "RUN apt install -y x",
		  "2:5" },
	};
	assert_places("PARE4004", rows, ARRAY_LEN(rows));
}

TEST(lint_package, pare4005)
{
	static const struct place_case rows[] = {
		{ "FROM golang\n"
		  "RUN go build -o /a .\n"
		  "CMD [\"x\"]",
		  "1:6" },
		{ "FROM golang\n"
		  "RUN go build -o /a .",
		  "" },
		{ "FROM golang\n"
		  "RUN go build .\n"
		  "CMD [\"go\",\"run\",\".\"]",
		  "" },
		{ "FROM golang\n"
		  "COPY a /a\n"
		  "CMD [\"x\"]",
		  "" },
		{ "FROM rust:1.79\n"
		  "RUN cargo build\n"
		  "CMD [\"x\"]",
		  "1:6" },
		{ "FROM maven:3\n"
		  "RUN mvn package\n"
		  "CMD [\"x\"]",
		  "1:6" },
		/* Tools, and images to work in, need it. */
		{ "FROM golang\nRUN go install h/x@v1\nCMD [\"bash\"]", "" },
		{ "FROM golang\nRUN go build .\nCMD sleep infinity", "" },
		{ "FROM golang\nRUN go build .\nENTRYPOINT [\"/run.sh\"]", "" },
		{ "FROM golang\nRUN go install h/g@v1\n"
		  "ENTRYPOINT [\"golangci-lint\"]",
		  "" },
		{ "FROM maven:3\nRUN mvn package\nCMD [\"jshell\"]", "" },
		{ "FROM maven:3\nRUN mvn package\n"
		  "CMD [\"sh\", \"-c\", \"java -jar x\"]",
		  "1:6" },
		{ "FROM maven:3\n"
		  "RUN mvn package\n"
		  "CMD mvn exec:java",
		  "" },
		{ "FROM mcr.microsoft.com/dotnet/sdk:8.0\n"
		  "RUN dotnet publish\n"
		  "CMD [\"x\"]",
		  "1:6" },
		{ "FROM node:22\n"
		  "RUN npm ci\n"
		  "CMD [\"x\"]",
		  "" },
	};
	assert_places("PARE4005", rows, ARRAY_LEN(rows));
}

TEST(lint_package, pare4006)
{
	static const struct place_case rows[] = {
		{ "FROM golang:1.24\n"
		  "RUN go build -o /a .",
		  "2:5" },
		{ "FROM golang:1.24\n"
		  "RUN go build -ldflags=\"-s -w\" -o /a .",
		  "" },
		{ "FROM golang:1.24\n"
		  "RUN go build -ldflags \"-w -X a=b\" -o /a .",
		  "" },
		{ "FROM golang:1.24\n"
		  "RUN go build -ldflags \"-X a=b\" -o /a .",
		  "2:5" },
		{ "FROM golang:1.24\n"
		  "RUN go build ./...",
		  "" },
		{ "FROM golang:1.24\n"
		  "RUN go build -o /dev/null .",
		  "" },
		{ "FROM golang:1.24\n"
		  "RUN go build -race -o /a .",
		  "" },
		{ "FROM golang:1.24\n"
		  "ENV GOFLAGS=-ldflags=-s\n"
		  "RUN go build -o /a .",
		  "" },
		{ "FROM golang:1.24\n"
		  "RUN go install .",
		  "2:5" },
		{ "FROM golang:1.24\n"
		  "RUN go build -o /a . && strip /a",
		  "" },
		{ "FROM golang:1.24\n"
		  "RUN CGO_ENABLED=0 GOOS=linux go build -a -o /a .",
		  "2:5" },
		{ "FROM golang:1.24\n"
		  "RUN go build -ldflags=\"$F\" -o /a .",
		  "" },
		{ "FROM golang:1.24 AS b\n"
		  "WORKDIR /s\n"
		  "RUN go build -o /out/a .\n"
		  "FROM debian:12\n"
		  "COPY --from=b /out/a /a",
		  "3:5" },
		{ "FROM golang:1.24 AS b\n"
		  "WORKDIR /s\n"
		  "RUN go build -o /out/a .\n"
		  "FROM debian:12\n"
		  "COPY --from=b /out /out",
		  "3:5" },
		{ "FROM golang:1.24 AS b\n"
		  "WORKDIR /s\n"
		  "RUN go build -o /out/a .\n"
		  "FROM debian:12\n"
		  "COPY --from=b /gen /gen",
		  "" },
		{ "FROM golang:1.24 AS b\n"
		  "WORKDIR /s\n"
		  "RUN go build .\n"
		  "FROM debian:12\n"
		  "COPY --from=b /s/app /a",
		  "3:5" },
		{ "FROM golang:1.24 AS b\n"
		  "WORKDIR /s\n"
		  "RUN go install x@v1\n"
		  "FROM debian:12\n"
		  "COPY --from=b /go/bin/x /x",
		  "3:5" },
		{ "FROM golang:1.24 AS b\n"
		  "WORKDIR /s\n"
		  "RUN go install x@v1\n"
		  "FROM debian:12\n"
		  "COPY --from=b /s/gen /gen",
		  "" },
		{ "FROM golang:1.24 AS b\n"
		  "WORKDIR /s\n"
		  "RUN go build -o a .\n"
		  "FROM b AS c\n"
		  "FROM debian:12\n"
		  "COPY --from=c /s/a /a",
		  "3:5" },
	};
	assert_places("PARE4006", rows, ARRAY_LEN(rows));
}

TEST(lint_package, pare4007)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "RUN cargo build\n"
		  "COPY --from=x target/debug/a /a",
		  "2:5" },
		{ "FROM debian:12-slim\n"
		  "RUN cargo build --release\n"
		  "RUN cp target/debug/a /a",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN cargo build",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN cmake -DCMAKE_BUILD_TYPE=Debug .",
		  "2:5" },
		{ "FROM debian:12-slim\n"
		  "RUN cmake .",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN gcc -g -o /a a.c",
		  "2:5" },
		{ "FROM debian:12-slim\n"
		  "RUN gcc -g -o /a a.c && strip /a",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN gcc -g -c a.c",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN gcc -O2 -o /a a.c",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN dotnet publish -c Debug",
		  "2:5" },
		{ "FROM debian:12-slim\n"
		  "RUN gcc -g -o /a a.c\n"
		  "RUN apt-get install gdb",
		  "" },
	};
	assert_places("PARE4007", rows, ARRAY_LEN(rows));
}

TESTS_MAIN(unit(lint_package, pare4001), unit(lint_package, pare4002),
	   unit(lint_package, pare4003), unit(lint_package, pare4004),
	   unit(lint_package, pare4005), unit(lint_package, pare4006),
	   unit(lint_package, pare4007))
