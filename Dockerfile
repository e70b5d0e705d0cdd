# Countersign as an image: docker compose builds and runs it; docker-compose.yml says with what.
# A tag can be moved to another image: docker-compose.yml says how to pin by digest, these two lines FROM too.

FROM maven:3.9.16-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml mvnw ./
COPY src/main src/main
COPY src/launcher src/launcher
# The tests have run before anything is released; they need a Temporal server, which an image's build has not.
RUN --mount=type=cache,target=/root/.m2 ./mvnw -q -B -ntp -Dmaven.test.skip=true package
RUN java -Djarmode=tools -jar target/countersign-*-exec.jar extract --layers --destination layers \
  && mv layers/application/countersign-*.jar layers/application/countersign.jar

FROM eclipse-temurin:25.0.3_9-jre
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin countersign
WORKDIR /app
# What changes least comes first, so that a new version is a few kilobytes to pull.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
USER countersign
EXPOSE 8080
# The management port is bound to loopback, which inside the container is enough to be asked. The image has no curl.
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=3 \
  CMD bash -c 'exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_SERVER_PORT:-8081} && printf "GET /actuator/health HTTP/1.0\r\nHost: localhost\r\n\r\n" >&3 && read -r _ code _ <&3 && [ "$code" = 200 ]'
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "countersign.jar"]
