/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/testplaces.h"

static const struct place_case removals[] = {
	{ "FROM a\nCOPY a go.* ./\nRUN rm -rf /tmp/dl", "" },
	/* --parents keeps the path, from a pivot on. */
	{ "FROM a\nWORKDIR /app\nCOPY --parents i.js src ./\n"
	  "RUN rm package-lock.json",
	  "" },
	{ "FROM a\nWORKDIR /app\nCOPY --parents i.js src ./\n"
	  "RUN rm i.js src/x",
	  "4:8 4:13" },
	{ "FROM a\nCOPY --parents ./x/./y/z.txt /p/\n"
	  "RUN rm /p/z.txt\nRUN rm /p/y/z.txt",
	  "4:8" },
	{ "FROM a\nCOPY --parents a/b.txt /q/\n"
	  "RUN rm /q/b.txt\nRUN rm -r /q/a",
	  "4:11" },
	{ "FROM a\nCOPY --parents a/*.txt /q/\n"
	  "RUN rm /q/b.txt\nRUN rm /q/a/b.txt",
	  "4:8" },
	{ "FROM a\nCOPY --parents **/*.json /j/\nRUN rm /j/p.json", "3:8" },
	{ "FROM a\nCOPY --parents=false a/b.txt /q/\n"
	  "RUN rm /q/b.txt",
	  "3:8" },
	{ "FROM a\nARG D=/t\nCOPY a.txt /t/\n"
	  "RUN D=$(mktemp -d) && rm -r $D/a.txt",
	  "" },
	{ "FROM a\nARG D=/t\nCOPY a.txt /t/\n"
	  "RUN for D in x y; do rm -r $D/a.txt; done",
	  "" },
	{ "FROM a\nARG D=/t\nCOPY a.txt /t/\nRUN rm -r ${D}/a.txt", "4:11" },
	/* Triggers are run in front of the child's own lines. */
	{ "FROM a AS b\nONBUILD WORKDIR /w\nFROM b\n"
	  "COPY a.txt ./\nRUN rm /w/a.txt",
	  "5:8" },
	/* What is left out is not there. */
	{ "FROM a\nCOPY --exclude=*.md docs /d/\nRUN rm /d/R.md", "" },
	{ "FROM a\nCOPY --exclude=*.md docs /d/\nRUN rm /d/R.txt", "3:8" },
	{ "FROM a\nCOPY *.txt /t/\nRUN rm /t/a.json", "" },
	{ "FROM a\nCOPY *.txt /t/\nRUN rm /t/a.txt", "3:8" },
	/* Known values. */
	{ "FROM a\nARG D=/opt/t\nADD https://h/x.bin $D/\n"
	  "RUN E=$D && rm $E/x.bin",
	  "4:16" },
	{ "FROM debian:12-slim\n"
	  "COPY a.txt /tmp/\n"
	  "RUN rm /tmp/a.txt",
	  "3:8" },
	{ "FROM debian:12-slim\n"
	  "COPY a.txt /tmp/a.txt\n"
	  "RUN rm -f /tmp/a.txt",
	  "3:11" },
	{ "FROM debian:12-slim\n"
	  "COPY a.txt /tmp\n"
	  "RUN rm /tmp/a.txt",
	  "3:8" },
	{ "FROM debian:12-slim\n"
	  "WORKDIR /w\n"
	  "COPY a.txt .\n"
	  "RUN rm a.txt",
	  "4:8" },
	{ "FROM debian:12-slim\n"
	  "WORKDIR /w\n"
	  "COPY a.txt ./\n"
	  "RUN rm ./a.txt",
	  "4:8" },
	{ "FROM debian:12-slim\n"
	  "COPY a.txt /tmp/\n"
	  "RUN cd /tmp && rm a.txt",
	  "3:19" },
	{ "FROM debian:12-slim\n"
	  "COPY a.txt /tmp/\n"
	  "RUN rm /tmp/*.txt",
	  "3:8" },
	{ "FROM debian:12-slim\n"
	  "COPY a.txt /tmp/\n"
	  "RUN rm -rf /tmp/*",
	  "3:12" },
	{ "FROM debian:12-slim\n"
	  "COPY a.txt b.txt /tmp/\n"
	  "RUN rm /tmp/a.txt /tmp/b.txt",
	  "3:8 3:19" },
	{ "FROM debian:12-slim\n"
	  "COPY a.txt /tmp/\n"
	  "RUN rm /tmp/b.txt",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN rm /etc/nginx/conf.d/default.conf",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN echo x > /a && rm /a",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN echo x > /a\n"
	  "RUN rm /a",
	  "3:8" },
	{ "FROM debian:12-slim\n"
	  "RUN curl -o /a.tgz https://x/a.tgz\n"
	  "RUN rm /a.tgz",
	  "3:8" },
	{ "FROM debian:12-slim\n"
	  "RUN curl -fsSLo /a.tgz https://x/a.tgz && rm /a.tgz",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN wget -q https://x/a.tgz\n"
	  "RUN rm a.tgz",
	  "3:8" },
	{ "FROM debian:12-slim\n"
	  "RUN wget -P /tmp https://x/a.tgz\n"
	  "RUN rm /tmp/a.tgz",
	  "3:8" },
	{ "FROM debian:12-slim\n"
	  "RUN curl -fsSLO https://x/a.tgz\n"
	  "RUN rm a.tgz",
	  "3:8" },
	{ "FROM debian:12-slim\n"
	  "RUN curl -s https://x/a.tgz\n"
	  "RUN rm a.tgz",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN wget -qO- https://x/a.tgz | tar xz\n"
	  "RUN rm -f a.tgz",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN git clone https://x/r.git /src\n"
	  "RUN rm -rf /src",
	  "3:12" },
	{ "FROM debian:12-slim\n"
	  "RUN git clone https://x/r.git\n"
	  "RUN rm -rf r",
	  "3:12" },
	{ "FROM debian:12-slim\n"
	  "RUN git clone --filter blob:none -j 4 https://x/r.git\n"
	  "RUN rm -rf r",
	  "3:12" },
	{ "FROM debian:12-slim\n"
	  "RUN git -C /srv clone https://x/r.git\n"
	  "RUN rm -rf /srv/r",
	  "3:12" },
	{ "FROM debian:12-slim\n"
	  "RUN npm ci\n"
	  "RUN rm -rf node_modules",
	  "3:12" },
	{ "FROM debian:12-slim\n"
	  "COPY . /app\n"
	  "RUN rm -rf /app/tests",
	  "3:12" },
	{ "FROM debian:12-slim\n"
	  "COPY . /app\n"
	  "RUN rm -rf /app",
	  "3:12" },
	{ "FROM debian:12-slim\n"
	  "RUN mkdir /x\n"
	  "RUN rm -rf /x",
	  "" },
	{ "FROM debian:12-slim\n"
	  "COPY a.txt /tmp/\n"
	  "RUN rm /tmp/a.txt\n"
	  "RUN rm -f /tmp/a.txt",
	  "3:8" },
	{ "FROM debian:12-slim\n"
	  "COPY a.txt /tmp/\n"
	  "RUN mv /tmp/a.txt /b\n"
	  "RUN rm -f /tmp/a.txt",
	  "" },
	{ "FROM debian:12-slim\n"
	  "COPY . /app\n"
	  "RUN make -C /app && rm -rf /app/build",
	  "3:28" },
	{ "FROM debian:12-slim\n"
	  "COPY . /app\n"
	  "WORKDIR /app\n"
	  "RUN npm ci && rm -rf node_modules",
	  "" },
	{ "FROM debian:12-slim\n"
	  "COPY <<EOF /a\n"
	  "x\n"
	  "EOF\n"
	  "RUN rm /a",
	  "5:8" },
	{ "FROM debian:12-slim\n"
	  "ADD https://x/a.bin /a.bin\n"
	  "RUN rm /a.bin",
	  "3:8" },
	{ "FROM debian:12-slim\n"
	  "ADD a.tar.gz /opt\n"
	  "RUN rm /opt/a.tar.gz",
	  "3:8" },
	{ "FROM debian:12-slim\n"
	  "RUN apt-get update\n"
	  "RUN rm -rf /var/lib/apt/lists/*",
	  "3:5" },
	{ "FROM debian:12-slim\n"
	  "RUN apt-get update && apt-get install x && rm -rf "
	  "/var/lib/apt/lists/*",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN apt-get update && rm -rf /var/lib/apt/lists/*\n"
	  "RUN rm -rf /var/lib/apt/lists/*",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN apt-get update\n"
	  "RUN apt-get update && rm -rf /var/lib/apt/lists/*",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN apt-get install x\n"
	  "RUN apt-get clean",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN pip install x\n"
	  "RUN rm -rf ~/.cache/pip",
	  "3:5" },
	{ "FROM debian:12-slim\n"
	  "RUN pip install --no-cache-dir x\n"
	  "RUN rm -rf ~/.cache/pip",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN yum install -y x\n"
	  "RUN yum clean all",
	  "3:5" },
	{ "FROM debian:12-slim\n"
	  "RUN dnf install -y x && dnf clean all\n"
	  "RUN dnf clean all",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN npm ci\n"
	  "RUN npm cache clean --force",
	  "3:5" },
	{ "FROM debian:12-slim\n"
	  "COPY a.txt /tmp/\n"
	  "ONBUILD RUN rm /tmp/a.txt",
	  "" },
	{ "FROM debian:12-slim\n"
	  "ARG F=a.txt\n"
	  "COPY $F /tmp/\n"
	  "RUN rm /tmp/a.txt",
	  "4:8" },
	{ "FROM debian:12-slim\n"
	  "ENV D=/x\n"
	  "COPY a.txt $D/\n"
	  "RUN rm ${D}/a.txt",
	  "4:8" },
	{ "FROM debian:12-slim\n"
	  "COPY a.txt /tmp/\n"
	  "RUN rm \"$(find /tmp)\"",
	  "" },
	{ "FROM debian:12-slim\n"
	  "COPY a.txt /tmp/\n"
	  "RUN (cd /tmp; true) && rm a.txt",
	  "" },
	{ "FROM debian:12 AS b\n"
	  "COPY a.txt /tmp/\n"
	  "RUN rm /tmp/a.txt\n"
	  "FROM debian:12\n"
	  "COPY --from=b /x /x",
	  "" },
	{ "FROM debian:12 AS b\n"
	  "COPY a.txt /tmp/\n"
	  "FROM b\n"
	  "RUN rm /tmp/a.txt",
	  "4:8" },
};

TEST(lint_layer, pare2001)
{
	assert_places("PARE2001", removals, ARRAY_LEN(removals));
}

static const struct place_case changes[] = {
	{ "FROM debian:12-slim\n"
	  "COPY a.sh /a.sh\n"
	  "RUN chmod +x /a.sh",
	  "3:14" },
	{ "FROM debian:12-slim\n"
	  "COPY a.sh /usr/bin/\n"
	  "RUN chmod 755 /usr/bin/a.sh",
	  "3:15" },
	{ "FROM debian:12-slim\n"
	  "COPY a.sh /usr/bin\n"
	  "RUN chmod 755 /usr/bin/a.sh",
	  "3:15" },
	{ "FROM debian:12-slim\n"
	  "COPY --chmod=755 a.sh /a.sh\n"
	  "RUN chown 1 /a.sh",
	  "3:13" },
	{ "FROM debian:12-slim\n"
	  "COPY . /app\n"
	  "RUN chown -R app:app /app",
	  "3:22" },
	{ "FROM debian:12-slim\n"
	  "COPY . /app\n"
	  "RUN chown app:app /app",
	  "" },
	{ "FROM debian:12-slim\n"
	  "COPY . /app\n"
	  "RUN chmod +x /app/run.sh",
	  "3:14" },
	{ "FROM debian:12-slim\n"
	  "COPY . /app\n"
	  "RUN make && chmod +x /app/run.sh",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN mkdir /d && chown app /d",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN mkdir /d\n"
	  "RUN chown -R app /d",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN chown -R www-data /var/www",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN npm ci\n"
	  "RUN chown -R node node_modules",
	  "3:19" },
	{ "FROM debian:12-slim\n"
	  "WORKDIR /app\n"
	  "RUN npm ci\n"
	  "RUN chown -R node /app",
	  "4:19" },
	{ "FROM debian:12-slim\n"
	  "RUN npm ci && chown -R node node_modules",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN curl -o /t https://x/t\n"
	  "RUN chmod +x /t",
	  "3:14" },
	{ "FROM debian:12-slim\n"
	  "RUN curl -o /t https://x/t && chmod +x /t",
	  "" },
	{ "FROM debian:12-slim\n"
	  "ADD https://x/tini /tini\n"
	  "RUN chmod +x /tini",
	  "3:14" },
	{ "FROM debian:12-slim\n"
	  "COPY run /run-app\n"
	  "RUN chmod +x /run-app",
	  "3:14" },
	{ "FROM debian:12-slim\n"
	  "COPY d /d\n"
	  "RUN chmod 755 /d",
	  "" },
	{ "FROM debian:12-slim\n"
	  "COPY *.sh /s/\n"
	  "RUN chmod +x /s/*.sh",
	  "3:14" },
	{ "FROM debian:12-slim\n"
	  "COPY a.sh /a.sh\n"
	  "RUN chmod +x /b.sh",
	  "" },
	{ "FROM debian:12-slim\n"
	  "COPY a.sh /a.sh\n"
	  "RUN chown --reference=/x /a.sh",
	  "3:26" },
	{ "FROM debian:12-slim\n"
	  "RUN git clone https://x/r /r\n"
	  "RUN chown -R a /r",
	  "3:16" },
	{ "FROM debian:12-slim\n"
	  "RUN tar xf /x.tar -C /opt\n"
	  "RUN chown -R a /opt",
	  "3:16" },
	{ "FROM debian:12-slim\n"
	  "COPY a.txt /d/\n"
	  "RUN chmod -R 755 /d",
	  "3:18" },
	{ "FROM debian:12-slim\n"
	  "COPY a.sh /a.sh\n"
	  "RUN sudo chmod +x /a.sh",
	  "3:19" },
	{ "FROM debian:12-slim\n"
	  "COPY a.sh /a.sh\n"
	  "RUN echo hi && chmod +x /a.sh",
	  "3:25" },
	{ "FROM debian:12-slim\n"
	  "COPY . /app\n"
	  "COPY b.sh /b.sh\n"
	  "RUN chmod +x /b.sh && chown -R a /app",
	  "4:14 4:34" },
	{ "FROM debian:12-slim\n"
	  "COPY --from=b /app /usr/bin/app\nRUN setcap cap_net_raw=+ep "
	  "/usr/bin/app",
	  "3:28" },
	{ "FROM debian:12-slim\n"
	  "COPY app /usr/bin/\nRUN apk add --no-cache libcap && setcap "
	  "cap_net_raw=+ep /usr/bin/app && apk del libcap",
	  "3:57" },
	{ "FROM debian:12-slim\n"
	  "RUN curl -fsSLo /usr/bin/app https://x/app\nRUN strip "
	  "/usr/bin/app",
	  "3:11" },
	{ "FROM debian:12-slim\n"
	  "RUN curl -fsSLo /usr/bin/app https://x/app && strip "
	  "/usr/bin/app",
	  "" },
	{ "FROM debian:12-slim\n"
	  "COPY a /a\nRUN strip -o /b /a",
	  "" },
	{ "FROM debian:12-slim\n"
	  "ADD app.jar app.jar\nRUN sh -c \"touch /app.jar\"",
	  "3:11" },
	{ "FROM debian:12-slim\n"
	  "COPY app.jar /app.jar\nRUN touch -d 2020-01-01 /app.jar",
	  "3:25" },
	{ "FROM debian:12-slim\n"
	  "COPY . /srv\nRUN touch /srv/log",
	  "" },
	{ "FROM debian:12-slim\n"
	  "RUN touch /srv/log",
	  "" },
	/* What the other image has below / nobody knows. */
	{ "FROM debian:12-slim\n"
	  "COPY --from=me/x / /\n"
	  "RUN useradd -m app && chown -R app /home/app",
	  "" },
	{ "FROM debian:12-slim\n"
	  "COPY a go.* ./\n"
	  "RUN useradd -m app && chown -R app /home/app",
	  "" },
	{ "FROM debian:12-slim\n"
	  "COPY a b /usr/bin/\nRUN setcap x+ep /usr/bin/a y+ep "
	  "/usr/bin/b",
	  "3:17 3:33" },
};

TEST(lint_layer, pare2002)
{
	assert_places("PARE2002", changes, ARRAY_LEN(changes));
}

TEST(lint_layer, pare2003)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "COPY a.tar.gz /tmp/\n"
		  "RUN tar xzf /tmp/a.tar.gz -C /opt",
		  "3:5" },
		{ "FROM debian:12-slim\n"
		  "COPY a.tar.gz /tmp\n"
		  "RUN cd /tmp && tar -xf a.tar.gz",
		  "3:16" },
		{ "FROM debian:12-slim\n"
		  "COPY a.zip /tmp/\n"
		  "RUN unzip /tmp/a.zip",
		  "3:5" },
		{ "FROM debian:12-slim\n"
		  "COPY *.tgz /tmp/\n"
		  "RUN tar xf /tmp/a.tgz",
		  "3:5" },
		{ "FROM debian:12-slim\n"
		  "COPY a.tar.gz /tmp/\n"
		  "RUN tar xzf /tmp/a.tar.gz && rm /tmp/a.tar.gz",
		  "" },
		{ "FROM debian:12-slim\n"
		  "COPY a.tar.gz /tmp/\n"
		  "RUN tar xzf /tmp/a.tar.gz\n"
		  "RUN rm /tmp/a.tar.gz",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN curl -o /a.tgz https://x/a.tgz\n"
		  "RUN tar xf /a.tgz",
		  "3:5" },
		{ "FROM debian:12-slim\n"
		  "RUN curl -o /a.tgz https://x/a.tgz && tar xf /a.tgz",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN tar xf /src.tar",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN --mount=type=bind,source=a.tgz,target=/a.tgz tar xf "
		  "/a.tgz",
		  "" },
		{ "FROM debian:12-slim\n"
		  "COPY a.tar.gz /tmp/\n"
		  "RUN tar tzf /tmp/a.tar.gz",
		  "" },
		{ "FROM debian:12-slim\n"
		  "COPY a.tar.gz /tmp/\n"
		  "RUN tar --extract --file=/tmp/a.tar.gz",
		  "3:5" },
		{ "FROM debian:12-slim\n"
		  "COPY a.tar.gz /tmp/\n"
		  "RUN tar -C /opt -xzf /tmp/a.tar.gz",
		  "3:5" },
		{ "FROM debian:12-slim\n"
		  "ENV V=1\n"
		  "COPY a-$V.tgz /tmp/\n"
		  "RUN tar xf /tmp/a-1.tgz",
		  "4:5" },
		{ "FROM debian:12-slim\n"
		  "ADD https://x/a.tgz /tmp/\n"
		  "RUN tar xf /tmp/a.tgz",
		  "" },
	};
	assert_places("PARE2003", rows, ARRAY_LEN(rows));
}

