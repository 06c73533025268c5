/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/testplaces.h"

TEST(lint_copy, pare3001)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "ADD https://x/a.tar.gz /t/",
		  "2:5" },
		{ "FROM debian:12-slim\n"
		  "ADD --unpack https://x/a.tar.gz /t/",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ADD a.tar.gz /t/",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ADD https://x/a /t/",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ARG V=1\n"
		  "ADD https://x/a-$V.tgz /t",
		  "3:5" },
		{ "FROM debian:12-slim\n"
		  "ADD [\"https://x/a.zip\", \"/t/\"]",
		  "2:6" },
		{ "FROM debian:12-slim\n"
		  "ADD https://x/a.tgz?y=1 /t",
		  "2:5" },
	};
	assert_places("PARE3001", rows, ARRAY_LEN(rows));
}

TEST(lint_copy, pare3002)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "ADD https://x/a.crt /t/",
		  "2:5" },
		{ "FROM debian:12-slim\n"
		  "ADD --checksum=sha256:ab https://x/a.crt /t/",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ADD https://x/a.git /t/",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ADD https://x/a.tgz /t/",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ADD https://x/tini /t",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ADD a /t",
		  "" },
		{ "FROM debian:12-slim\n"
		  "COPY https://x/a /t",
		  "" },
	};
	assert_places("PARE3002", rows, ARRAY_LEN(rows));
}

TEST(lint_copy, pare3003)
{
	static const struct place_case rows[] = {
		{ "FROM node:22-slim\n"
		  "COPY . .\n"
		  "RUN npm ci",
		  "2:1" },
		{ "FROM node:22-slim\n"
		  "COPY ./ /app/\n"
		  "RUN cd /app && npm install",
		  "2:1" },
		{ "FROM node:22-slim\n"
		  "COPY package.json .\n"
		  "RUN npm ci\n"
		  "COPY . .\n"
		  "RUN npm ci",
		  "" },
		{ "FROM node:22-slim\n"
		  "COPY . .\n"
		  "RUN npm run build",
		  "" },
		{ "FROM node:22-slim\n"
		  "COPY . .\n"
		  "RUN npm install -g x",
		  "" },
		{ "FROM node:22-slim\n"
		  "COPY . .\n"
		  "RUN npm install x",
		  "" },
		{ "FROM node:22-slim\n"
		  "COPY . .\n"
		  "RUN pip install -r requirements.txt",
		  "2:1" },
		{ "FROM node:22-slim\n"
		  "COPY . .\n"
		  "RUN pip install .",
		  "" },
		{ "FROM node:22-slim\n"
		  "COPY . .\n"
		  "RUN python -m pip install -r r.txt",
		  "2:1" },
		{ "FROM node:22-slim\n"
		  "COPY . .\n"
		  "RUN bundle install",
		  "2:1" },
		{ "FROM node:22-slim\n"
		  "COPY . .\n"
		  "RUN go mod download",
		  "2:1" },
		{ "FROM node:22-slim\n"
		  "COPY . .\n"
		  "RUN go build .",
		  "" },
		{ "FROM node:22-slim\n"
		  "COPY src .\n"
		  "RUN npm ci",
		  "" },
		{ "FROM node:22-slim\n"
		  "COPY --from=x . .\n"
		  "RUN npm ci",
		  "" },
		{ "FROM node:22-slim\n"
		  "COPY . .\n"
		  "RUN yarn",
		  "2:1" },
	};
	assert_places("PARE3003", rows, ARRAY_LEN(rows));
}

TEST(lint_copy, pare3006)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "COPY --from=j /usr/local/jdk-17.0.2 /usr/local",
		  "2:1" },
		{ "FROM debian:12-slim\n"
		  "COPY --from=j /usr/local/jdk-17.0.2 /usr/local/",
		  "2:1" },
		{ "FROM debian:12-slim\n"
		  "COPY --from=j /usr/local/jdk-17.0.2 /usr/local/jdk-17.0.2",
		  "" },
		{ "FROM debian:12-slim\n"
		  "COPY --from=j /usr/local/jdk-17.0.2 /opt",
		  "" },
		{ "FROM debian:12-slim\n"
		  "COPY --from=j /usr/local/bin/k-1.2 /usr/local/bin",
		  "" },
		{ "FROM debian:12-slim\n"
		  "COPY --from=j /opt/app /opt",
		  "" },
		{ "FROM debian:12-slim\n"
		  "COPY --from=j /opt/app-1.2.jar /opt",
		  "" },
		{ "FROM debian:12-slim\n"
		  "COPY /opt/a-1.2 /opt",
		  "" },
	};
	assert_places("PARE3006", rows, ARRAY_LEN(rows));
}

TEST(lint_copy, pare3007)
{
	static const struct place_case rows[] = {
		{ "FROM golang:1.24 AS b\n"
		  "RUN go mod download\n"
		  "RUN go build -o /go/bin/a .\n"
		  "FROM debian:12\n"
		  "COPY --from=b /go /go",
		  "5:15" },
		{ "FROM golang:1.24 AS b\n"
		  "RUN go mod download\n"
		  "RUN go build -o /go/bin/a .\n"
		  "FROM debian:12\n"
		  "COPY --from=b /go/bin/a /a",
		  "" },
		{ "FROM golang:1.24 AS b\n"
		  "RUN go mod download\n"
		  "RUN go build -o /go/bin/a .\n"
		  "FROM debian:12\n"
		  "COPY --from=b /root /root",
		  "5:15" },
		{ "FROM golang:1.24 AS b\n"
		  "RUN go mod download\n"
		  "RUN go build -o /go/bin/a .\n"
		  "FROM debian:12\n"
		  "COPY --from=b / /",
		  "" },
		{ "FROM golang:1.24 AS b\n"
		  "RUN go mod download\n"
		  "RUN go build -o /go/bin/a .\n"
		  "FROM debian:12\n"
		  "COPY --from=golang:1.24 /go /go",
		  "" },
	};
	assert_places("PARE3007", rows, ARRAY_LEN(rows));
}

TESTS_MAIN(unit(lint_copy, pare3001), unit(lint_copy, pare3002),
	   unit(lint_copy, pare3003), unit(lint_copy, pare3006),
	   unit(lint_copy, pare3007))
