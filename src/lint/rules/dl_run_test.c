/* SPDX-License-Identifier: Apache-2.0 */
/* Rules about single commands of RUN. */
#include "lint/rules/testrules.h"

TEST(commands, names)
{
	static const struct row rows[] = {
		{ "DL3001", "FROM a:1\nRUN ssh host && ps -ef\n",
		  "2:5-2:8 2:17-2:19" },
		{ "DL3001", "FROM a:1\nRUN /usr/bin/vim x\n", "2:5-2:17" },
		{ "DL3001", "FROM a:1\nRUN echo ssh; openssh\n", "" },
		{ "DL3001", "FROM a:1\nRUN [\"kill\", \"1\"]\n", "2:6-2:12" },
		{ "DL3003", "FROM a:1\nRUN cd /a && (cd b; x)\n",
		  "2:5-2:10 2:15-2:19" },
		{ "DL3003", "FROM a:1\nRUN git -C cd x\n", "" },
		{ "DL3003", "FROM a:1\nRUN <<EOF\ncd /a\nEOF\n", "3:1-3:6" },
		{ "DL3003", "FROM a:1\nONBUILD RUN cd /a\n", "" },
		{ "DL3004", "FROM a:1\nRUN sudo -E make\n", "2:5-2:9" },
		{ "DL3004", "FROM a:1\nRUN x | sudo tee /b\n", "2:9-2:13" },
		{ "DL3004", "FROM a:1\nRUN echo sudo\n", "" },
		{ "DL3027", "FROM a:1\nRUN apt update\n", "2:5-2:8" },
		{ "DL3027", "FROM a:1\nRUN apt-get update\n", "" },
		{ "DL3027", "FROM a:1\nRUN command apt install x\n",
		  "2:13-2:16" },
		{ "DL4005", "FROM a:1\nRUN ln -sf bash /bin/sh\n", "2:5-2:24" },
		{ "DL4005", "FROM a:1\nRUN ln -s /bin/sh /bin/bash\n", "" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(commands, apt)
{
	static const struct row rows[] = {
		{ "DL3008", "FROM a:1\nRUN apt-get install -y a b=1 c/sid\n",
		  "2:24-2:25" },
		{ "DL3008", "FROM a:1\nRUN apt-get install a \\\n  b=1 c\n",
		  "2:21-3:8" },
		{ "DL3008", "FROM a:1\nRUN apt-get install $P ${P}=1 x.deb\n",
		  "2:21-2:23" },
		{ "DL3008", "FROM a:1\nRUN apt-get install \"${P:-a=b}\"\n",
		  "2:21-2:32" },
		{ "DL3008",
		  "FROM a:1\nRUN apt-get -t sid install -o A::B=c -t x a=1\n",
		  "" },
		{ "DL3008", "FROM a:1\nRUN apt-get install -yt sid a=1\n", "" },
		{ "DL3008", "FROM a:1\nRUN apt-get remove a\n", "" },
		{ "DL3008", "FROM a:1\nRUN [\"apt-get\", \"install\", \"a\"]\n",
		  "2:28-2:31" },
		{ "DL3008", "FROM a:1\nRUN if x; then apt-get install a; fi\n",
		  "2:32-2:33" },
		{ "DL3008", "FROM a:1\nRUN x=$(apt-get install a)\n",
		  "2:25-2:26" },
		{ "DL3008", "FROM a:1\nONBUILD RUN apt-get install a\n",
		  "2:29-2:30" },
		{ "DL3008", "RUN apt-get install a\n", "1:21-1:22" },
		{ "DL3014", "FROM a:1\nRUN apt-get install a\n", "2:5-2:20" },
		{ "DL3014", "FROM a:1\nRUN apt-get -qqy install a\n", "" },
		{ "DL3014", "FROM a:1\nRUN apt-get -qq install a\n", "" },
		{ "DL3014", "FROM a:1\nRUN apt-get -q -q install a\n", "" },
		{ "DL3014", "FROM a:1\nRUN apt-get -q=2 install a\n", "" },
		{ "DL3014", "FROM a:1\nRUN apt-get -q install a\n",
		  "2:5-2:23" },
		{ "DL3014", "FROM a:1\nRUN apt-get --yes install a\n", "" },
		{ "DL3014", "FROM a:1\nRUN apt-get install --assume-yes a\n",
		  "" },
		{ "DL3014", "FROM a:1\nRUN apt-get remove a\n", "2:5-2:19" },
		{ "DL3014", "FROM a:1\nRUN apt-get update\n", "" },
		{ "DL3015", "FROM a:1\nRUN apt-get install -y a\n",
		  "2:5-2:20" },
		{ "DL3015",
		  "FROM a:1\nRUN apt-get install --no-install-recommends a\n",
		  "" },
		{ "DL3015",
		  "FROM a:1\n"
		  "RUN apt-get install -o APT::Install-Recommends=false a\n",
		  "" },
		{ "DL3015",
		  "FROM a:1\n"
		  "RUN apt-get -oAPT::Install-Recommends=0 install a\n",
		  "" },
		{ "DL3015",
		  "FROM a:1\n"
		  "RUN apt-get install -o APT::Install-Recommends=true a\n",
		  "2:5-2:20" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(commands, pip)
{
	static const struct row rows[] = {
		{ "DL3013", "FROM a:1\nRUN pip install a b==1\n", "2:17-2:18" },
		{ "DL3013", "FROM a:1\nRUN pip3.11 --no-input install a\n",
		  "2:32-2:33" },
		{ "DL3013", "FROM a:1\nRUN python3 -m pip install a\n",
		  "2:28-2:29" },
		{ "DL3013", "FROM a:1\nRUN pip install -r r.txt a\n", "" },
		{ "DL3013", "FROM a:1\nRUN pip install -c c.txt a\n", "" },
		{ "DL3013", "FROM a:1\nRUN pip install --constraint=c a\n",
		  "" },
		{ "DL3013", "FROM a:1\nRUN pip install .\n", "" },
		{ "DL3013", "FROM a:1\nRUN pip install -e ./x /srv/y\n", "" },
		{ "DL3013", "FROM a:1\nRUN pip install 'a>=1' 'b~=2' c!=3\n",
		  "" },
		{ "DL3013",
		  "FROM a:1\nRUN pip install git+https://x/y@v1 x.whl\n", "" },
		{ "DL3013", "FROM a:1\nRUN pip install git+https://x/y\n",
		  "2:17-2:32" },
		{ "DL3013", "FROM a:1\nRUN pip install -i https://x/s a==1\n",
		  "" },
		{ "DL3013",
		  "FROM a:1\nRUN pip install --index-url=https://x/s a\n",
		  "2:41-2:42" },
		{ "DL3013", "FROM a:1\nRUN pip install $X\n", "2:17-2:19" },
		{ "DL3013", "FROM a:1\nRUN pipx install a\n", "2:18-2:19" },
		{ "DL3013", "FROM a:1\nRUN pip download a\n", "" },
		{ "DL3042", "FROM a:1\nRUN pip install a==1\n", "2:5-2:16" },
		{ "DL3042", "FROM a:1\nRUN pip install --no-cache-dir a\n",
		  "" },
		{ "DL3042",
		  "FROM a:1\nENV PIP_NO_CACHE_DIR=1\n"
		  "RUN pip install a\n",
		  "" },
		{ "DL3042",
		  "FROM a:1\nENV PIP_NO_CACHE_DIR=0\n"
		  "RUN pip install a\n",
		  "3:5-3:16" },
		{ "DL3042",
		  "FROM a:1\nRUN pip install a\n"
		  "ENV PIP_NO_CACHE_DIR=1\n",
		  "2:5-2:16" },
		{ "DL3042",
		  "FROM a:1 AS b\nENV PIP_NO_CACHE_DIR=\"on\"\nFROM b\n"
		  "RUN pip install a\nFROM c\nRUN pip install a\n",
		  "6:5-6:16" },
		{ "DL3042",
		  "FROM a:1\nRUN PIP_NO_CACHE_DIR=true pip install a\n", "" },
		{ "DL3042",
		  "FROM a:1\n"
		  "RUN --mount=type=cache,target=/root/.cache/pip "
		  "pip install a\n",
		  "" },
		{ "DL3042",
		  "FROM a:1\n"
		  "RUN --mount=type=cache,target=/root/.cache pip install a\n",
		  "" },
		{ "DL3042",
		  "FROM a:1\nRUN --mount=target=/root/.cache/pip "
		  "pip install a\n",
		  "2:37-2:48" },
		{ "DL3042", "FROM a:1\nRUN pipx install a\n", "" },
		{ "DL3042", "FROM a:1\nRUN python -m pip install a\n",
		  "2:5-2:26" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(commands, apk_npm_gem_go)
{
	static const struct row rows[] = {
		{ "DL3018", "FROM a:1\nRUN apk add --no-cache a b~=1 c=2\n",
		  "2:24-2:25" },
		{ "DL3018", "FROM a:1\nRUN apk add --virtual .b -t .c x.apk\n",
		  "" },
		{ "DL3018", "FROM a:1\nRUN apk add -X http://x a\n",
		  "2:25-2:26" },
		{ "DL3018", "FROM a:1\nRUN apk add 'a>1' 'b<2'\n", "" },
		{ "DL3018", "FROM a:1\nRUN apk del a\n", "" },
		{ "DL3019", "FROM a:1\nRUN apk add a\n", "2:5-2:12" },
		{ "DL3019", "FROM a:1\nRUN apk --no-cache add a\n", "" },
		{ "DL3019",
		  "FROM a:1\n"
		  "RUN --mount=type=cache,target=/var/cache/apk/ apk add a\n",
		  "" },
		{ "DL3019",
		  "FROM a:1\nRUN apk add a && rm -rf /var/cache/apk/*\n",
		  "2:5-2:12" },
		{ "DL3016", "FROM a:1\nRUN npm install -g a b@1 @s/c @s/d@2\n",
		  "2:20-2:30" },
		{ "DL3016", "FROM a:1\nRUN npm install\n", "" },
		{ "DL3016", "FROM a:1\nRUN npm --prefix /x install a\n",
		  "2:29-2:30" },
		{ "DL3016", "FROM a:1\nRUN npm install ./a ~/b c.tgz\n", "" },
		{ "DL3016", "FROM a:1\nRUN npm install git+https://x/y#v1\n",
		  "" },
		{ "DL3016", "FROM a:1\nRUN npm install git+https://x/y\n",
		  "2:17-2:32" },
		{ "DL3016", "FROM a:1\nRUN npm run install a\n", "" },
		{ "DL3016", "FROM a:1\nRUN npm install --loglevel warn a@1\n",
		  "" },
		{ "DL3028", "FROM a:1\nRUN gem install a b:1\n", "2:17-2:18" },
		{ "DL3028", "FROM a:1\nRUN gem i a -v 1\n", "" },
		{ "DL3028", "FROM a:1\nRUN gem install a --version=1\n", "" },
		{ "DL3028", "FROM a:1\nRUN gem install a:1 -- x --with-y\n",
		  "" },
		{ "DL3062", "FROM a:1\nRUN go install x/y@latest\n",
		  "2:16-2:26" },
		{ "DL3062", "FROM a:1\nRUN go install x/y@v1 ./cmd/...\n", "" },
		{ "DL3062", "FROM a:1\nRUN go get -u x/y\n", "2:15-2:18" },
		{ "DL3062",
		  "FROM a:1\nRUN go install -tags a -ldflags '-s' x@v1\n", "" },
		{ "DL3062", "FROM a:1\nRUN go run x/y@v1 z\n", "" },
		{ "DL3062", "FROM a:1\nRUN go run x/y z\n", "" },
		{ "DL3062", "FROM a:1\nRUN go install tool x/y\n", "" },
		{ "DL3062", "FROM a:1\nRUN go run x/y@latest z\n",
		  "2:12-2:22" },
		{ "DL3062", "FROM a:1\nRUN go run main.go && go build x\n",
		  "" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(commands, rpm)
{
	static const struct row rows[] = {
		{ "DL3030", "FROM a:1\nRUN yum install a\n", "2:5-2:16" },
		{ "DL3030", "FROM a:1\nRUN yum -y install a\n", "" },
		{ "DL3030", "FROM a:1\nRUN yum --assumeyes localinstall a\n",
		  "" },
		{ "DL3030", "FROM a:1\nRUN yum groupinstall a\n", "2:5-2:21" },
		{ "DL3030", "FROM a:1\nRUN yum update\n", "" },
		{ "DL3038", "FROM a:1\nRUN microdnf install a\n", "2:5-2:21" },
		{ "DL3038", "FROM a:1\nRUN dnf install -y a\n", "" },
		{ "DL3033", "FROM a:1\nRUN yum install -y a b-1.2 c-x d.rpm\n",
		  "2:20-2:31" },
		{ "DL3033", "FROM a:1\nRUN yum install -y b-libs-1.2-3.el7\n",
		  "" },
		{ "DL3033",
		  "FROM a:1\nRUN yum install -y b-1.2-3.el7 "
		  "https://x/y-z.rpm c-$V\n",
		  "2:50-2:54" },
		{ "DL3033",
		  "ARG V=1\nFROM a:1\nENV W=2\nRUN yum install -y "
		  "c-$V d-${W}-x $W-1 e-$U\n",
		  "4:39-4:43" },
		{ "DL3033", "FROM a:1\nRUN yum module install -y a:1 b\n",
		  "2:31-2:32" },
		{ "DL3041", "FROM a:1\nRUN dnf install -y $P a-1\n",
		  "2:20-2:22" },
		{ "DL3041", "FROM a:1\nRUN dnf group install -y x\n", "" },
		{ "DL3041", "FROM a:1\nRUN dnf install -y @x-y\n", "" },
		{ "DL3041", "FROM a:1\nRUN dnf install --enablerepo epel a-1\n",
		  "" },
		{ "DL3034", "FROM a:1\nRUN zypper in a\n", "2:5-2:14" },
		{ "DL3034", "FROM a:1\nRUN zypper -n in a\n", "" },
		/* Of each tool's directories the one that hadolint knows. */
		{ "DL3036",
		  "FROM a:1\nRUN zypper in -y a && rm -rf /var/cache/zypper\n",
		  "2:5-2:14" },
		{ "DL3036",
		  "FROM a:1\nRUN zypper in -y a && rm -rf /var/cache/zypp\n",
		  "" },
		{ "DL3034", "FROM a:1\nRUN zypper install -y a\n", "" },
		{ "DL3034", "FROM a:1\nRUN zypper --non-interactive rm a\n",
		  "" },
		{ "DL3035", "FROM a:1\nRUN zypper -n dup\n", "2:5-2:18" },
		{ "DL3037", "FROM a:1\nRUN zypper in a 'b>=1' c=1 d.rpm\n",
		  "2:15-2:16" },
		{ "DL3037", "FROM a:1\nRUN zypper in -t pattern a=1\n", "" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(commands, wget_useradd)
{
	static const struct row rows[] = {
		{ "DL3047", "FROM a:1\nRUN wget http://x\n", "2:5-2:9" },
		{ "DL3047", "FROM a:1\nRUN wget -qO- http://x\n", "" },
		{ "DL3047", "FROM a:1\nRUN wget -nv http://x\n", "" },
		{ "DL3047", "FROM a:1\nRUN wget --progress=dot:giga x\n", "" },
		{ "DL3047", "FROM a:1\nRUN wget -O x http://x\n", "2:5-2:9" },
		{ "DL3046", "FROM a:1\nRUN useradd -u 123456 x\n", "2:5-2:22" },
		{ "DL3046", "FROM a:1\nRUN useradd -mu 123456 x\n",
		  "2:5-2:23" },
		{ "DL3046", "FROM a:1\nRUN useradd --uid=123456 x\n",
		  "2:5-2:25" },
		{ "DL3046", "FROM a:1\nRUN useradd -u123456 x\n", "2:5-2:21" },
		{ "DL3046", "FROM a:1\nRUN useradd -u 12345 x\n", "" },
		{ "DL3046", "FROM a:1\nRUN useradd -l -u 123456 x\n", "" },
		{ "DL3046", "FROM a:1\nRUN useradd -u $LONGUID x\n", "" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

/* What is linked, and from where, decides; not which words stand there. */
TEST(commands, links_to_the_shell)
{
	static const struct row rows[] = {
		{ "DL4005", "FROM a:1\nRUN ln -sf /bin/bash /bin/sh\n",
		  "2:5-2:29" },
		{ "DL4005", "FROM a:1\nRUN cd /bin && ln -sf bash sh\n",
		  "2:16-2:30" },
		{ "DL4005", "FROM a:1\nWORKDIR /bin\nRUN ln -sf bash ./sh\n",
		  "3:5-3:21" },
		{ "DL4005", "FROM a:1\nARG S=/bin/sh\nRUN ln -sf bash $S\n",
		  "3:5-3:19" },
		{ "DL4005", "FROM a:1\nRUN ln -s /bin/sh\n", "" },
		{ "DL4005", "FROM a:1\nRUN ln -s -t /opt /bin/sh /bin/ls\n",
		  "" },
		{ "DL4005", "FROM a:1\nRUN ln -s /bin/busybox /bin/sh\n", "" },
		{ "DL4005", "FROM a:1\nRUN ln -s /bin/sh /usr/bin/x\n", "" },
		{ "DL4005", "FROM a:1\nRUN ln -s bash /r/bin/sh\n", "" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

/* What the file or the script tells of a variable is as good as written. */
TEST(commands, known_values)
{
	static const struct row rows[] = {
		{ "DL3047",
		  "FROM a:1\nARG O=\"-nv\"\nRUN wget ${O} https://h/x\n", "" },
		{ "DL3047", "FROM a:1\nARG O\nRUN wget $O https://h/x\n",
		  "3:5-3:9" },
		{ "DL3018",
		  "FROM a:1\nARG P=\"gcc=1.2-r0 make=4-r1\"\n"
		  "RUN apk add --no-cache $P\n",
		  "" },
		{ "DL3018",
		  "FROM a:1\nARG P=\"gcc=1.2-r0 make\"\n"
		  "RUN apk add --no-cache $P\n",
		  "3:24-3:26" },
		{ "DL3008", "FROM a:1\nRUN P=curl=1; apt-get install -y $P\n",
		  "" },
		{ "DL3013", "FROM a:1\nENV V=1\nRUN pip install x==$V\n", "" },
		{ "DL3014", "FROM a:1\nENV Y=-y\nRUN apt-get install $Y x=1\n",
		  "" },
		{ "DL3014", "FROM a:1\nENV Y=\nRUN apt-get install $Y x=1\n",
		  "3:5-3:20" },
		{ "DL3046", "FROM a:1\nARG U=148069\nRUN useradd -u \"$U\" a\n",
		  "3:5-3:20" },
		{ "DL3046", "FROM a:1\nARG U=1000\nRUN useradd -u \"$U\" a\n",
		  "" },
		{ "DL3004", "FROM a:1\nARG S=sudo E=\nRUN $S a && $E b\n",
		  "3:5-3:7" },
		{ "DL3027", "FROM a:1\nENV E=\nRUN $E apt install x\n",
		  "3:8-3:11" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TESTS_MAIN(unit(commands, names), unit(commands, apt), unit(commands, pip),
	   unit(commands, apk_npm_gem_go), unit(commands, rpm),
	   unit(commands, wget_useradd), unit(commands, links_to_the_shell),
	   unit(commands, known_values))
