FROM alpine:3.18.2
RUN sed -i "s/dl-cdn.alpinelinux.org/mirror.example.org/g" /etc/apk/repositories \
 && apk add --no-cache dumb-init
# PID 1
ENTRYPOINT ["dumb-init", "--"]
# ENTRYPOINT ["dumb-init", "--rewrite", "15:2", "--"]
CMD ["/srv/run", "--flag", "--args"]
