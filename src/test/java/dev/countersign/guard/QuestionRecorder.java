package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.devservices.temporal.LauncherSettings;
import dev.countersign.devservices.temporal.TemporalLauncher;
import dev.countersign.question.QuestionTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Records histories of a user's questions, and of one that waited in line, on a real server, in
 * real time, into the directory that the property {@code histories.into} names; what is there
 * already stays as it is, for a history is never recorded again.
 */
@EnabledIfSystemProperty(named = "histories.into", matches = ".+")
class QuestionRecorder {
  private static final Path INTO = Path.of(System.getProperty("histories.into", ""));
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final CallUser ALICE = new CallUser("alice", null);

  static class Tools {
    @RequiresApproval(message = "Read {mailbox}")
    String read(String mailbox) {
      return "no mail in " + mailbox;
    }
  }

  @Test
  void recordsQuestions() throws IOException {
    try (TemporalLauncher temporal = TemporalLauncher.start(LauncherSettings.temporary());
        GuardWorld<Tools> world = GuardWorld.at(temporal.target(), Tools.class)) {
      world.limit(
          new QuestionTerms(
              1,
              Duration.ofSeconds(20),
              2,
              Duration.ofMinutes(1),
              0,
              0,
              2,
              Duration.ofSeconds(30)));
      String cancelled = world.calls.start(ALICE, "read", "inbox");
      awaitCode(world, cancelled, "authorization_pending");
      String inLine = world.calls.start(ALICE, "read", "outbox");
      awaitCode(world, inLine, CallState.IN_LINE);
      String takenBack = world.calls.start(ALICE, "read", "drafts");
      awaitCode(world, takenBack, CallState.IN_LINE);
      assertThat(world.end(world.calls.start(ALICE, "read", "spam")).code())
          .isEqualTo("too_many_questions");
      world.calls.cancel(ALICE.sub(), takenBack);
      world.provider.deniesAfter(Duration.ofSeconds(1));
      world.calls.cancel(ALICE.sub(), cancelled);
      assertThat(world.end(inLine).status()).isEqualTo(CallStatus.DENIED);
      world.end(world.calls.start(ALICE, "read", "inbox"));
      assertThat(world.end(world.calls.start(ALICE, "read", "inbox")).code())
          .isEqualTo("too_many_questions");
      String questions = "tools-questions-of-" + new UserDigest(new byte[32]).of(ALICE.sub());
      world.environment.getWorkflowClient().newUntypedWorkflowStub(questions).getResult(Void.class);
      record(world, "call-in-line", inLine);
      record(world, "user-questions", questions);
    }
  }

  private static void awaitCode(GuardWorld<Tools> world, String id, String code) {
    await().atMost(PATIENCE).until(() -> code.equals(world.calls.state(id).code()));
  }

  private static void record(GuardWorld<Tools> world, String name, String id) throws IOException {
    Path file = INTO.resolve(name + ".json");
    if (!Files.exists(file)) {
      Files.writeString(
          file, world.environment.getWorkflowClient().fetchHistory(id).toJson(true) + "\n");
    }
  }
}
