/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/testplaces.h"

TEST(lint_run_time, image_without_user)
{
	static const struct place_case rows[] = {
		{ "FROM debian:12\nCMD [\"/a\"]", "2:1" },
		{ "FROM debian:12\nUSER 1000\nCMD [\"/a\"]", "" },
		{ "FROM debian:12\nUSER root\nCMD [\"/a\"]", "" },
		{ "FROM debian:12\nRUN make", "" },
		{ "FROM nginx\nCMD [\"/a\"]", "" },
		{ "FROM debian:12\nCMD [\"nginx\", \"-g\", \"daemon off;\"]",
		  "" },
		{ "FROM scratch\nCOPY a /a\nENTRYPOINT [\"/a\"]", "3:1" },
		{ "FROM scratch\nCOPY a /a", "" },
		{ "FROM gcr.io/distroless/static:nonroot\nCMD [\"/a\"]", "" },
		{ "FROM me/x\nCMD [\"/a\"]", "" },
		{ "FROM jenkins/jenkins\nCMD [\"/a\"]", "" },
		{ "FROM alpine:3\nRUN apk add su-exec\nCMD [\"/a\"]", "" },
		{ "FROM alpine:3\nCOPY start.sh /\nCMD [\"/start.sh\"]", "" },
		{ "FROM alpine:3 AS x\nUSER 5\nFROM x\nCMD [\"/a\"]", "" },
		{ "FROM node:22 AS b\nUSER node\nFROM node:22\nCMD [\"node\", "
		  "\"a.js\"]",
		  "4:1" },
		{ "FROM debian:12\nCMD [\"/bin/bash\"]", "" },
		{ "FROM debian:12\nCMD [\"bash\", \"/run\"]", "2:1" },
	};
	assert_places("PARE7009", rows, ARRAY_LEN(rows));
}

TEST(lint_run_time, broken_start_script)
{
	static const struct place_case rows[] = {
		{ "FROM a\nCOPY <<E /s.sh\n#!/bin/sh\nexec a\nE\nCMD "
		  "[\"/s.sh\"]",
		  "2:6" },
		{ "FROM a\nCOPY --chmod=755 <<E /s.sh\n#!/bin/sh\nexec "
		  "a\nE\nCMD [\"/s.sh\"]",
		  "" },
		{ "FROM a\nCOPY <<E /s.sh\n#!/bin/sh\nexec a\nE\nRUN chmod +x "
		  "/s.sh\nCMD [\"/s.sh\"]",
		  "" },
		{ "FROM a\nCOPY --chmod=755 <<E /s.sh\nexec a\nE\nCMD "
		  "[\"/s.sh\"]",
		  "2:18" },
		{ "FROM a\nCOPY --chmod=755 <<E /s.sh\nexec a\nE\nCMD [\"sh\", "
		  "\"/s.sh\"]",
		  "" },
		{ "FROM a\nCOPY --chmod=755 <<E /s.sh\nexec a\nE\nCMD /s.sh",
		  "" },
		{ "FROM a\nCOPY --chmod=755 <<\"E\" "
		  "/s.sh\n#!/bin/sh\n\"$@\"\nE\nENTRYPOINT [\"/s.sh\"]",
		  "2:18" },
		{ "FROM a\nCOPY --chmod=755 <<E /s.sh\n#!/bin/sh\nset "
		  "-e\npython a.py\nE\nENTRYPOINT [\"/s.sh\"]",
		  "2:18" },
		{ "FROM a\nCOPY --chmod=755 <<E /s.sh\n#!/bin/sh\npython "
		  "a.py\nE\nENTRYPOINT [\"tini\", \"--\"]\nCMD [\"/s.sh\"]",
		  "" },
		{ "FROM a\nCOPY --chmod=755 <<E /s.sh\n#!/bin/sh\nif x; then "
		  "a; fi\nE\nENTRYPOINT [\"/s.sh\"]",
		  "" },
		{ "FROM a\nCOPY --chmod=755 <<E /s.sh\n#!/bin/sh\nsudo "
		  "a\nE\nENTRYPOINT [\"/s.sh\"]",
		  "" },
		{ "FROM a\nWORKDIR /srv\nCOPY <<E bin/s.sh\n#!/bin/sh\nexec "
		  "a\nE\nENTRYPOINT [\"tini\", \"--\", \"./bin/s.sh\"]",
		  "3:6" },
		{ "FROM a\nCOPY --chmod=755 <<E /s.sh\n#!/bin/sh\r\nexec "
		  "a\r\nE\nENTRYPOINT [\"/s.sh\"]",
		  "2:18" },
		{ "FROM a\nCOPY <<s.sh /usr/local/bin/\n#!/bin/sh\nexec "
		  "a\ns.sh\nENTRYPOINT [\"s.sh\"]",
		  "2:6" },
	};
	assert_places("PARE7010", rows, ARRAY_LEN(rows));
}