TEST(lint_layer, pare2004)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12-slim\n"
		  "RUN wget https://x/a.tgz && tar xf a.tgz",
		  "2:29" },
		{ "FROM debian:12-slim\n"
		  "RUN wget https://x/a.tgz && tar xf a.tgz && rm a.tgz",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN wget https://x/a.tgz && tar xf a.tgz\n"
		  "RUN rm a.tgz",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN curl https://x/a.tgz | tar xz",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN curl -fsSL https://x/a.tgz -o /tmp/a.tgz; tar -C /opt "
		  "-xf /tmp/a.tgz; rm -rf /tmp/*",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN curl -L https://x/a.zip > a.zip && unzip -q a.zip",
		  "2:40" },
		{ "FROM debian:12-slim\n"
		  "RUN set -e; cd /tmp; wget https://x/a.tgz; tar xf a.tgz; cd "
		  "/; rm -rf /tmp/a.tgz",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN wget https://x/a.tgz && tar xf a.tgz && mv a.tgz /keep",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN wget -O - https://x/a.tgz | tar xz",
		  "" },
		{ "FROM debian:12-slim\n"
		  "RUN wget -qO/tmp/a.tgz https://x/a.tgz && tar xf /tmp/a.tgz",
		  "2:43" },
	};
	assert_places("PARE2004", rows, ARRAY_LEN(rows));
}

