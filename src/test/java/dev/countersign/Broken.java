package dev.countersign;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Does once what workflow code must never do, to prove that each is reported. */
final class Broken implements BrokenWorkflow {
  private final BrokenStep step = new BrokenStep();

  @Override
  public List<Object> run() throws InterruptedException {
    List<Object> all = new ArrayList<>();
    all.add(step.now());
    all.add(LocalDateTime.now(ZoneOffset.UTC));
    all.add(Clock.systemUTC());
    all.add(System.currentTimeMillis());
    all.add(System.nanoTime());
    all.add(System.getenv().size());
    all.add(System.getProperty("user.home"));
    Supplier<UUID> id = UUID::randomUUID;
    all.add(id);
    all.add(Math.random());
    all.add(new Random());
    all.add(ThreadLocalRandom.current());
    Thread.sleep(1);
    all.add(new Thread(() -> {}));
    all.add(CompletableFuture.runAsync(() -> {}));
    all.add(LoggerFactory.getLogger(Broken.class));
    all.add(new HashMap<>());
    all.add(new HashSet<>());
    all.add(step.reaches(""));
    return all;
  }
}
