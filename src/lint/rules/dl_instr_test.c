/* SPDX-License-Identifier: Apache-2.0 */
/* hadolint's rules about instructions other than RUN. */
#include "lint/rules/testrules.h"

TEST(instructions, from)
{
	static const struct row rows[] = {
		{ "DL3006", "FROM debian\n", "1:6-1:12" },
		{ "DL3006", "FROM --platform=x a.io:5/b AS c\n", "1:19-1:27" },
		{ "DL3006", "FROM debian:1\nFROM debian@sha256:0\n", "" },
		{ "DL3006", "FROM scratch\n", "" },
		{ "DL3006", "FROM a:1 AS b\nFROM b\n", "" },
		{ "DL3006", "FROM b\nFROM a:1 AS b\n", "1:6-1:7" },
		{ "DL3006", "ARG I=debian\nFROM $I\nFROM x/${I:-a:b}\n", "" },
		{ "DL3007", "FROM debian:latest\n", "1:13-1:19" },
		{ "DL3007", "FROM a:5000/latest:1\nFROM latest\n", "" },
		{ "DL3007", "FROM debian:latest@sha256:0\n", "" },
		{ "DL3007", "FROM $R/a:latest AS b\n", "1:11-1:17" },
		{ "DL3029", "FROM --platform=linux/arm64 a:1\n", "1:6-1:28" },
		{ "DL3029", "FROM --platform=$BUILDPLATFORM a:1\n", "" },
		{ "DL3029", "FROM --platform=${TARGETPLATFORM} a:1\n", "" },
		{ "DL3029", "FROM --platform=linux/arm64 a:1 AS b-arm64\n",
		  "1:6-1:28" },
		{ "FromPlatformFlagConstDisallowed",
		  "FROM --platform=linux/arm64 a:1 AS b-arm64\n"
		  "FROM --platform=$P a:1\n",
		  "" },
		{ "FromPlatformFlagConstDisallowed",
		  "FROM --platform=linux/arm64 a:1\n", "DL3029@1:6-1:28" },
		{ "DL3065", "FROM --platform=$TARGETPLATFORM a:1\n",
		  "1:6-1:32" },
		{ "DL3065", "FROM --platform=${TARGETPLATFORM} a:1\n",
		  "1:6-1:34" },
		{ "DL3065", "FROM --platform=${TARGETPLATFORM:-x} a:1\n", "" },
		{ "RedundantTargetPlatform",
		  "FROM --platform=${TARGETPLATFORM:-x} a:1\n", "1:6-1:37" },
		{ "DL3065", "FROM --platform=$BUILDPLATFORM a:1\n", "" },
		{ "DL3061", "RUN x\nARG a\nENV b=c\nFROM a:1\nRUN y\n",
		  "1:1-1:4 3:1-3:4" },
		{ "DL3061", "ARG a\nRUN x\nRUN y\n", "2:1-2:4" },
		{ "DL3061", "# c\nARG a\nFROM a:1\n", "" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(instructions, stages)
{
	static const struct row rows[] = {
		{ "DL3024", "FROM a:1 AS b\nFROM a:1 AS b\n", "2:13-2:14" },
		{ "DL3024", "FROM a:1 AS b\nFROM a:1 AS B\n", "" },
		{ "DuplicateStageName", "FROM a:1 AS b\nFROM a:1 AS B\n",
		  "2:13-2:14" },
		{ "DuplicateStageName", "FROM a:1 AS b\nFROM a:1 AS b\n",
		  "DL3024@2:13-2:14" },
		{ "DL3063", "FROM a:1 AS scratch\nFROM b:1 as context\n",
		  "1:13-1:20 2:13-2:20" },
		{ "DL3063", "FROM a:1 AS Scratch\n", "" },
		{ "ReservedStageName", "FROM a:1 AS Scratch\n", "1:13-1:20" },
		{ "DL3022", "FROM a:1 AS b\nFROM c:1\nCOPY --from=b x y\n",
		  "" },
		{ "DL3022", "FROM a:1\nCOPY --from=b x y\n", "2:13-2:14" },
		{ "DL3022", "FROM a:1\nCOPY --from=b:1 x y\n", "" },
		{ "DL3022", "FROM a:1\nCOPY --from=$b x y\n", "2:13-2:15" },
		{ "DL3022", "FROM a:1\nFROM b:1\nCOPY --from=0 x y\n", "" },
		{ "DL3022", "FROM a:1\nCOPY --from=1 x y\n", "2:13-2:14" },
		{ "DL3022", "FROM a:1\nCOPY --from=b x y\nFROM b:1 AS b\n",
		  "2:13-2:14" },
		{ "DL3023", "FROM a:1 AS b\nCOPY --from=b x y\n", "2:13-2:14" },
		{ "DL3023", "FROM a:1 AS b\nCOPY --from=0 x y\n", "2:13-2:14" },
		{ "DL3023", "FROM a:1 AS b\nFROM c:1\nCOPY --from=b x y\n",
		  "" },
		{ "DL3067",
		  "FROM a:1 AS b\nRUN x\nFROM c:1\nCOPY --from=b / /\n",
		  "4:15-4:18" },
		{ "DL3067",
		  "FROM golang:1.26 AS b\nFROM c:1\nCOPY --from=b / /\n",
		  "3:15-3:18" },
		{ "DL3067",
		  "FROM tonistiigi/xx:1 AS xx\nFROM c:1\n"
		  "COPY --from=xx / /\n",
		  "" },
		{ "DL3067", "FROM c:1\nCOPY --from=b \"/\" '/'\n",
		  "2:15-2:22" },
		{ "DL3067", "FROM c:1\nCOPY --from=b / /x\nCOPY / /\n", "" },
		{ "DL3057",
		  "FROM a:1 AS b\nHEALTHCHECK NONE\nFROM b\n"
		  "FROM c:1\n",
		  "4:6-4:9" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(instructions, several_of_a_kind)
{
	static const struct row rows[] = {
		{ "DL3012",
		  "FROM a:1\nHEALTHCHECK CMD a\nHEALTHCHECK NONE\n"
		  "HEALTHCHECK CMD b\n",
		  "3:1-3:12 4:1-4:12" },
		{ "DL3012",
		  "FROM a:1\nHEALTHCHECK NONE\nFROM b:1\n"
		  "HEALTHCHECK NONE\n",
		  "" },
		{ "DL4003", "FROM a:1\nCMD a\nRUN b\nCMD c\n", "4:1-4:4" },
		{ "DL4003", "FROM a:1\nCMD a\nFROM b:1\nCMD c\n", "" },
		{ "DL4004", "FROM a:1\nENTRYPOINT a\nENTRYPOINT b\n",
		  "3:1-3:11" },
		{ "MultipleInstructionsDisallowed",
		  "FROM a:1\nCMD a\nCMD b\nENTRYPOINT a\nENTRYPOINT b\n",
		  "DL4003@3:1-3:4 DL4004@5:1-5:11" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(instructions, workdir_and_user)
{
	static const struct row rows[] = {
		{ "DL3000", "FROM a:1\nWORKDIR a\nWORKDIR b\n",
		  "2:9-2:10 3:9-3:10" },
		{ "DL3000", "FROM a:1\nWORKDIR /a\nWORKDIR \"/b c\"\n", "" },
		{ "DL3000", "FROM a:1\nWORKDIR c:/x\nWORKDIR $x/y\n", "" },
		{ "DL3000", "FROM a:1\nWORKDIR \"a\"\n", "2:9-2:12" },
		{ "WorkdirRelativePath", "FROM a:1\nWORKDIR a\nWORKDIR b\n",
		  "DL3000@2:9-2:10" },
		{ "WorkdirRelativePath",
		  "FROM a:1\nARG d=x\nWORKDIR $d\nWORKDIR b\n", "3:9-3:11" },
		{ "WorkdirRelativePath",
		  "FROM a:1 AS b\nWORKDIR /a\nFROM b\nWORKDIR c\n", "" },
		{ "DL3002", "FROM a:1\nUSER a\nUSER root\nFROM b:1\nUSER 0:0\n",
		  "3:6-3:10 5:6-5:9" },
		{ "DL3002", "FROM a:1\nUSER root\nUSER 1\n", "" },
		{ "DL3002", "FROM a:1\nRUN x\n", "" },
		{ "DL3002", "FROM a:1\nUSER \"root\"\n", "2:6-2:12" },
		{ "DL3066", "FROM a:1\nUSER app\nUSER 1:x\nUSER a:1\n",
		  "4:6-4:9" },
		{ "DL3066", "FROM a:1\nUSER ContainerUser\n", "" },
		{ "DL3066", "FROM a:1\nARG u=1\nUSER $u\nUSER $v\n", "" },
		{ "DL3066", "FROM a:1\nARG u=app\nUSER ${u}:x\n", "3:6-3:12" },
		{ "DL3066", "FROM a:1\nENV u=app v=1\nUSER $v\nUSER $u\n",
		  "4:6-4:8" },
		{ "DL3066", "FROM a:1\nARG u\nUSER $u\n", "" },
		{ "DL3066", "FROM a:1\nARG u\nUSER ${u:-app}\n", "3:6-3:15" },
		/* Only what runs counts, wherever its USER stands. */
		{ "DL3066", "FROM a:1 AS b\nUSER app\nFROM a:1\nUSER 1\n", "" },
		{ "DL3066",
		  "FROM a:1 AS b\nUSER app\nFROM a:1\nCOPY --from=b x y\n",
		  "" },
		{ "DL3066", "FROM a:1 AS b\nUSER app\nFROM b\nRUN x\n",
		  "2:6-2:9" },
		{ "DL3066", "FROM a:1\nUSER root\n", "2:6-2:10" },
		{ "DL3002", "FROM a:1\nENV user=root\nUSER ${user}\n",
		  "3:6-3:13" },
		{ "DL3002", "FROM a:1\nARG u=0\nUSER $u:$u\n", "3:6-3:11" },
		{ "DL3002", "FROM a:1\nARG u\nUSER $u\n", "" },
		{ "DL3002", "FROM a:1\nUSER $UID\n", "" },
		{ "DL3002", "ARG u=root\nFROM a:1\nUSER $u\n", "" },
		{ "DL3002", "ARG u=root\nFROM a:1\nARG u\nUSER $u\n",
		  "4:6-4:8" },
		/* A stage that others build on or copy from runs nowhere. */
		{ "DL3002", "FROM a:1 AS b\nUSER root\nRUN x\nFROM b\nUSER 1\n",
		  "" },
		{ "DL3002", "FROM a:1 AS b\nUSER root\nFROM b\nRUN x\n",
		  "2:6-2:10" },
		{ "DL3002",
		  "FROM a:1 AS b\nUSER root\nFROM a:1\nCOPY --from=b x y\n",
		  "" },
		{ "DL3002",
		  "FROM a:1 AS b\nUSER 0\nFROM b AS c\nRUN x\nFROM b\n"
		  "RUN y\n",
		  "2:6-2:7" },
		{ "DL3002",
		  "FROM a:1 AS dev\nUSER root\nFROM a:1 AS prod\nUSER 1\n",
		  "2:6-2:10" },
		/* A trigger is run in front of the child's own lines. */
		{ "DL3002",
		  "FROM a:1 AS b\nUSER root\nONBUILD USER app\nFROM b\n"
		  "RUN x\n",
		  "" },
		{ "DL3002", "FROM a:1 AS b\nONBUILD USER root\nFROM b\nRUN x\n",
		  "2:14-2:18" },
		{ "DL3002",
		  "FROM a:1 AS b\nONBUILD USER root\nUSER 1\nFROM b AS c\n"
		  "USER 2\nFROM c\nRUN x\n",
		  "" },
		{ "DL3045", "FROM a:1\nCOPY a b/\n", "2:8-2:10" },
		{ "DL3045", "FROM a:1\nWORKDIR /x\nCOPY a b/\n", "" },
		{ "DL3045", "FROM a:1\nCOPY a b\nWORKDIR /x\n", "2:8-2:9" },
		{ "DL3045", "FROM a:1 AS b\nWORKDIR /x\nFROM b\nCOPY a c\n",
		  "" },
		{ "DL3045",
		  "FROM a:1 AS b\nONBUILD WORKDIR /x\nCOPY a c\nFROM b\n"
		  "COPY a c\n",
		  "3:8-3:9" },
		{ "DL3045",
		  "FROM a:1\nCOPY a /b\nCOPY a $c\nCOPY a \"/d\"\n"
		  "COPY a c:\\\\d\nCOPY a c:d\n",
		  "" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
	struct lint_base base = { .given = true, .workdir_set = true };
	struct row row = { "DL3045", "FROM a:1\nCOPY a b/\n", "" };
	assert_row_with((struct lint_input){ .base = &base }, &row);
	base.given = false;
	row.want = "2:8-2:10";
	assert_row_with((struct lint_input){ .base = &base }, &row);
}

TEST(instructions, add_and_copy)
{
	static const struct row rows[] = {
		{ "DL3020", "FROM a:1\nADD a b.tar.gz c d/\n", "2:5-2:17" },
		{ "DL3020",
		  "FROM a:1\nADD http://x/y /z\nADD git@x:y.git /z\n"
		  "ADD \"a.tgz\" /z\n",
		  "" },
		{ "DL3020", "FROM a:1\nARG u=https://x\nADD $u /z\n", "" },
		{ "DL3020", "FROM a:1\nADD [\"a b\", \"/c\"]\n", "2:6-2:11" },
		{ "DL3021", "FROM a:1\nCOPY a b c\n", "2:10-2:11" },
		{ "DL3021", "FROM a:1\nCOPY a b c/\nCOPY a b\n", "" },
		{ "DL3021", "FROM a:1\nCOPY a b .\n", "2:10-2:11" },
		{ "DL3021", "# escape=`\nFROM a:1\nCOPY a b c:\\d\\\n", "" },
		{ "DL3021", "FROM a:1\nARG d=c/\nCOPY a b $d\n", "" },
		{ "DL3021", "FROM a:1\nCOPY [\"a\", \"b\", \"c/\"]\n", "" },
		{ "DL3010",
		  "FROM a:1\nCOPY x/a.tar.gz /t/\nRUN tar -xzf /t/a.tar.gz\n",
		  "2:6-2:16" },
		{ "DL3010", "FROM a:1\nCOPY a.tgz /t/\nRUN tar xf /t/a.tgz\n",
		  "2:6-2:11" },
		{ "DL3010",
		  "FROM a:1\nCOPY a b.tar.xz\nRUN tar --extract -f b.tar.xz\n",
		  "2:6-2:7" },
		{ "DL3010", "FROM a:1\nRUN tar xf a.tgz\nCOPY a.tgz /t/\n",
		  "" },
		{ "DL3010", "FROM a:1\nCOPY a.tgz /t/\nRUN tar cf a.tgz b\n",
		  "" },
		{ "DL3010",
		  "FROM a:1 AS b\nCOPY a.tgz /t/\nRUN tar xf a.tgz\nFROM c:1\n",
		  "" },
		{ "DL3010",
		  "FROM a:1\nCOPY --from=x a.gz /t/\nRUN gunzip /t/a.gz\n",
		  "" },
		/* No tar, so ADD leaves it as it is. */
		{ "DL3010", "FROM a:1\nCOPY a.gz /t/\nRUN gunzip /t/a.gz\n",
		  "" },
		{ "DL3010", "FROM a:1\nCOPY a.gz /t/\nRUN tar xf /t/a.gz\n",
		  "2:6-2:10" },
		{ "DL3010",
		  "FROM a:1\nCOPY a.tar.gz /t/\nRUN gunzip /t/a.tar.gz\n",
		  "2:6-2:14" },
		{ "DL3010",
		  "FROM a:1\nCOPY a.tar.zst /t/\nRUN tar xf /t/a.tar.zst\n",
		  "2:6-2:15" },
		{ "DL3010",
		  "FROM a:1\nCOPY a.tar.Z b.tlz c.tar.lzma d.zip e.tar.lz4 "
		  "/t/\n"
		  "RUN cd /t; tar xf a.tar.Z; tar xf b.tlz; tar xf e.tar.lz4\n"
		  "RUN cd /t; tar xf c.tar.lzma; unzip d.zip\n",
		  "" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(instructions, others)
{
	static const struct row rows[] = {
		{ "DL3011", "FROM a:1\nEXPOSE 80 65536 70000/udp 1-70000\n",
		  "2:11-2:16 2:17-2:26 2:27-2:34" },
		{ "DL3011", "FROM a:1\nEXPOSE 65535 $p 1.2.3.4:1:2\n", "" },
		{ "DL3025", "FROM a:1\nCMD a b\nENTRYPOINT c\n",
		  "2:5-2:8 3:12-3:13" },
		{ "DL3025", "FROM a:1\nCMD [\"a\"]\nENTRYPOINT [\"c\"]\n", "" },
		{ "DL3025",
		  "FROM a:1\nHEALTHCHECK --interval=1s CMD a b\n"
		  "HEALTHCHECK NONE\nHEALTHCHECK CMD [\"a\"]\n",
		  "2:31-2:34" },
		{ "JSONArgsRecommended",
		  "FROM a:1\nCMD a\nSHELL [\"x\"]\nCMD b\nHEALTHCHECK CMD c\n",
		  "DL3025@2:5-2:6" },
		{ "DL3025", "FROM a:1\nHEALTHCHECK FOO x\n", "" },
		{ "DL3025", "FROM a:1\nCMD ['a']\n", "2:5-2:10" },
		{ "DL3043", "FROM a:1\nONBUILD FROM b\nONBUILD RUN x\n",
		  "2:9-2:13" },
		{ "DL3044", "FROM a:1\nENV a=1 b=$a c=${a:-x}\n",
		  "2:12-2:13 2:18-2:19" },
		{ "DL3044", "FROM a:1\nENV a=1\nENV a=2 b=$a\n", "" },
		{ "DL3044", "FROM a:1\nARG a\nENV a=2 b=$a\n", "" },
		{ "DL3044", "FROM a:1\nENV a=$a b='$a' c=\\$a d=$ab\n", "" },
		{ "DL3044", "FROM a:1\nENV b=\"x $a\" a=1\n", "2:11-2:12" },
		{ "DL4000", "FROM a:1\nMAINTAINER x\n", "2:1-2:11" },
		{ "MaintainerDeprecated", "FROM a:1\nMAINTAINER x\n",
		  "DL4000@2:1-2:11" },
		{ "DL1001",
		  "FROM a:1\n# hadolint ignore=DL3004\nRUN x\n"
		  "# pare:ignore DL3004 why\nRUN y\n",
		  "2:1-2:25" },
		{ "DL3064", "ARG API_KEY\nFROM a:1\nENV a=b MY_TOKEN=c\n",
		  "1:5-1:12 3:9-3:17" },
		{ "DL3064", "FROM a:1\nENV AUTH=b DB_PASSWD=c KEY=d\n", "" },
		{ "DL3064", "FROM a:1\nONBUILD ARG docker_password\n",
		  "2:13-2:28" },
		{ "DL3064", "FROM a:1\nARG DOCKER_USERNAME TRAVIS_OS_NAME\n",
		  "" },
		/* Words, not parts of them. */
		{ "DL3064",
		  "FROM a:1\nENV TOKENIZERS_PARALLELISM=x SECRETARY=y\n", "" },
		{ "DL3064", "FROM a:1\nENV PRIVATE_NET=x PRIVATE_KEY=z\n",
		  "2:19-2:30" },
		{ "DL3064", "FROM a:1\nENV PGPASSWORD=x dbPassword=z\n",
		  "2:5-2:15 2:18-2:28" },
		{ "DL3064", "FROM a:1\nARG CLIENT_SECRET my-token AUTHTOKEN\n",
		  "2:5-2:18 2:19-2:27 2:28-2:37" },
		/* Something about a secret. */
		{ "DL3064",
		  "FROM a:1\nENV SESSION_SECRET_FILE=a TOKEN_URL=b "
		  "SECRET_NAME=c MAX_TOKEN=d PASSWORD_LENGTH=e USE_TOKEN=f\n",
		  "" },
		{ "SecretsUsedInArgOrEnv",
		  "FROM a:1\nENV AUTH_METHOD=a KEY_TYPE=b MAX_TOKENS=4\n", "" },
		{ "SecretsUsedInArgOrEnv",
		  "FROM a:1\nENV PUBLIC_KEY=a KEY_VERSION=b\n", "" },
		/* Values that are none. */
		{ "DL3064",
		  "FROM a:1\nENV A_TOKEN=4096 B_TOKEN=-1 C_TOKEN=30s "
		  "D_TOKEN=0.5\n",
		  "" },
		{ "DL3064",
		  "FROM a:1\nENV A_SECRET=true B_SECRET=Off C_SECRET=none\n",
		  "" },
		{ "DL3064",
		  "FROM a:1\nENV A_SECRET=/run/secrets/a B_SECRET=./b "
		  "C_SECRET=$HOME/c D_SECRET=\"/d\"\n",
		  "" },
		{ "DL3064", "FROM a:1\nENV A_TOKEN=https://h/x\n", "" },
		{ "DL3064", "FROM a:1\nENV A_TOKEN=https://u:p@h/x\n",
		  "2:5-2:12" },
		{ "DL3064", "FROM a:1\nENV A_PASSWORD= B_TOKEN=\"\"\n", "" },
		{ "DL3064", "FROM a:1\nARG A_TOKEN= B_TOKEN=\"\"\n",
		  "2:5-2:12 2:14-2:21" },
		{ "DL3064", "FROM a:1\nENV A_PASSWORD=1234 B_PASSWORD=12\n",
		  "2:5-2:15" },
		{ "SecretsUsedInArgOrEnv", "FROM a:1\nENV KEY=12 AUTH=no\n",
		  "" },
		{ "SecretsUsedInArgOrEnv",
		  "FROM a:1\nENV GPG_KEY="
		  "A035C8C19219BA821ECEA86B64E628F8D684696D\n",
		  "" },
		/* By a variable: what is known counts. */
		{ "DL3064", "FROM a:1\nARG n=4\nENV A_TOKEN=$n\n", "" },
		{ "DL3064", "FROM a:1\nARG n\nENV A_TOKEN=$n\n", "3:5-3:12" },
		{ "DL3064", "ARG A_TOKEN=no\nFROM a:1\nARG A_TOKEN\n", "" },
		{ "SecretsUsedInArgOrEnv",
		  "ARG API_KEY\nFROM a:1\nENV AUTH=b TOKEN_FILE=c MY_TOKEN=d\n",
		  "3:5-3:9 DL3064@3:25-3:33" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(instructions, registries)
{
	static const struct str trusted[] = { { "x.io", 4 }, { "*.y.io", 6 } };
	static const struct lint_settings settings = { .registries = trusted,
						       .n_registries = 2 };
	static const struct row rows[] = {
		{ "DL3026", "FROM debian:1\nFROM x.io/a:1\nFROM a.y.io/b\n",
		  "1:6-1:14" },
		{ "DL3026", "FROM x.io/a:1 AS b\nFROM b\nFROM scratch\n", "" },
		{ "DL3026", "ARG R=x.io\nFROM $R/a:1\nFROM $S/a:1\n",
		  "3:6-3:12" },
		{ "DL3026",
		  "FROM x.io/a:1 AS b\nCOPY --from=b x y\n"
		  "COPY --from=z.io/c:1 x y\nCOPY --from=0 x y\n",
		  "3:13-3:21" },
		{ "DL3026",
		  "FROM x.io/a:1\nRUN --mount=from=z.io/c,target=/x y\n",
		  "2:18-2:24" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_row_with((struct lint_input){ .settings = &settings },
				&rows[i]);
}

/* Names that a compose file gives are no images. */
TEST(instructions, named_contexts)
{
	static const struct df_arg contexts[] = {
		{ { "base", 4 }, { "docker-image://debian:13", 24 } },
		{ { "lib", 3 }, { "../lib", 6 } },
	};
	static const struct str trusted[] = { { "x.io", 4 } };
	static const struct lint_settings settings = { .registries = trusted,
						       .n_registries = 1 };
	static const struct row rows[] = {
		{ "DL3006", "FROM base\nFROM lib\nFROM other\n", "3:6-3:11" },
		{ "DL3007", "FROM base:latest\nFROM a:latest\n", "2:8-2:14" },
		{ "DL3022", "FROM base\nCOPY --from=lib /x /x\n", "" },
		{ "DL3022", "FROM base\nCOPY --from=libs /x /x\n",
		  "2:13-2:17" },
		{ "DL3026", "FROM base\nFROM debian:1\n", "2:6-2:14" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_row_with((struct lint_input){ .settings = &settings,
						     .contexts = contexts,
						     .n_contexts = 2 },
				&rows[i]);
}

TESTS_MAIN(unit(instructions, from), unit(instructions, stages),
	   unit(instructions, several_of_a_kind),
	   unit(instructions, workdir_and_user),
	   unit(instructions, add_and_copy), unit(instructions, others),
	   unit(instructions, registries), unit(instructions, named_contexts))
