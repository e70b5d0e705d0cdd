package dev.countersign.app.log;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/** Says where the application is reached, once it is. */
final class Addresses {
  private static final Logger log = LoggerFactory.getLogger(Addresses.class);
  private static final String MANAGEMENT = "management";
  private static final String PAGE = "page";

  private final Map<String, Integer> ports = new ConcurrentHashMap<>();

  @EventListener
  void started(WebServerInitializedEvent server) {
    String of = server.getApplicationContext().getServerNamespace();
    ports.put(MANAGEMENT.equals(of) ? MANAGEMENT : PAGE, server.getWebServer().getPort());
  }

  @EventListener(ApplicationReadyEvent.class)
  void ready() {
    log.info(
        "Page and API: port {}; health and metrics: port {}",
        ports.get(PAGE),
        ports.getOrDefault(MANAGEMENT, ports.get(PAGE)));
  }
}
