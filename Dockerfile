# Countersign as an image: docker compose builds and runs it; docker-compose.yml says with what.
# A tag can be moved to another image: docker-compose.yml says how to pin by digest, these two lines FROM too.

FROM maven:3.9.16-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml mvnw ./
COPY src/main src/main
COPY src/launcher src/launcher
COPY src/training src/training
# The tests have run before anything is released; they need a Temporal server, which an image's build has not.
RUN --mount=type=cache,target=/root/.m2 ./mvnw -q -B -ntp -Dmaven.test.skip=true package
RUN java -Djarmode=tools -jar target/countersign-*-exec.jar extract --layers --destination layers \
  && mv layers/application/countersign-*.jar layers/application/countersign.jar

FROM eclipse-temurin:25.0.3_9-jre AS layout
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin countersign
WORKDIR /app
# What changes least comes first, so that a new version is a few kilobytes to pull, and its cache.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
COPY deploy/image/java.options ./

# Starts it once, beside stand-ins and without a network, for the cache of what it loads and does then: by the Java that it runs on, with the very same files.
FROM layout AS trained
COPY --from=build /build/target/training /training
RUN --network=none java @java.options -cp "/training:/app/*:/app/lib/*" dev.countersign.training.Training /app

FROM layout
COPY --from=trained /app/countersign.aot ./
USER countersign
EXPOSE 8080
# The management port is bound to loopback, which inside the container is enough to be asked. The image has no curl.
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=3 \
  CMD bash -c 'exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_SERVER_PORT:-8081} && printf "GET /actuator/health HTTP/1.0\r\nHost: localhost\r\n\r\n" >&3 && read -r _ code _ <&3 && [ "$code" = 200 ]'
# A cache that Java can't use, as by other options of its own, it leaves aside: the start takes longer then.
ENTRYPOINT ["java", "@/app/java.options", "-XX:AOTCache=/app/countersign.aot", "-jar", "/app/countersign.jar"]
