# Syntax = docker/dockerfile:1.7
# check=skip=JSONArgsRecommended;error=true
ARG BASE=debian:12

FROM --platform=$BUILDPLATFORM ${BASE:-debian} As Build
ENV A \
  value with  blanks \
  # a comment inside

  and more
ENV B=1 C="two words" D=three\ words E='$A'
RUN apt-get update && apt-get install -y \
  curl \
\
  git \
  # why
  make
RUN <<EOF cat && <<-"END" tee /x
one $A
EOF
	two
	END
COPY <<a.txt <<'b.txt' --not-a-flag /dst/
A is $A
a.txt
B is $B
b.txt
COPY --chown=1000:1000 --chmod="0755" --link ["a b", "/c d/"]
CMD ['not', 'json']
HEALTHCHECK --interval=30s --timeout=3s CMD curl -f http://localhost/ || exit 1
ONBUILD RUN --mount=type=bind,from=build,target=/b \
  ls /b
VOLUME /a /b
STOPSIGNAL SIGTERM
maintainer Somebody <a@b>
