# The image of either service, from the jar that Maven has built: ./replymeter images

FROM eclipse-temurin:25-jdk AS extracted
ARG SERVICE
ARG VERSION
WORKDIR /extracted
COPY ${SERVICE}/target/${SERVICE}-${VERSION}.jar app.jar
RUN java -Djarmode=tools -jar app.jar extract --layers --destination layers \
    && jar --extract --file app.jar META-INF/sbom/application.cdx.json

FROM eclipse-temurin:25-jre
ARG SERVICE
ARG VERSION
ARG PORT
ENV SERVER_PORT=${PORT} \
    MALLOC_ARENA_MAX=2 \
    JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=32 -XX:+UseParallelGC -XX:NewRatio=1 -XX:+UseCompactObjectHeaders \
-XX:Tier3DelayOn=0 -XX:Tier3DelayOff=0 -XX:TrimNativeHeapInterval=5000 -Djdk.nio.maxCachedBufferSize=262144 \
-XX:+ExitOnOutOfMemoryError"
WORKDIR /app
COPY --from=extracted /extracted/layers/dependencies/ ./
COPY --from=extracted /extracted/layers/snapshot-dependencies/ ./
COPY --from=extracted /extracted/layers/application/ ./

# Starts the service once on this JVM to write an AOT cache of the classes it loads. This start fails when it needs its
# database, and that is expected. A start that writes no cache fails the build.
RUN java --enable-native-access=ALL-UNNAMED -XX:AOTCacheOutput=/app/app.aot -Dspring.context.exit=onRefresh -jar /app/app.jar \
      --spring.flyway.enabled=false --spring.datasource.url=jdbc:postgresql://localhost:1/none \
      --spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://localhost:1/ >/tmp/training.log 2>&1; \
    [ -s /app/app.aot ] || { cat /tmp/training.log; exit 1; }; \
    rm -rf /tmp/*

COPY --from=extracted /extracted/META-INF/sbom/application.cdx.json /usr/share/sbom/${SERVICE}.cdx.json
ARG REVISION
ARG SOURCE
LABEL org.opencontainers.image.title="Replymeter ${SERVICE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0"

USER 10001:10001
EXPOSE ${PORT}
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=5s --start-period=120s --retries=6 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/$SERVER_PORT && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "-XX:AOTCache=/app/app.aot", "-jar", "/app/app.jar"]
