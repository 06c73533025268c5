/* SPDX-License-Identifier: Apache-2.0 */
/* What a command's words are by its tool's own grammar: prefixes, options that
 * take a word, groups, files, URLs. */
#include "lint/rules/testrules.h"

TEST(tool_words, behind_wrappers)
{
	static const struct row rows[] = {
		{ "DL3008", "FROM a:1\nRUN sudo -u app apt-get install -y x\n",
		  "2:36-2:37" },
		{ "DL3008",
		  "FROM a:1\nRUN sudo -u app apt-get install -y x=1\n", "" },
		{ "DL3014",
		  "FROM a:1\nRUN env DEBIAN_FRONTEND=noninteractive apt-get "
		  "install x=1\n",
		  "2:40-2:55" },
		{ "DL3014",
		  "FROM a:1\nRUN env DEBIAN_FRONTEND=noninteractive apt-get "
		  "install -y x=1\n",
		  "" },
		{ "DL3014",
		  "FROM a:1\nRUN sudo apt-get -y -o Dpkg::Use-Pty=0 install "
		  "x=1\n",
		  "" },
		{ "DL3013", "FROM a:1\nRUN time pip install x\n", "2:22-2:23" },
		{ "DL3013", "FROM a:1\nRUN time -p pip install x\n",
		  "2:25-2:26" },
		{ "DL3013", "FROM a:1\nRUN time pip install x==1\n", "" },
		{ "DL3042", "FROM a:1\nRUN nice -n 10 pip install x==1\n",
		  "2:16-2:27" },
		{ "DL3042",
		  "FROM a:1\nRUN nice -n 10 pip install --no-cache-dir x==1\n",
		  "" },
		{ "DL3018", "FROM a:1\nRUN exec apk add --no-cache x\n",
		  "2:29-2:30" },
		{ "DL3018", "FROM a:1\nRUN command apk add --no-cache x\n",
		  "2:32-2:33" },
		{ "DL3018", "FROM a:1\nRUN command -v apk add x\n", "" },
		{ "DL3030", "FROM a:1\nRUN sudo -H -u root yum install x-1\n",
		  "2:21-2:32" },
		{ "DL3030",
		  "FROM a:1\nRUN sudo yum -y --enablerepo epel install x-1\n",
		  "" },
		{ "DL3009", "FROM a:1\nRUN sudo apt-get update\n",
		  "2:10-2:24" },
		{ "DL3009",
		  "FROM a:1\nRUN sudo apt-get update && sudo rm -rf "
		  "/var/lib/apt/lists/*\n",
		  "" },
		{ "DL3009",
		  "FROM a:1\nRUN sudo apt-get update; sudo -u root apt-get "
		  "distclean\n",
		  "" },
		{ "DL3032", "FROM a:1\nRUN time yum -y install x-1\n",
		  "2:10-2:24" },
		{ "DL3032",
		  "FROM a:1\nRUN sudo yum -y install x-1 && sudo yum clean "
		  "all\n",
		  "" },
		{ "DL3016",
		  "FROM a:1\nRUN timeout --kill-after 5 60 npm install x\n",
		  "2:43-2:44" },
		{ "DL3016", "FROM a:1\nRUN timeout -k 5 60 npm install x\n",
		  "2:33-2:34" },
		{ "DL3016", "FROM a:1\nRUN timeout -k 5 60 npm install x@1\n",
		  "" },
		{ "DL3028", "FROM a:1\nRUN gosu app gem install x\n",
		  "2:26-2:27" },
		{ "DL3013", "FROM a:1\nRUN conda run -n env pip install x\n",
		  "2:34-2:35" },
		{ "DL3013", "FROM a:1\nRUN conda install -n env x\n", "" },
		{ "DL3013", "FROM a:1\nRUN poetry run pip install x\n",
		  "2:28-2:29" },
		{ "DL3062",
		  "FROM a:1\nRUN env -u GOFLAGS go install "
		  "example.org/x@latest\n",
		  "2:31-2:51" },
		{ "DL3027", "FROM a:1\nRUN sudo apt update\n", "2:10-2:13" },
		{ "DL3014", "FROM a:1\nRUN sudo -l apt-get install x\n", "" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(tool_words, apt_words)
{
	static const struct row rows[] = {
		{ "DL3008", "FROM a:1\nRUN apt-get install -y x- y=1\n", "" },
		{ "DL3008", "FROM a:1\nRUN apt-get install -y task^\n", "" },
		{ "DL3008",
		  "FROM a:1\nRUN apt-get install -y ./x.deb /tmp/*.deb\n", "" },
		{ "DL3008",
		  "FROM a:1\nRUN apt-get install -y "
		  "https://example.org/x.deb\n",
		  "" },
		{ "DL3008", "FROM a:1\nRUN apt-get install -y g++\n",
		  "2:24-2:27" },
		{ "DL3014", "FROM a:1\nRUN yes | apt-get install x\n", "" },
		{ "DL3014", "FROM a:1\nRUN apt-get install x < answers\n", "" },
		{ "DL3014", "FROM a:1\nRUN apt-get install x | tee log\n",
		  "2:5-2:20" },
		{ "DL3014",
		  "FROM a:1\nRUN apt-get -o APT::Get::Assume-Yes=true install "
		  "x\n",
		  "" },
		{ "DL3014",
		  "FROM a:1\nRUN echo 'APT::Get::Assume-Yes \"true\";' > "
		  "/etc/apt/apt.conf.d/90yes && apt-get install x\n",
		  "" },
		{ "DL3015",
		  "FROM a:1\nRUN echo 'APT::Install-Recommends \"false\";' > "
		  "/etc/apt/apt.conf.d/99 && apt-get install -y x\n",
		  "" },
		{ "DL3015",
		  "FROM a:1\nRUN echo 'APT::Install-Recommends \"true\";' > "
		  "/etc/apt/apt.conf.d/99 && apt-get install -y x\n",
		  "2:72-2:87" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(tool_words, rpm_words)
{
	static const struct row rows[] = {
		{ "DL3033", "FROM a:1\nRUN yum -y install @development\n", "" },
		{ "DL3033",
		  "FROM a:1\nRUN yum -y install \"@Development Tools\" x-1.2\n",
		  "" },
		{ "DL3033", "FROM a:1\nRUN yum -y install @development x\n",
		  "2:33-2:34" },
		{ "DL3033",
		  "FROM a:1\nRUN yum -y install https://example.org/x.rpm\n",
		  "" },
		{ "DL3033", "FROM a:1\nRUN yum -y install ./x.rpm *.rpm\n",
		  "" },
		{ "DL3041", "FROM a:1\nRUN dnf5 -y install x\n", "2:21-2:22" },
		{ "DL3041", "FROM a:1\nRUN dnf5 -y install x-1.2-3.fc40\n",
		  "" },
		{ "DL3041", "FROM a:1\nRUN dnf -y install @nodejs:18/common\n",
		  "" },
		{ "DL3038", "FROM a:1\nRUN dnf5 install x-1\n", "2:5-2:17" },
		{ "DL3038", "FROM a:1\nRUN dnf5 install -y x-1\n", "" },
		{ "DL3040", "FROM a:1\nRUN dnf5 -y install x-1\n", "2:5-2:20" },
		{ "DL3040",
		  "FROM a:1\nRUN dnf5 -y install x-1 && dnf5 clean all\n", "" },
		{ "DL3038",
		  "FROM a:1\nRUN echo assumeyes=1 >> /etc/dnf/dnf.conf && dnf "
		  "install x-1\n",
		  "" },
		{ "DL3037",
		  "FROM a:1\nRUN zypper -n in -t pattern devel_basis\n", "" },
		{ "DL3037",
		  "FROM a:1\nRUN zypper -n install --type pattern "
		  "devel_basis\n",
		  "" },
		{ "DL3037", "FROM a:1\nRUN zypper -n in pattern:devel_basis\n",
		  "" },
		{ "DL3037", "FROM a:1\nRUN zypper -n in @devel_basis\n", "" },
		{ "DL3037", "FROM a:1\nRUN zypper -n in '!x' y=1\n", "" },
		{ "DL3037", "FROM a:1\nRUN zypper -n in '!x' y\n",
		  "2:23-2:24" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(tool_words, apk_words)
{
	static const struct row rows[] = {
		{ "DL3018", "FROM a:1\nRUN apk add --no-cache !x\n", "" },
		{ "DL3018", "FROM a:1\nRUN apk add --no-cache '!x' y~1.2\n",
		  "" },
		{ "DL3018", "FROM a:1\nRUN apk add --no-cache '!x' y\n",
		  "2:29-2:30" },
		{ "DL3018",
		  "FROM a:1\nRUN apk add --no-cache x~=1 y=~2 'z>3'\n", "" },
		{ "DL3018",
		  "FROM a:1\nRUN apk add --no-cache --allow-untrusted "
		  "/tmp/x.apk\n",
		  "" },
		{ "DL3018",
		  "FROM a:1\nRUN apk add --no-cache -t .deps --repository "
		  "https://example.org x=1\n",
		  "" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(tool_words, pip_words)
{
	static const struct row rows[] = {
		{ "DL3013", "FROM a:1\nRUN pipenv install x\n", "" },
		{ "DL3013", "FROM a:1\nRUN python3 -m pipenv install x\n", "" },
		{ "DL3013", "FROM a:1\nRUN pip-compile install x\n", "" },
		{ "DL3013", "FROM a:1\nRUN pip3.11 install x\n", "2:21-2:22" },
		{ "DL3013", "FROM a:1\nRUN pip-3.6 install x\n", "2:21-2:22" },
		{ "DL3013", "FROM a:1\nRUN pipx install x\n", "2:18-2:19" },
		{ "DL3013", "FROM a:1\nRUN pipx install x==1\n", "" },
		{ "DL3013", "FROM a:1\nRUN python3 -mpip install x\n",
		  "2:27-2:28" },
		{ "DL3013", "FROM a:1\nRUN pip install x[y]==1 'z[a,b]>=2'\n",
		  "" },
		{ "DL3013", "FROM a:1\nRUN pip install x[y]\n", "2:17-2:21" },
		{ "DL3013",
		  "FROM a:1\nRUN pip install 'x @ https://example.org/x.whl'\n",
		  "" },
		{ "DL3013",
		  "FROM a:1\nRUN pip install 'x @ "
		  "git+https://example.org/x.git@v1'\n",
		  "" },
		{ "DL3013", "FROM a:1\nRUN pip install .[dev]\n", "" },
		{ "DL3013", "FROM a:1\nRUN pip install -e '.[dev]'\n", "" },
		{ "DL3013", "FROM a:1\nRUN pip install ..\n", "" },
		{ "DL3013",
		  "FROM a:1\nRUN pip install x.zip y.whl "
		  "https://example.org/z.tar.gz\n",
		  "" },
		{ "DL3013",
		  "FROM a:1\nRUN pip install --no-index --find-links=/wheels "
		  "x\n",
		  "" },
		{ "DL3013",
		  "FROM a:1\nRUN pip install --find-links=/wheels x\n",
		  "2:38-2:39" },
		{ "DL3013",
		  "FROM a:1\nRUN pip install --default-timeout 100 x==1\n",
		  "" },
		{ "DL3013", "FROM a:1\nRUN pip install -rrequirements.txt\n",
		  "" },
		{ "DL3013", "FROM a:1\nRUN pip install --group dev\n", "" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(tool_words, npm_words)
{
	static const struct row rows[] = {
		{ "DL3016", "FROM a:1\nRUN npm install .\n", "" },
		{ "DL3016", "FROM a:1\nRUN npm install file:lib\n", "" },
		{ "DL3016", "FROM a:1\nRUN npm install https://example.org/x\n",
		  "" },
		{ "DL3016",
		  "FROM a:1\nRUN npm install user/repo#v1 "
		  "github:user/repo#abc\n",
		  "" },
		{ "DL3016", "FROM a:1\nRUN npm install user/repo\n",
		  "2:17-2:26" },
		{ "DL3016", "FROM a:1\nRUN npm install github:user/repo\n",
		  "2:17-2:33" },
		{ "DL3016", "FROM a:1\nRUN npm install --workspace app x@1\n",
		  "" },
		{ "DL3016", "FROM a:1\nRUN npm install @scope/x\n",
		  "2:17-2:25" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(tool_words, gem_words)
{
	static const struct row rows[] = {
		{ "DL3028", "FROM a:1\nRUN gem install x:1 --opt v\n", "" },
		{ "DL3028", "FROM a:1\nRUN gem install x:1 --document ri\n",
		  "" },
		{ "DL3028", "FROM a:1\nRUN gem install x:1 --without dev\n",
		  "" },
		{ "DL3028", "FROM a:1\nRUN gem install -g Gemfile\n", "" },
		{ "DL3028", "FROM a:1\nRUN gem install ./x-1.gem\n", "" },
		{ "DL3028", "FROM a:1\nRUN gem install --force x\n",
		  "2:25-2:26" },
		{ "DL3028", "FROM a:1\nRUN gem install --no-document x\n",
		  "2:31-2:32" },
		{ "DL3028", "FROM a:1\nRUN gem install --opt=v x\n",
		  "2:25-2:26" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(tool_words, go_words)
{
	static const struct row rows[] = {
		{ "DL3062",
		  "FROM a:1\nRUN go install -tags x example.org/y@v1\n", "" },
		{ "DL3062",
		  "FROM a:1\nRUN go install -tags 'a b' -ldflags '-s -w' "
		  "example.org/y@v1\n",
		  "" },
		{ "DL3062", "FROM a:1\nRUN go run -tags x ./cmd/y\n", "" },
		{ "DL3062",
		  "FROM a:1\nRUN go run -tags x example.org/y@v1 serve\n", "" },
		{ "DL3062",
		  "FROM a:1\nRUN go run -tags x example.org/y@latest "
		  "serve\n",
		  "2:20-2:40" },
		{ "DL3062", "FROM a:1\nRUN go run -mod=vendor example.org/y\n",
		  "" },
		{ "DL3062",
		  "FROM a:1\nRUN go install -mod vendor example.org/y\n", "" },
		{ "DL3062", "FROM a:1\nRUN go install std cmd/vet\n", "" },
		{ "DL3062", "FROM a:1\nRUN go run main.go x\n", "" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TESTS_MAIN(unit(tool_words, behind_wrappers), unit(tool_words, apt_words),
	   unit(tool_words, rpm_words), unit(tool_words, apk_words),
	   unit(tool_words, pip_words), unit(tool_words, npm_words),
	   unit(tool_words, gem_words), unit(tool_words, go_words))