TEST(lint_layer, pare2005)
{
	static const struct place_case rows[] = {
		{ "FROM alpine:3.22\n"
		  "RUN apk add tzdata\n"
		  "RUN cp /usr/share/zoneinfo/Europe/Vienna /etc/localtime",
		  "2:1" },
		{ "FROM alpine:3.22\n"
		  "RUN apk add tzdata\n"
		  "RUN cp /usr/share/zoneinfo/A/B /etc/localtime\n"
		  "RUN echo A/B > /etc/timezone",
		  "2:1" },
		{ "FROM alpine:3.22\n"
		  "RUN apk add tzdata curl\n"
		  "RUN cp /usr/share/zoneinfo/A/B /etc/localtime",
		  "" },
		{ "FROM alpine:3.22\n"
		  "RUN apk add tzdata\n"
		  "ENV A=b\n"
		  "RUN cp /usr/share/zoneinfo/A/B /etc/localtime",
		  "" },
		{ "FROM alpine:3.22\n"
		  "RUN apk add tzdata && cp /usr/share/zoneinfo/A/B "
		  "/etc/localtime",
		  "" },
		{ "FROM alpine:3.22\n"
		  "RUN ln -sf /usr/share/zoneinfo/A/B /etc/localtime\n"
		  "RUN echo A/B > /etc/timezone && dpkg-reconfigure -f "
		  "noninteractive tzdata",
		  "2:1" },
		{ "FROM alpine:3.22\n"
		  "RUN --network=none apk add tzdata\n"
		  "RUN cp /usr/share/zoneinfo/A/B /etc/localtime",
		  "" },
	};
	assert_places("PARE2005", rows, ARRAY_LEN(rows));
}

