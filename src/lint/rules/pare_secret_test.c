/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/testplaces.h"

TEST(lint_secret, pare6001)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "ENV T=ghp_16C7e42F292c6912E7710c838347Ae178B4a",
		  "2:7" },
		{ "FROM debian:12-slim\n"
		  "RUN x ghp_16C7e42F292c6912E7710c838347Ae178B4a y",
		  "2:7" },
		{ "FROM debian:12-slim\n"
		  "ARG T=ghp_16C7e42F292c6912E7710c838347Ae178B4a\n"
		  "RUN true",
		  "2:7" },
		{ "FROM debian:12-slim\n"
		  "ENV T=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ENV T=ghp_short",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ENV K=AKIAIOSFODNN7EXAMPLE",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ENV K=AKIAQX4T7ZB2MVRUPL3S",
		  "2:7" },
		{ "FROM debian:12-slim\n"
		  "ENV K=XAKIAQX4T7ZB2MVRUPL3S",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ENV K=AKIAQX4T7ZB2MVRUPL3SX",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN git clone https://u:h4Kq9xWv@x.org/r",
		  "2:15" },
		{ "FROM debian:12-slim\n"
		  "RUN git clone https://u:$P@x.org/r",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN git clone https://u:password@x.org/r",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN git clone https://git@x.org/r",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN curl http://x.org:8080/a@b",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN curl https://x.org/a:b@c",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN <<EOF\n"
		  "echo ghp_16C7e42F292c6912E7710c838347Ae178B4a\n"
		  "EOF",
		  "3:6" },
		{ "FROM debian:12-slim\n"
		  "COPY <<EOF /k\n"
		  "-----BEGIN OPENSSH PRIVATE KEY-----\n"
		  "x\n"
		  "EOF",
		  "3:1" },
		{ "FROM debian:12-slim\n"
		  "RUN echo \"-----BEGIN PUBLIC KEY-----\"",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN a \\\n"
		  "  ghp_16C7e42F292c6912E7710c838347Ae178B4a",
		  "3:3" },
		{ "FROM debian:12-slim\n"
		  "# ghp_16C7e42F292c6912E7710c838347Ae178B4a\n"
		  "RUN true",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ENV N=npm_aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3gH5",
		  "2:7" },
	};
	assert_places("PARE6001", rows, ARRAY_LEN(rows));
}

TEST(lint_secret, pare6002)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "COPY id_rsa /root/.ssh/",
		  "2:6" },
		{ "FROM debian:12-slim\n"
		  "COPY id_rsa.pub /root/.ssh/",
		  "" },
		{ "FROM debian:12-slim\n"
		  "COPY .env /app/",
		  "2:6" },
		{ "FROM debian:12-slim\n"
		  "COPY .env.example /app/.env",
		  "" },
		{ "FROM debian:12-slim\n"
		  "COPY a .npmrc /app/",
		  "2:8" },
		{ "FROM debian:12-slim\n"
		  "COPY --from=x /id_rsa /",
		  "" },
		{ "FROM debian:12-slim\n"
		  "ADD keys/id_ed25519 /",
		  "2:5" },
		{ "FROM debian:12-slim\n"
		  "COPY . /app",
		  "" },
		{ "FROM debian:12-slim\n"
		  "COPY <<id_rsa /x\n"
		  "y\n"
		  "id_rsa",
		  "" },
		{ "FROM debian:12-slim\n"
		  "COPY server.key /etc/",
		  "2:6" },
		{ "FROM a AS b\n"
		  "COPY id_rsa /\n"
		  "FROM c\n"
		  "COPY --from=b /x /x",
		  "" },
	};
	assert_places("PARE6002", rows, ARRAY_LEN(rows));
}

TESTS_MAIN(unit(lint_secret, pare6001), unit(lint_secret, pare6002))
