FROM alpine:3.18
RUN apk add tzdata \
 && cp /usr/share/zoneinfo/Europe/Vienna /etc/localtime \
 && echo "Europe/Vienna" > /etc/timezone
