/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "lint/rules/testplaces.h"

TEST(lint_cache, pare1010)
{
	static const struct place_case rows[] = {
		{ "FROM node:22-slim\n"
		  "RUN npm ci",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN npm i",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN npm install -g x",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN cd /x && npm ci",
		  "2:14" },
		{ "FROM node:22-slim\n"
		  "RUN npm ci && npm cache clean --force",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN npm ci && rm -rf ~/.npm",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN npm ci && rm -rf /root/.npm /tmp/*",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN npm ci && rm -rf $HOME/.npm",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN npm ci && rm -rf /home/node/.npm/*",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN npm ci && rm -rf /root/.[a-z]*",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN rm -rf ~/.npm && npm ci",
		  "2:22" },
		{ "FROM node:22-slim\n"
		  "RUN --mount=type=cache,target=/root/.npm npm ci",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN --mount=type=cache,target=/root npm ci",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN --mount=type=tmpfs,target=/root/.npm npm ci",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN --mount=type=bind,target=/root/.npm npm ci",
		  "2:41" },
		{ "FROM node:22-slim\n"
		  "RUN --mount=type=cache,target=/root/.cache npm ci",
		  "2:44" },
		{ "FROM node:22-slim\n"
		  "RUN --mount=type=cache,target=$CACHE npm ci",
		  "" },
		{ "FROM node:22-slim\n"
		  "ENV npm_config_cache=/tmp/c\n"
		  "RUN npm ci",
		  "" },
		{ "FROM node:22-slim\n"
		  "ENV NPM_CONFIG_CACHE /tmp/c\n"
		  "RUN npm ci",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN npm run build",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN npm --version",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN echo npm ci",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN sudo npm ci",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN env A=b npm ci",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN [\"npm\", \"ci\"]",
		  "2:6" },
		{ "FROM node:22-slim\n"
		  "RUN if true; then npm ci; fi",
		  "2:19" },
		{ "FROM node:22-slim\n"
		  "RUN <<EOF\n"
		  "npm ci\n"
		  "EOF",
		  "3:1" },
		{ "FROM node:22-slim\n"
		  "ONBUILD RUN npm ci",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN npm ci; npm i -g y",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN npm ci && find / -name .npm -delete",
		  "" },
		{ "FROM node:22-slim AS b\n"
		  "RUN npm ci\n"
		  "\n"
		  "FROM node:22-slim\n"
		  "",
		  "" },
		{ "RUN npm ci", "1:5" },
	};
	assert_places("PARE1010", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1011)
{
	static const struct place_case rows[] = {
		/* Yarn 2 and later keep theirs elsewhere, or in the project. */
		{ "FROM node:22\nCOPY .yarnrc.yml package.json ./\nRUN yarn",
		  "" },
		{ "FROM node:22\nCOPY .yarn .yarn\nRUN yarn", "" },
		{ "FROM node:22\nRUN corepack enable && yarn", "" },
		{ "FROM node:22\nRUN yarn set version berry\nRUN yarn", "" },
		{ "FROM node:22-slim\n"
		  "RUN yarn",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN yarn add x",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN yarn global add x",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN yarn install",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN yarn build",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN yarn --frozen-lockfile",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN yarn --version",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN yarn && yarn cache clean",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN yarn add x && yarn install",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN yarn run x",
		  "" },
		{ "FROM node:22-slim\n"
		  "ENV YARN_CACHE_FOLDER=/tmp/y\n"
		  "RUN yarn",
		  "" },
	};
	assert_places("PARE1011", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1012)
{
	static const struct place_case rows[] = {
		{ "FROM node:22-slim\n"
		  "RUN pnpm i",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN pnpm run x",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN "
		  "--mount=type=cache,id=pnpm,target=/root/.local/share/pnpm/"
		  "store pnpm i",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN pnpm i && pnpm store prune",
		  "" },
	};
	assert_places("PARE1012", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1013)
{
	static const struct place_case rows[] = {
		{ "FROM node:22-slim\n"
		  "RUN bun install",
		  "2:5" },
		{ "FROM node:22-slim\n"
		  "RUN bun run x",
		  "" },
		{ "FROM node:22-slim\n"
		  "RUN bun install --no-cache",
		  "" },
	};
	assert_places("PARE1013", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1020)
{
	static const struct place_case rows[] = {
		{ "FROM python:3.12-slim\n"
		  "RUN pipenv install --deploy",
		  "2:5" },
		{ "FROM python:3.12-slim\n"
		  "RUN pipenv sync && rm -rf ~/.cache",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "RUN pipenv run x",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "ENV PIP_NO_CACHE_DIR=1\n"
		  "RUN pipenv sync",
		  "" },
	};
	assert_places("PARE1020", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1021)
{
	static const struct place_case rows[] = {
		{ "FROM python:3.12-slim\n"
		  "RUN poetry install",
		  "2:5" },
		{ "FROM python:3.12-slim\n"
		  "RUN poetry install --no-cache",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "RUN poetry config x y",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "RUN poetry install && rm -rf ~/.cache/pypoetry",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "RUN poetry install && poetry cache clear pypi --all",
		  "" },
	};
	assert_places("PARE1021", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1022)
{
	static const struct place_case rows[] = {
		{ "FROM python:3.12-slim\n"
		  "RUN uv sync",
		  "2:5" },
		{ "FROM python:3.12-slim\n"
		  "RUN uv pip install x",
		  "2:5" },
		{ "FROM python:3.12-slim\n"
		  "RUN uv pip list",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "RUN uv venv",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "ENV UV_NO_CACHE=1\n"
		  "RUN uv sync",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "RUN uv sync --no-cache",
		  "" },
		{ "FROM python:3.12-slim\n"
		  "RUN --mount=type=cache,target=/root/.cache/uv uv sync",
		  "" },
	};
	assert_places("PARE1022", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1023)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "RUN conda install -y x",
		  "2:5" },
		{ "FROM debian:12-slim\n"
		  "RUN conda install -y x && conda clean -afy",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN mamba env create -f e.yml",
		  "2:5" },
		{ "FROM debian:12-slim\n"
		  "RUN conda init",
		  "" },
	};
	assert_places("PARE1023", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1030)
{
	static const struct place_case rows[] = {
		{ "FROM golang:1.24\n"
		  "RUN go build .",
		  "2:5" },
		{ "FROM golang:1.24\n"
		  "RUN go version",
		  "" },
		{ "FROM golang:1.24\n"
		  "RUN go build . && go clean -cache",
		  "" },
		{ "FROM golang:1.24\n"
		  "RUN --mount=type=cache,target=/root/.cache/go-build go "
		  "build .",
		  "" },
		{ "FROM golang:1.24\n"
		  "RUN go build .\n"
		  "CMD [\"go\", \"run\", \".\"]",
		  "" },
		{ "FROM golang:1.24\n"
		  "ENV GOCACHE=/tmp/c\n"
		  "RUN go build .",
		  "" },
	};
	assert_places("PARE1030", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1031)
{
	static const struct place_case rows[] = {
		{ "FROM golang:1.24\n"
		  "RUN go mod download",
		  "2:5" },
		{ "FROM golang:1.24\n"
		  "RUN go mod init x",
		  "" },
		{ "FROM golang:1.24\n"
		  "RUN go build .",
		  "" },
		{ "FROM golang:1.24\n"
		  "COPY go.mod go.sum ./\n"
		  "RUN go build .",
		  "3:5" },
		{ "FROM golang:1.24\n"
		  "RUN go install x.org/y@v1",
		  "2:5" },
		{ "FROM golang:1.24\n"
		  "COPY go.* ./\n"
		  "RUN go build -mod=vendor .",
		  "" },
		{ "FROM golang:1.24\n"
		  "RUN --mount=type=cache,target=/go/pkg/mod go mod download",
		  "" },
		{ "FROM golang:1.24\n"
		  "RUN go mod download && go clean -modcache",
		  "" },
	};
	assert_places("PARE1031", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1032)
{
	static const struct place_case rows[] = {
		{ "FROM rust:1.79\n"
		  "RUN cargo build",
		  "2:5" },
		{ "FROM rust:1.79\n"
		  "RUN cargo --version",
		  "" },
		{ "FROM rust:1.79\n"
		  "RUN cargo install x && rm -rf /usr/local/cargo/registry",
		  "" },
		{ "FROM rust:1.79\n"
		  "RUN cargo install x && rm -rf \"$CARGO_HOME/registry\"",
		  "" },
		{ "FROM rust:1.79\n"
		  "CMD [\"cargo\", \"run\"]\n"
		  "RUN cargo build",
		  "" },
	};
	assert_places("PARE1032", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1033)
{
	static const struct place_case rows[] = {
		{ "FROM maven:3\n"
		  "RUN mvn package",
		  "2:5" },
		{ "FROM maven:3\n"
		  "RUN ./mvnw -B package",
		  "2:5" },
		{ "FROM maven:3\n"
		  "RUN mvn -v",
		  "" },
		{ "FROM maven:3\n"
		  "RUN mvn package && rm -rf ~/.m2",
		  "" },
		{ "FROM maven:3\n"
		  "RUN mvn package\n"
		  "CMD mvn spring-boot:run",
		  "" },
	};
	assert_places("PARE1033", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1034)
{
	static const struct place_case rows[] = {
		{ "FROM gradle:8\n"
		  "RUN gradle build",
		  "2:5" },
		{ "FROM gradle:8\n"
		  "RUN ./gradlew build",
		  "2:5" },
		{ "FROM gradle:8\n"
		  "RUN gradle --version",
		  "" },
		{ "FROM gradle:8\n"
		  "RUN gradle build && rm -rf ~/.gradle",
		  "" },
	};
	assert_places("PARE1034", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1035)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "RUN dotnet restore",
		  "2:5" },
		{ "FROM debian:12-slim\n"
		  "RUN dotnet --info",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN dotnet restore && dotnet nuget locals all --clear",
		  "" },
	};
	assert_places("PARE1035", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1036)
{
	static const struct place_case rows[] = {
		{ "FROM elixir:1.17\n"
		  "RUN mix deps.get",
		  "2:5" },
		{ "FROM elixir:1.17\n"
		  "RUN mix do deps.get, compile",
		  "2:5" },
		{ "FROM elixir:1.17\n"
		  "RUN mix local.hex --force && MIX_ENV=prod mix deps.get",
		  "2:30" },
		{ "FROM elixir:1.17\n"
		  "RUN mix local.hex --force && mix compile",
		  "" },
		{ "FROM elixir:1.17\n"
		  "RUN mix deps.get && rm -rf ~/.hex",
		  "" },
		{ "FROM elixir:1.17\n"
		  "RUN mix deps.get && rm -rf /root/.hex/packages/*",
		  "" },
		{ "FROM elixir:1.17\n"
		  "RUN --mount=type=cache,target=/root/.hex/packages "
		  "mix deps.get",
		  "" },
		{ "FROM elixir:1.17\n"
		  "ENV HEX_HOME=/build/hex\n"
		  "RUN mix deps.get",
		  "" },
		{ "FROM elixir:1.17 AS build\n"
		  "RUN mix deps.get\n"
		  "FROM debian:12-slim\n"
		  "COPY --from=build /app /app",
		  "" },
	};
	assert_places("PARE1036", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1037)
{
	static const struct place_case rows[] = {
		{ "FROM ocaml/opam:debian-12\n"
		  "RUN opam install --yes dune",
		  "2:5" },
		{ "FROM ocaml/opam:debian-12\n"
		  "RUN opam --switch 5.1 install --yes dune",
		  "2:5" },
		{ "FROM ocaml/opam:debian-12\n"
		  "RUN opam switch create 5.2",
		  "2:5" },
		{ "FROM ocaml/opam:debian-12\n"
		  "RUN opam switch set 5.2 && opam exec -- dune build",
		  "" },
		{ "FROM ocaml/opam:debian-12\n"
		  "RUN opam install --yes dune && opam clean",
		  "" },
		{ "FROM debian:12\n"
		  "RUN opam install --yes dune && "
		  "rm -rf ~/.opam/download-cache",
		  "" },
		{ "FROM debian:12\n"
		  "RUN --mount=type=cache,target=/root/.opam/download-cache "
		  "opam install --yes dune",
		  "" },
	};
	assert_places("PARE1037", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1040)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "RUN gem install x",
		  "2:5" },
		{ "FROM debian:12-slim\n"
		  "RUN gem list",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN gem install x && rm -rf /usr/local/bundle/cache/*.gem",
		  "" },
	};
	assert_places("PARE1040", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1041)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "RUN bundle install",
		  "2:5" },
		{ "FROM debian:12-slim\n"
		  "RUN bundle exec x",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ENV BUNDLE_PATH=/v\n"
		  "RUN bundle install",
		  "" },
	};
	assert_places("PARE1041", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1042)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "RUN composer install",
		  "2:5" },
		{ "FROM php:8\n"
		  "RUN composer global require a/b",
		  "2:5" },
		{ "FROM php:8\n"
		  "RUN composer global show",
		  "" },
		{ "FROM php:8\n"
		  "RUN sudo -u app composer require a/b",
		  "2:5" },
		{ "FROM debian:12-slim\n"
		  "RUN composer dump-autoload",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN composer install --no-cache",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN composer install && composer clear-cache",
		  "" },
	};
	assert_places("PARE1042", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1043)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "RUN cpanm X",
		  "2:5" },
		{ "FROM debian:12-slim\n"
		  "RUN cpanm X && rm -rf /root/.cpanm",
		  "" },
	};
	assert_places("PARE1043", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1003)
{
	static const struct place_case rows[] = {
		{ "FROM archlinux\n"
		  "RUN pacman -Syu --noconfirm x",
		  "2:5" },
		{ "FROM archlinux\n"
		  "RUN pacman -Sc",
		  "" },
		{ "FROM archlinux\n"
		  "RUN pacman -S x && pacman -Scc --noconfirm",
		  "" },
		{ "FROM archlinux\n"
		  "RUN pacman -Ss x",
		  "" },
		{ "FROM archlinux\n"
		  "RUN pacman -Rns x",
		  "" },
		{ "FROM archlinux\n"
		  "RUN pacman -S x && rm -rf /var/cache/pacman/pkg/*",
		  "" },
	};
	assert_places("PARE1003", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1002)
{
	static const struct place_case rows[] = {
		{ "FROM alpine:3.22\n"
		  "RUN apk update",
		  "2:5" },
		{ "FROM alpine:3.22\n"
		  "RUN apk update && apk add --no-cache x",
		  "2:5" },
		{ "FROM alpine:3.22\n"
		  "RUN apk update && apk add x",
		  "" },
		{ "FROM alpine:3.22\n"
		  "RUN apk upgrade --no-cache",
		  "" },
		{ "FROM alpine:3.22\n"
		  "RUN apk update && rm -rf /var/cache/apk/*",
		  "" },
		{ "FROM alpine:3.22\n"
		  "RUN apk upgrade",
		  "2:5" },
		{ "FROM alpine:3.22\n"
		  "RUN --mount=type=cache,target=/var/cache/apk apk update",
		  "" },
	};
	assert_places("PARE1002", rows, ARRAY_LEN(rows));
}

TEST(lint_cache, pare1001)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "RUN apt-get install -y x",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN rm /etc/apt/apt.conf.d/docker-clean && apt-get install "
		  "-y x",
		  "2:44" },
		{ "FROM debian:12-slim\n"
		  "RUN rm /etc/apt/apt.conf.d/docker-clean\n"
		  "RUN apt-get install -y x",
		  "3:5" },
		{ "FROM debian:12-slim\n"
		  "RUN rm /etc/apt/apt.conf.d/docker-clean\n"
		  "RUN apt-get install -y x && apt-get clean",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN rm /etc/apt/apt.conf.d/docker-clean\n"
		  "RUN --mount=type=cache,target=/var/cache/apt apt-get "
		  "install -y x",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN echo 'Binary::apt::APT::Keep-Downloaded-Packages "
		  "\"true\";' > /etc/apt/apt.conf.d/keep\n"
		  "RUN apt-get install -y x",
		  "3:5" },
	};
	assert_places("PARE1001", rows, ARRAY_LEN(rows));
}

/* The value of an option in front of the verb is no verb. */
TEST(lint_cache, options_that_take_a_word)
{
	static const struct {
		const char *rule, *command;
	} rows[] = {
		{ "PARE1010", "npm --loglevel error ci" },
		{ "PARE1010", "npm ci --loglevel error" },
		{ "PARE1010", "npm -C app --registry https://x/ install" },
		{ "PARE1010", "npm -w a ci" },
		{ "PARE1012", "pnpm --filter web install" },
		{ "PARE1012", "pnpm -F web --loglevel warn i" },
		{ "PARE1031", "go -C src mod download" },
		{ "PARE1020", "pipenv --python 3.12 install" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char text[256];
		struct place_case row = { text, "2:5" };
		snprintf(text, sizeof text, "FROM debian\nRUN %s\n",
			 rows[i].command);
		assert_places(rows[i].rule, &row, 1);
	}
}

TESTS_MAIN(unit(lint_cache, pare1010), unit(lint_cache, pare1011),
	   unit(lint_cache, pare1012), unit(lint_cache, pare1013),
	   unit(lint_cache, pare1020), unit(lint_cache, pare1021),
	   unit(lint_cache, pare1022), unit(lint_cache, pare1023),
	   unit(lint_cache, pare1030), unit(lint_cache, pare1031),
	   unit(lint_cache, pare1032), unit(lint_cache, pare1033),
	   unit(lint_cache, pare1034), unit(lint_cache, pare1035),
	   unit(lint_cache, pare1036), unit(lint_cache, pare1037),
	   unit(lint_cache, pare1040), unit(lint_cache, pare1041),
	   unit(lint_cache, pare1042), unit(lint_cache, pare1043),
	   unit(lint_cache, pare1003), unit(lint_cache, pare1002),
	   unit(lint_cache, pare1001),
	   unit(lint_cache, options_that_take_a_word))