TEST(lint_layer, pare2006)
{
	static const struct place_case rows[] = {
		{ "FROM alpine:3.22\n"
		  "RUN apk add gcc\n"
		  "RUN apk del gcc",
		  "3:13" },
		{ "FROM alpine:3.22\n"
		  "RUN apk add --virtual .b gcc\n"
		  "RUN apk del .b",
		  "3:13" },
		{ "FROM alpine:3.22\n"
		  "RUN apk add gcc && apk del gcc",
		  "" },
		{ "FROM alpine:3.22\n"
		  "RUN apk del gcc",
		  "" },
		{ "FROM alpine:3.22\n"
		  "RUN apt-get install -y gcc=1 make\n"
		  "RUN apt-get purge -y --auto-remove make gcc",
		  "3:36" },
		{ "FROM alpine:3.22\n"
		  "RUN apt-get install -y gcc\n"
		  "RUN apt-get autoremove -y",
		  "" },
		{ "FROM alpine:3.22\n"
		  "RUN yum install -y gcc\n"
		  "RUN yum remove -y gcc",
		  "3:19" },
	};
	assert_places("PARE2006", rows, ARRAY_LEN(rows));
}

TESTS_MAIN(unit(lint_layer, pare2001), unit(lint_layer, pare2002),
	   unit(lint_layer, pare2003), unit(lint_layer, pare2004),
	   unit(lint_layer, pare2005), unit(lint_layer, pare2006))
