package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.temporal.LauncherSettings;
import dev.countersign.devservices.temporal.TemporalLauncher;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Records histories of what remembers approvals and of what they cover on a real server, in real
 * time, into the directory that the property {@code histories.into} names; what is there already
 * stays as it is, for a history is never recorded again.
 */
@EnabledIfSystemProperty(named = "histories.into", matches = ".+")
class GrantRecorder {
  private static final Path INTO = Path.of(System.getProperty("histories.into", ""));
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final CallUser ALICE = new CallUser("alice", null);
  private static final CallUser BOB = new CallUser("bob", null);

  static class Tools {
    @RequiresApproval(message = "Read {mailbox}", remember = Remember.USER)
    String read(String mailbox) {
      return "no mail in " + mailbox;
    }
  }

  @Test
  void recordsGrants() throws IOException {
    try (TemporalLauncher temporal = TemporalLauncher.start(LauncherSettings.temporary());
        GuardWorld<Tools> world = GuardWorld.at(temporal.target(), Tools.class)) {
      world.provider.approvesAfter(Duration.ofSeconds(1));
      world.provider.tokensLive(Duration.ofSeconds(20));
      CallState remembered = read(world, "inbox");
      CallState covered = read(world, "inbox");
      assertThat(covered.coveredBy()).isNotNull();
      FrozenCall frozen = world.calls.freeze(ALICE, "read", "1", null, "inbox");
      world.remembered.forget(ALICE.sub(), remembered.id());
      GuardedCallWorkflow late =
          world
              .environment
              .getWorkflowClient()
              .newWorkflowStub(
                  GuardedCallWorkflow.class,
                  CallStart.byClient(Freezer.read(frozen), GuardWorld.QUEUES));
      CallState askedAfterAll = late.call(frozen);
      assertThat(askedAfterAll.coveredBy()).isNull();
      world.remembered.forgetConversation(ALICE.sub(), "one");
      world.end(world.calls.start(BOB, "read", "inbox"));
      await().atMost(PATIENCE).until(() -> world.remembered.of(ALICE.sub()).isEmpty());
      world.remembered.forget(ALICE.sub());
      WorkflowClient client = world.environment.getWorkflowClient();
      client.newUntypedWorkflowStub(grants(BOB)).getResult(Void.class);
      record(world, "call-remembered", remembered.id());
      record(world, "call-covered", covered.id());
      record(world, "call-covered-no-more", askedAfterAll.id());
      record(world, "user-grants-forgotten", grants(ALICE));
      record(world, "user-grants", grants(BOB));
    }
  }

  private static String grants(CallUser user) {
    return "tools-grants-of-" + new UserDigest(new byte[32]).of(user.sub());
  }

  private static CallState read(GuardWorld<Tools> world, String mailbox) {
    return world.end(world.calls.start(ALICE, "read", mailbox));
  }

  private static void record(GuardWorld<Tools> world, String name, String id) throws IOException {
    Path file = INTO.resolve(name + ".json");
    if (!Files.exists(file)) {
      Files.writeString(
          file, world.environment.getWorkflowClient().fetchHistory(id).toJson(true) + "\n");
    }
  }
}
