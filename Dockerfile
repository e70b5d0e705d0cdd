# Countersign as an image: docker compose builds and runs it; docker-compose.yml says with what.

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
RUN useradd --system --uid 10001 --no-create-home countersign
WORKDIR /app
# What changes least comes first, so that a new version is a few kilobytes to pull.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
USER countersign
EXPOSE 8080
# The management port is bound to loopback, which inside the container is enough to be asked.
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=3 \
  CMD curl --fail --silent --output /dev/null "http://127.0.0.1:${MANAGEMENT_SERVER_PORT:-8081}/actuator/health" || exit 1
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "countersign.jar"]
