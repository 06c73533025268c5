FROM a
FROM
COPY x
RUN --mont=type=bind ls
ENV A=1 B
CMD ["a", 1]
COPI a b
WORKDIR /ok
HEALTHCHECK CMDD x
RUN cat <<EOF
no end
