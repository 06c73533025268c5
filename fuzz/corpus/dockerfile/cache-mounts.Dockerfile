# syntax = docker/dockerfile:1
FROM debian
RUN rm -f /etc/apt/apt.conf.d/docker-clean; echo 'APT::Keep-Downloaded-Packages "1";' > /etc/apt/apt.conf.d/keep
RUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt \
  apt-get update && apt-get install -y make
RUN --mount=type=secret,id=npm,target=/root/.npmrc npm ci
RUN --mount=type=cache,target=/root/.cache/go-build go build ./...
