FROM rockylinux:9 AS tools
COPY runtime-17.0.2.tar.gz /opt/src
RUN cd /opt/src && \
    tar -xzf runtime-17.0.2.tar.gz -C /opt
FROM rockylinux:9
COPY --from=tools /opt/runtime-17.0.2 /opt
