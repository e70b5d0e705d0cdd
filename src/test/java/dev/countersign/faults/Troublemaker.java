package dev.countersign.faults;

import dev.countersign.faults.Evidence.Disruption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Makes the troubles of a plan; of one process one at a time, so that a later one may wait. */
final class Troublemaker {
  private static final int ALL = -1;
  private final World world;
  private final Instant beganAt;
  private final Lock temporal = new ReentrantLock();
  private final List<Lock> apps = new ArrayList<>();
  private final List<Disruption> disruptions = new CopyOnWriteArrayList<>();

  Troublemaker(World world, Instant beganAt) {
    this.world = world;
    this.beganAt = beganAt;
    world.apps.forEach(_ -> apps.add(new ReentrantLock()));
  }

  /** What went wrong so far. */
  List<Disruption> disruptions() {
    return List.copyOf(disruptions);
  }

  /** Waits for the moment, and returns when the trouble is over. */
  void make(Plan.Moment moment) throws InterruptedException {
    Times.sleepUntil(beganAt.plus(moment.at()));
    Trouble trouble = moment.trouble();
    switch (trouble) {
      case Trouble.Kill(int app, Duration down) ->
          of(
              app,
              trouble,
              () -> {
                world.apps.get(app).kill();
                Thread.sleep(down);
                world.apps.get(app).awaitReady();
              });
      case Trouble.Terminate(int app) -> of(app, trouble, () -> restart(app));
      case Trouble.Roll() -> {
        for (int app = 0; app < apps.size(); app++) {
          int next = app;
          of(next, trouble, () -> restart(next));
        }
      }
      case Trouble.FreezeApp(int app, Duration time) ->
          of(
              app,
              trouble,
              () -> {
                world.apps.get(app).signal("STOP");
                Thread.sleep(time);
                world.apps.get(app).signal("CONT");
              });
      case Trouble.KillTemporal(Duration down) ->
          during(
              temporal,
              ALL,
              trouble,
              () -> {
                world.temporal.kill();
                Thread.sleep(down);
                world.temporal.restart();
              });
      case Trouble.FreezeTemporal(Duration time) ->
          during(
              temporal,
              ALL,
              trouble,
              () -> {
                world.temporal.freeze();
                Thread.sleep(time);
                world.temporal.thaw();
              });
      case Trouble.Misbehave(var endpoint, var how, int times, Duration delay) ->
          world.faults(endpoint).next(endpoint.name, times, how.fault(delay));
      case Trouble.Latency(int app, Duration delay, Duration time) -> {
        Instant from = Instant.now();
        world.links.get(app).delay(delay);
        Thread.sleep(time);
        world.links.get(app).delay(Duration.ZERO);
        disruptions.add(new Disruption(trouble, app, from, Instant.now()));
      }
      case Trouble.Drop(int app, Duration time) -> {
        Instant from = Instant.now();
        world.links.get(app).drop();
        Thread.sleep(time);
        world.links.get(app).reconnect();
        disruptions.add(new Disruption(trouble, app, from, Instant.now()));
      }
      case Trouble.BlackHole(int app, boolean towards, Duration time) -> {
        Instant from = Instant.now();
        world.links.get(app).blackHole(towards, true);
        Thread.sleep(time);
        world.links.get(app).blackHole(towards, false);
        disruptions.add(new Disruption(trouble, app, from, Instant.now()));
      }
    }
  }

  private void restart(int app) {
    world.apps.get(app).terminate();
    world.apps.get(app).awaitReady();
  }

  private interface Course {
    void run() throws InterruptedException;
  }

  private void of(int app, Trouble trouble, Course course) throws InterruptedException {
    during(apps.get(app), app, trouble, course);
  }

  private void during(Lock lock, int app, Trouble trouble, Course course)
      throws InterruptedException {
    lock.lockInterruptibly();
    Instant from = Instant.now();
    try {
      course.run();
    } finally {
      disruptions.add(new Disruption(trouble, app, from, Instant.now()));
      lock.unlock();
    }
  }
}
