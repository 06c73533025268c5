ARG TARGET=api
# Only needed behind a proxy
ARG NPM_PROXY

FROM node:20-alpine3.18 AS checks
WORKDIR /src/checks
COPY package*.json ./
RUN npm ci && npm run pack -- --out /out/checks

FROM node:20-alpine3.18 AS compile
ARG VERSION
RUN apk add --no-cache git make python3
WORKDIR /src
ENV NODE_OPTIONS="--max-old-space-size=2048"
COPY package*.json ./
RUN npm ci
COPY . .
ENV APP_VERSION=$VERSION
RUN make api worker canary

FROM alpine:3.18 AS waiter
RUN apk add --no-cache curl
ENV WAITER_VERSION v1.4.0
RUN curl -fsSLO https://example.org/waiter/$WAITER_VERSION/waiter-$WAITER_VERSION.tar.gz \
 && tar -C /usr/local/bin -xzf waiter-$WAITER_VERSION.tar.gz \
 && rm waiter-$WAITER_VERSION.tar.gz \
 && echo "** owner fixed **" \
 && chown root:root /usr/local/bin/waiter

# The name hides the image
FROM alpine:3.18 AS alpine
RUN apk add --no-cache bash ca-certificates tzdata
RUN test ! -e /etc/nsswitch.conf && echo 'hosts: files dns' > /etc/nsswitch.conf
SHELL ["/bin/bash", "-c"]

FROM alpine AS app-api
ENV APP_HOME /etc/app
COPY --from=checks /out/checks /usr/local/bin
COPY --from=waiter /usr/local/bin/waiter /usr/local/bin
COPY --from=compile /src/out/api /usr/local/bin
COPY docker/start.sh /start.sh
EXPOSE 8080 8081
ENTRYPOINT ["/start.sh"]
CMD /serve.sh

FROM app-api AS app-all
RUN apk add --no-cache mysql-client
COPY docker/all.sh /all.sh
CMD /all.sh

FROM alpine AS app-worker
COPY --from=compile /src/out/worker /usr/local/bin
ENTRYPOINT ["worker"]

FROM alpine AS app-canary
COPY --from=compile /src/out/canary /usr/local/bin
CMD ["/usr/local/bin/canary", "--root", "/etc/canary"]

FROM app-${TARGET}
