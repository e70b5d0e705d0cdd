package dev.countersign.app.chat.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.app.chat.transcript.Entry;
import dev.countersign.app.chat.transcript.MarkedExtras;
import dev.countersign.app.chat.transcript.Stored;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a model's server sent beside words and calls and wants to have back, such as thoughts:
 * another server, or another model, refuses it, or would read what isn't meant for it.
 */
final class ServerExtras {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As they are stored. More is not kept; the history then goes without. */
  private static final int MAX_BYTES = 24 * 1024;

  private static final int MARK_BYTES = 8;

  private final String mark;

  /** Those of one model at one server. */
  ServerExtras(ModelProperties properties) {
    mark = digest(properties.baseUrl() + "\n" + properties.name());
  }

  private static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, MARK_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /**
   * As they are kept, with a mark of where they came from; null: they are not.
   *
   * @param received a JSON object; null: nothing
   */
  @Nullable String kept(@Nullable String received) {
    if (received == null) {
      return null;
    }
    String kept = MarkedExtras.of(mark, received);
    return Stored.textBytes(kept) <= MAX_BYTES ? kept : null;
  }

  /** What is sent of kept ones: all that came from here, or from before there were marks. */
  @Nullable String sent(@Nullable String kept) {
    String from = kept == null ? null : MarkedExtras.markOf(kept);
    return from == null || from.equals(mark) ? kept : null;
  }

  /** Whether any are sent with a transcript. */
  boolean areSentWith(List<Entry> transcript) {
    return transcript.stream().flatMap(ServerExtras::kept).anyMatch(kept -> sent(kept) != null);
  }

  /** Names of the members among them that certainly came from here. */
  Set<String> ownNames(List<Entry> transcript) {
    Set<String> names = new HashSet<>();
    transcript.stream()
        .flatMap(ServerExtras::kept)
        .filter(kept -> mark.equals(MarkedExtras.markOf(kept)))
        .forEach(kept -> addNames(kept, names));
    return names;
  }

  private static Stream<String> kept(Entry entry) {
    return switch (entry) {
      case Entry.Said(_, var extras) -> Stream.ofNullable(extras);
      case Entry.ToolsCalled called -> Stream.ofNullable(called.extras());
      case Entry.ToolReturned _ -> Stream.empty();
    };
  }

  private static void addNames(String extras, Set<String> names) {
    try {
      JsonNode json = JSON.readTree(extras);
      json.path("message").fieldNames().forEachRemaining(names::add);
      for (JsonNode call : json.path("calls")) {
        call.fieldNames().forEachRemaining(names::add);
        call.path("function").fieldNames().forEachRemaining(names::add);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Kept extras are JSON", e);
    }
  }
}
