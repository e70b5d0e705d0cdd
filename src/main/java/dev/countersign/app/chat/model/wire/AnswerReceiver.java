package dev.countersign.app.chat.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.http.Transport;
import java.io.IOException;
import java.util.Locale;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Takes one answer, whole or as a stream of events, of which the words are told at once. */
final class AnswerReceiver implements Transport.Receiver {
  /** Of the assembled answer, as of one that comes whole. */
  private static final int MAX_WORDS = Transport.MAX_BODY_BYTES / 2;

  private final WireCall call;
  private @Nullable StreamedAnswer streamed;

  AnswerReceiver(WireCall call) {
    this.call = call;
  }

  @Override
  public void begins(Runnable cancel) {
    WordsListener listener = call.listener();
    if (listener != null) {
      listener.begins(cancel);
    }
  }

  @Override
  public @Nullable String read(Response response) throws IOException {
    BufferedSource body = response.body().source();
    boolean isStream =
        response.isSuccessful()
            && (type(response).contains("event-stream")
                || (call.listener() != null && AnswerEvents.areIn(body)));
    return isStream ? readEvents(body) : Transport.readWhole(response.body());
  }

  /** Whether it came as a stream. */
  boolean wasStreamed() {
    return streamed != null;
  }

  /** Whether it came as a stream with nothing in it, or with calls that can't be read. */
  boolean wasSpoilt() {
    return streamed != null && (streamed.isEmpty() || !streamed.hasReadableCalls());
  }

  private @Nullable String readEvents(BufferedSource body) throws IOException {
    WordsListener listener = call.listener();
    StreamedAnswer answer = new StreamedAnswer();
    streamed = answer;
    AnswerEvents events = new AnswerEvents(body);
    long heard = 0;
    try {
      for (JsonNode event = events.next(); event != null; event = events.next()) {
        String words = answer.add(event);
        heard += words.length();
        if (heard > MAX_WORDS) {
          return null;
        }
        if (!words.isEmpty() && listener != null) {
          listener.hears(words);
        }
      }
    } catch (IOException e) {
      if (!answer.isEnded()) {
        throw e;
      }
    }
    return answer.isEnded() || (events.isDone() && answer.isAnything()) ? answer.toJson() : null;
  }

  private static String type(Response response) {
    String type = response.header("Content-Type");
    return type == null ? "" : type.toLowerCase(Locale.ROOT);
  }
}
