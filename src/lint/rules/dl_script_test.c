/* SPDX-License-Identifier: Apache-2.0 */
/* Rules about what a whole RUN, or several of them, leave behind. */
#include "lint/rules/testrules.h"

#define APT "FROM a:1\nRUN apt-get update && apt-get install a"

TEST(scripts, apt_lists)
{
	static const struct row rows[] = {
		{ "DL3009", APT "\n", "2:5-2:19" },
		{ "DL3009", APT " && rm -rf /var/lib/apt/lists/*\n", "" },
		{ "DL3009", APT " && rm -r /var/lib/apt/lists\n", "" },
		{ "DL3009", APT " && rm -rf /var/lib/apt/lists/\n", "" },
		{ "DL3009", APT "; rm -rf /var/lib/{apt,dpkg}/lists/*\n", "" },
		{ "DL3009", APT "; rm -rf /var/lib/apt/\n", "" },
		{ "DL3009", APT "; rm -rf \"$CLEAN\"\n", "" },
		{ "DL3009", APT "; rm -rf /tmp/x\n", "2:5-2:19" },
		{ "DL3009", APT "; rm -rf /var/lib/apt/lists/partial/*\n",
		  "2:5-2:19" },
		{ "DL3009", APT "; find /var/lib/apt/lists -delete\n", "" },
		{ "DL3009", APT "; apt-get distclean\n", "" },
		{ "DL3009", APT "; apt-get clean\n", "2:5-2:19" },
		{ "DL3009",
		  "FROM a:1\nRUN rm -rf /var/lib/apt/lists/*; apt update\n",
		  "2:34-2:44" },
		{ "DL3009", APT "\nRUN rm -rf /var/lib/apt/lists/*\n",
		  "2:5-2:19" },
		{ "DL3009", "FROM a:1\nRUN aptitude update\n", "2:5-2:20" },
		{ "DL3009",
		  "FROM a:1\nRUN --mount=type=cache,target=/var/lib/apt "
		  "apt-get update\n",
		  "" },
		{ "DL3009",
		  "FROM a:1\nRUN --mount=type=tmpfs,target=/var/lib/apt/lists "
		  "apt-get update\n",
		  "" },
		{ "DL3009",
		  "FROM a:1\nRUN --mount=type=cache,target=/var/cache/apt "
		  "apt-get update\n",
		  "2:46-2:60" },
		/* A stage that is not part of the result. */
		{ "DL3009",
		  "FROM a:1 AS b\nRUN apt-get update\nFROM c:1\n"
		  "COPY --from=b /x /x\n",
		  "" },
		{ "DL3009",
		  "FROM a:1 AS b\nRUN apt-get update\nFROM b\nRUN x\n",
		  "2:5-2:19" },
		{ "DL3009", "RUN apt-get update\n", "1:5-1:19" },
		{ "DL3009", "FROM a:1\nRUN <<EOF\napt-get update\nEOF\n",
		  "3:1-3:15" },
		{ "DL3009",
		  "FROM a:1\nRUN if x; then apt-get update; "
		  "else rm -rf /var/lib/apt/lists; fi\n",
		  "2:16-2:30" },
		{ "DL3009", "FROM a:1\nONBUILD RUN apt-get update\n",
		  "2:13-2:27" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(scripts, caches)
{
	static const struct row rows[] = {
		{ "DL3032", "FROM a:1\nRUN yum -y install a\n", "2:5-2:19" },
		{ "DL3032", "FROM a:1\nRUN yum install a && yum clean all\n",
		  "" },
		{ "DL3032", "FROM a:1\nRUN yum clean all && yum install a\n",
		  "2:22-2:33" },
		{ "DL3032",
		  "FROM a:1\nRUN yum install a; rm -rf /var/cache/yum/*\n",
		  "" },
		{ "DL3032",
		  "FROM a:1\nRUN --mount=type=cache,target=/var/cache/yum "
		  "yum install a\n",
		  "" },
		{ "DL3032", "FROM a:1\nRUN yum update\n", "" },
		{ "DL3036", "FROM a:1\nRUN zypper in a\n", "2:5-2:14" },
		{ "DL3036", "FROM a:1\nRUN zypper in a && zypper cc\n", "" },
		{ "DL3036", "FROM a:1\nRUN zypper in a && zypper clean -a\n",
		  "" },
		{ "DL3040",
		  "FROM a:1\nRUN dnf install a && microdnf clean all\n",
		  "2:5-2:16" },
		{ "DL3040", "FROM a:1\nRUN dnf -y upgrade\n", "2:5-2:19" },
		{ "DL3040", "FROM a:1\nRUN microdnf install a\n", "2:5-2:21" },
		{ "DL3040",
		  "FROM a:1\nRUN microdnf install a && microdnf clean all\n",
		  "" },
		{ "DL3040",
		  "FROM a:1\nRUN dnf install a; rm -rf /var/cache/libdnf5*\n",
		  "" },
		{ "DL3040",
		  "FROM a:1\nRUN --mount=type=cache,target=/var/cache/libdnf5 "
		  "dnf install a\n",
		  "" },
		{ "DL3060", "FROM a:1\nRUN yarn install\n", "2:5-2:17" },
		{ "DL3060", "FROM a:1\nRUN yarn install && yarn cache clean\n",
		  "" },
		{ "DL3060", "FROM a:1\nRUN yarn install; yarn cache list\n",
		  "2:5-2:17" },
		{ "DL3060", "FROM a:1 AS b\nRUN yarn install\nFROM c:1\n", "" },
		{ "DL3060",
		  "FROM a:1\nRUN --mount=type=cache,target=/root/.cache/yarn "
		  "yarn install\n",
		  "" },
		{ "DL3060", "FROM a:1\nRUN yarn build\n", "" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(scripts, several_runs)
{
	static const struct row rows[] = {
		{ "DL3059", "FROM a:1\nRUN a\n# c\nRUN b && c\nRUN d\n",
		  "4:1-4:4 5:1-5:4" },
		{ "DL3059", "FROM a:1\nRUN a\nENV x=y\nRUN b\n", "" },
		{ "DL3059", "FROM a:1\nRUN a && b && c\nRUN d\n", "" },
		{ "DL3059", "FROM a:1\nRUN a\nRUN b && c && d\nRUN e\n", "" },
		{ "DL3059", "FROM a:1\nRUN --mount=target=/x a\nRUN b\n", "" },
		{ "DL3059",
		  "FROM a:1\nRUN --network=none --security=sandbox a\n"
		  "RUN --security=sandbox --network=none b\n",
		  "3:1-3:4" },
		{ "DL3059",
		  "FROM a:1\nRUN --mount=target=/x a\n"
		  "RUN --mount=target=/x b\n",
		  "" },
		{ "DL3059", "FROM a:1\nRUN a\nRUN --network=none b\n", "" },
		/* No plain form with &&. */
		{ "DL3059", "FROM a:1\nRUN a\nRUN <<E\nb\nE\nRUN c\n", "" },
		{ "DL3059", "FROM a:1\nRUN a\nRUN b <<E\nx\nE\nRUN c\n", "" },
		{ "DL3059", "FROM a:1\nRUN a\nRUN [\"b\"]\nRUN c\n", "" },
		{ "DL3059", "FROM a:1\nRUN a && exit 0\nRUN b\n", "" },
		{ "DL3059", "FROM a:1\nSHELL [\"pwsh\"]\nRUN a\nRUN b\n", "" },
		/* Whoever explains a layer has thought of it. */
		{ "DL3059",
		  "FROM a:1\nRUN a\n# Cached on its own: b is slow.\nRUN b\n",
		  "" },
		{ "DL3059", "FROM a:1\n# a layer of its own\nRUN a\nRUN b\n",
		  "" },
		{ "DL3059", "FROM a:1\nRUN a\n\n# install b\nRUN b\n",
		  "5:1-5:4" },
		/* Layers that nobody pulls. */
		{ "DL3059",
		  "FROM a:1 AS b\nRUN a\nRUN b\nFROM a:1\n"
		  "COPY --from=b x y\n",
		  "" },
		{ "DL3059", "FROM a:1 AS b\nRUN a\nRUN b\nFROM b\nRUN c\n",
		  "3:1-3:4" },
		{ "DL3059", "FROM a:1 AS t\nRUN a\nRUN b\nFROM a:1\n", "" },
		{ "DL3059", "FROM a:1\nRUN a\nFROM b:1\nRUN b\n", "" },
		{ "DL4001", "FROM a:1\nRUN curl x\nRUN wget x\nRUN curl x\n",
		  "3:5-3:9 4:5-4:9" },
		{ "DL4001", "FROM a:1\nRUN curl x && wget y\n", "2:15-2:19" },
		{ "DL4001", "FROM a:1\nRUN curl x\nFROM b:1\nRUN wget x\n",
		  "" },
		{ "DL4001", "FROM a:1\nRUN curl x\nRUN apk add wget\n", "" },
		{ "DL4001", "FROM a:1\nRUN curl x\nONBUILD RUN wget y\n", "" },
		{ "DL3059", "FROM a:1\nRUN [ x ] && a && b\nRUN c\n",
		  "3:1-3:4" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(scripts, pipes)
{
	static const struct row rows[] = {
		{ "DL4006", "FROM a:1\nRUN a | b | c\n", "2:7-2:8" },
		{ "DL4006", "FROM a:1\nRUN x=$(a | b)\n", "2:11-2:12" },
		{ "DL4006", "FROM a:1\nRUN { a; } | { b; }\n", "2:12-2:13" },
		{ "DL4006", "FROM a:1\nONBUILD RUN a | b\n", "" },
		/* A stage that the result takes from counts, no other. */
		{ "DL4006", "FROM a:1 AS t\nRUN a | b\nFROM a:1\nRUN c\n", "" },
		{ "DL4006",
		  "FROM a:1 AS t\nRUN a | b\nFROM a:1\n"
		  "COPY --from=t x y\n",
		  "2:7-2:8" },
		{ "DL4006", "FROM a:1\nRUN a || b; echo '|'\n", "" },
		{ "DL4006", "FROM a:1\nRUN set -o pipefail && a | b\n", "" },
		{ "DL4006", "FROM a:1\nRUN a | b; set -o pipefail; a | b\n",
		  "2:7-2:8" },
		{ "DL4006",
		  "FROM a:1\nSHELL [\"/bin/bash\", \"-eo\", \"pipefail\", "
		  "\"-c\"]\nRUN a | b\n",
		  "" },
		{ "DL4006",
		  "FROM a:1\nSHELL [\"/bin/bash\", \"-c\"]\nRUN a | b\n",
		  "3:7-3:8" },
		{ "DL4006",
		  "FROM a:1\nSHELL [\"/bin/ash\", \"-o\", \"pipefail\", "
		  "\"-c\"]\nRUN a | b\nFROM c:1\nRUN a | b\n",
		  "5:7-5:8" },
		{ "DL4006",
		  "FROM a:1\nSHELL [\"/bin/sh\", \"-o\", \"pipefail\", "
		  "\"-c\"]\nRUN a | b\n",
		  "" },
		{ "DL4006",
		  "FROM a:1\nSHELL [\"pwsh\", \"-Command\"]\nRUN a | b\n", "" },
		{ "DL4006", "FROM a:1\nRUN [\"a\", \"|\", \"b\"]\n", "" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TESTS_MAIN(unit(scripts, apt_lists), unit(scripts, caches),
	   unit(scripts, several_runs), unit(scripts, pipes))