TEST(lint_run_time, curl_without_fail)
{
	static const struct place_case rows[] = {
		{ "FROM a\nRUN curl -sSLo /usr/bin/a https://x/a", "2:5" },
		{ "FROM a\nRUN curl -fsSLo /usr/bin/a https://x/a", "" },
		{ "FROM a\nRUN curl -sSL https://x/a > /a", "2:5" },
		{ "FROM a\nRUN curl -sL https://x/i | bash -", "2:5" },
		{ "FROM a\nRUN curl -sL https://x/i | sudo -E bash -", "2:5" },
		{ "FROM a\nRUN sudo curl -o /a https://x/a", "2:10" },
		{ "FROM a\nRUN curl -sL https://x/i | tar xz", "" },
		{ "FROM a\nRUN curl -O https://x/i.tgz && tar xf i.tgz", "" },
		{ "FROM a\nRUN curl -O https://x/i && echo \"h i\" | sha256sum "
		  "-c",
		  "" },
		{ "FROM a\nRUN curl -s https://x/i", "" },
		{ "FROM a\nRUN curl -so /dev/null https://x", "" },
		{ "FROM a\nRUN curl -o a -w x https://x", "" },
		{ "FROM a\nRUN curl $CURL_OPTS -o x https://x", "" },
		{ "FROM a\nRUN curl --fail-with-body -O https://x/i", "" },
		{ "FROM a\nRUN curl -I https://x | grep 200", "" },
		{ "FROM a\nRUN curl -sS https://x/k.asc | apt-key add -", "" },
		{ "FROM a\nRUN curl --silent https://x --output /x", "2:5" },
		{ "FROM a\nRUN V=$(curl -s https://x | grep tag)", "2:9" },
		{ "FROM a\nHEALTHCHECK CMD curl http://localhost/ || exit 1",
		  "2:1" },
		{ "FROM a\nHEALTHCHECK CMD curl -f http://localhost/ || exit 1",
		  "" },
		{ "FROM a\nHEALTHCHECK CMD [\"curl\", \"http://localhost/\"]",
		  "2:1" },
		{ "FROM a\nHEALTHCHECK CMD [\"curl\", \"--fail\", "
		  "\"http://localhost/\"]",
		  "" },
		{ "FROM a\nHEALTHCHECK CMD curl -s http://localhost/ | grep ok",
		  "" },
		{ "FROM a\nHEALTHCHECK NONE", "" },
		{ "FROM a\nHEALTHCHECK CMD /check", "" },
	};
	assert_places("PARE8004", rows, ARRAY_LEN(rows));
}

TEST(lint_run_time, runtime_twice)
{
	static const struct place_case rows[] = {
		{ "FROM nvidia/cuda:12.1.0-cudnn8-devel-ubuntu22.04\nRUN pip3 "
		  "install torch x",
		  "2:18" },
		{ "FROM nvidia/cuda:12.1.0-cudnn8-devel-ubuntu22.04\nRUN pip3 "
		  "install torch flash-attn",
		  "" },
		{ "FROM nvidia/cuda:12.1.0-runtime-ubuntu22.04\nRUN python3 -m "
		  "pip install \"torch==2.1\"",
		  "2:28" },
		{ "FROM nvidia/cuda:12.1.0-runtime-ubuntu22.04\nRUN uv pip "
		  "install torch",
		  "2:20" },
		{ "FROM nvidia/cuda:12.1.0-runtime-ubuntu22.04\nRUN pip "
		  "install torch --index-url "
		  "https://download.pytorch.org/whl/cpu",
		  "" },
		{ "FROM nvidia/cuda:12.1.0-base-ubuntu22.04\nRUN pip install "
		  "torch",
		  "" },
		{ "FROM nvidia/cuda:12.1.0-runtime-ubuntu22.04\nRUN pip "
		  "install torchmetrics",
		  "" },
		{ "FROM nvidia/cuda:12.1.0-runtime-ubuntu22.04 AS b\nRUN pip "
		  "install torch\nFROM a\nCOPY --from=b /v /v",
		  "" },
		{ "FROM pytorch/pytorch:2.1.0-cuda12.1\nRUN pip install "
		  "torch==2.0.1",
		  "2:17" },
		{ "FROM pytorch/pytorch:2.1.0-cuda12.1\nRUN pip install "
		  "torch==2.1.0",
		  "" },
		{ "FROM pytorch/pytorch:2.1.0-cuda12.1\nRUN pip install torch",
		  "" },
		{ "FROM debian:12\nRUN pip install torch", "" },
		{ "FROM nvidia/cuda:12.2.2-runtime-ubuntu22.04\nRUN apt-get "
		  "install make && pip install torch",
		  "2:41" },
		{ "FROM nvidia/cuda:12.2.2-devel-ubuntu22.04\nRUN apt-get "
		  "install make && pip install torch",
		  "" },
		{ "FROM nvidia/cuda:12.2.2-runtime-ubuntu22.04\nRUN pip "
		  "install torch faster-whisper",
		  "" },
	};
	assert_places("PARE4008", rows, ARRAY_LEN(rows));
}

TESTS_MAIN(unit(lint_run_time, runtime_twice),
	   unit(lint_run_time, image_without_user),
	   unit(lint_run_time, broken_start_script),
	   unit(lint_run_time, curl_without_fail))
