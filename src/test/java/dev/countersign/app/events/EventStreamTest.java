package dev.countersign.app.events;

import static dev.countersign.guard.CallStatus.AWAITING_APPROVAL;
import static dev.countersign.guard.CallStatus.DONE;
import static dev.countersign.guard.CallStatus.RUNNING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.countersign.app.api.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class EventStreamTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final StreamTimes QUIET =
      new StreamTimes(Duration.ofMinutes(5), Duration.ofMinutes(5));

  private final ScriptedConversation conversation = new ScriptedConversation();
  private final AtomicBoolean revoked = new AtomicBoolean();
  private final Feeds feeds = new Feeds((_, _) -> conversation);

  @BeforeEach
  void start() {
    feeds.start();
  }

  @AfterEach
  void stop() {
    feeds.stop();
  }

  /** Reads as a browser does, or not. */
  private final class Viewer extends OutputStream {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final Semaphore reading;
    private final Thread stream;
    private volatile boolean gone;

    Viewer(StreamTimes times, @Nullable String lastEventId, boolean reads) {
      reading = new Semaphore(reads ? Integer.MAX_VALUE : 0);
      stream = Thread.ofVirtual().start(() -> run(times, lastEventId));
    }

    private void run(StreamTimes times, @Nullable String lastEventId) {
      try (Feeds.View view = feeds.open(new Caller("alice"), ScriptedConversation.ID)) {
        EventWriter writer = new EventWriter(this, JsonMapper.shared());
        new EventStream(view.feed(), EventId.of(lastEventId), writer, times, revoked::get).run();
      } catch (IOException _) {
        gone = true;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      reading.acquireUninterruptibly();
      if (gone) {
        throw new IOException("The viewer has gone");
      }
      synchronized (received) {
        received.write(bytes, offset, length);
      }
    }

    String received() {
      synchronized (received) {
        return received.toString(UTF_8);
      }
    }

    Viewer awaitWords(String words) {
      await().atMost(PATIENCE).until(() -> received().contains(words));
      return this;
    }

    void awaitEnd() throws InterruptedException {
      assertThat(stream.join(PATIENCE)).isTrue();
    }
  }

  @Test
  void writesEventsAsTheStandardSays() {
    conversation.says().buys("p1", AWAITING_APPROVAL);

    String received = new Viewer(QUIET, null, true).awaitWords("1.1\n").received();

    assertThat(received)
        .matches("(?s)retry: [12]\\d{3}\n\n.*")
        .contains(
            "id: 1.0\nevent: message\ndata: {\"id\":1,\"role\":\"user\",\"text\":\"message 1\",")
        .contains("id: 1.1\nevent: call\ndata: {\"id\":\"p1\",")
        .endsWith(",\"version\":1}\n\n");
  }

  @Test
  void givesSignsOfLifeWhileNothingHappens() {
    Viewer viewer = new Viewer(new StreamTimes(Duration.ofMillis(20), PATIENCE), null, true);

    viewer.awaitWords("\n\n:\n\n:\n\n");
  }

  @Test
  void givesASignOfLifeWhenItIsAskedFor() {
    Viewer viewer = new Viewer(QUIET, null, true).awaitWords("retry");

    feeds.probe(new Caller("bob"));
    assertThat(viewer.received()).doesNotContain("\n:");
    await()
        .atMost(PATIENCE)
        .until(() -> {
          feeds.probe(new Caller("alice"));
          return viewer.received().endsWith("\n\n:\n\n");
        });
  }

  @Test
  void endsWhenItIsOldEnough() throws InterruptedException {
    Viewer viewer =
        new Viewer(new StreamTimes(Duration.ofMillis(20), Duration.ofMillis(200)), null, true);

    viewer.awaitEnd();
    // whoever follows the conversation notes the end a moment after the viewer
    await().atMost(PATIENCE).until(() -> conversation.waiting() == 0);
  }

  @Test
  void endsWithTheConversation() throws InterruptedException {
    conversation.says();
    Viewer viewer = new Viewer(QUIET, "1.0", true).awaitWords("retry");
    conversation.ends();

    viewer.awaitEnd();
    assertThat(viewer.received()).endsWith("\n\nid: 1.0\nevent: ended\ndata: {}\n\n");
  }

  @Test
  void endsWithTheLoginAndSaysNothingMore() throws InterruptedException {
    conversation.says();
    Viewer viewer = new Viewer(QUIET, null, true).awaitWords("message 1");

    revoked.set(true);
    conversation.says();

    viewer.awaitEnd();
    assertThat(viewer.received()).doesNotContain("message 2");
  }

  @Test
  void endsAtShutdown() throws InterruptedException {
    Viewer viewer = new Viewer(QUIET, null, true).awaitWords("retry");
    feeds.stop();

    viewer.awaitEnd();
    assertThat(viewer.received()).endsWith("\n\n").doesNotContain("ended");
  }

  @Test
  void notesThatAViewerHasGone() throws InterruptedException {
    Viewer viewer = new Viewer(QUIET, null, true).awaitWords("retry");
    viewer.gone = true;
    conversation.says();

    viewer.awaitEnd();
    await().atMost(PATIENCE).until(() -> conversation.waiting() == 0);
  }

  @Test
  void givesAViewerWhoReadsSlowlyTheNewestAndKeepsNobodyElseWaiting() {
    Viewer slow = new Viewer(QUIET, null, false);
    Viewer quick = new Viewer(QUIET, null, true);
    conversation.says().buys("p1", AWAITING_APPROVAL);
    quick.awaitWords("AWAITING_APPROVAL");
    conversation.buys("p1", RUNNING);
    quick.awaitWords("RUNNING");
    conversation.buys("p1", DONE).says();
    quick.awaitWords("DONE").awaitWords("message 2");
    assertThat(slow.received()).isEmpty();

    slow.reading.release(1_000);

    slow.awaitWords("message 2").awaitWords("DONE");
    assertThat(slow.received()).doesNotContain("AWAITING_APPROVAL", "RUNNING");
  }
}
