# Runs `replymeter demo`, which fills in the sample marketplace: docker compose --profile demo up

FROM eclipse-temurin:25-jre
ARG VERSION
ARG REVISION
ARG SOURCE
LABEL org.opencontainers.image.title="Replymeter demo" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY local-stack/target/demo/ /app/
COPY local-stack/target/local-stack-${VERSION}.jar /app/
# A volume is mounted here and gets the owner of this folder.
RUN mkdir -p /replymeter/.replymeter && chown 10001:10001 /replymeter/.replymeter
USER 10001:10001
ENTRYPOINT ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Dreplymeter.root=/replymeter", \
    "-cp", "/app/*", "io.replymeter.local.Replymeter"]
