package dev.countersign.app.chat.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.app.chat.transcript.Entry.Said;
import dev.countersign.app.chat.transcript.Entry.ToolReturned;
import dev.countersign.app.chat.transcript.Entry.ToolsCalled;
import dev.countersign.app.chat.transcript.ToolCall.CancelCall;
import dev.countersign.app.chat.transcript.ToolCall.GuardedToolCall;
import dev.countersign.app.chat.transcript.ToolCall.InvalidCall;
import dev.countersign.app.chat.transcript.ToolCall.ListCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was said and done in a conversation, oldest first. */
public final class Transcript {
  private static final int MAX_BYTES_FOR_MODEL = 64 * 1024;

  private final List<Entry> entries;
  private int counted;
  private int storedBytes;

  /** Begins with these, oldest first. */
  public Transcript(List<Entry> entries) {
    this.entries = new ArrayList<>(entries);
  }

  /** Appends words that the user sees, and gives them the next number. */
  public ChatMessage say(ChatRole role, String text, Instant at, @Nullable String callId) {
    return say(role, text, at, callId, null);
  }

  /**
   * The same of words with which something came.
   *
   * @param extras what the model's server wants to have back with them; null: nothing
   */
  public ChatMessage say(
      ChatRole role, String text, Instant at, @Nullable String callId, @Nullable String extras) {
    var message = new ChatMessage(messages().size() + 1, role, text, at, callId);
    entries.add(new Said(message, extras));
    return message;
  }

  /**
   * Appends calls of tools.
   *
   * @param text what the model said beside them; null: nothing
   * @param extras what its server wants to have back with them; null: nothing
   */
  public void toolsCalled(@Nullable String text, List<ToolCall> calls, @Nullable String extras) {
    entries.add(new ToolsCalled(text, calls, extras));
  }

  /** Appends what a call returned: of each, in the order of the calls. */
  public void toolReturned(ToolCall call, String result) {
    entries.add(new ToolReturned(call.id(), call.tool(), result));
  }

  /** What the user sees. */
  public List<ChatMessage> messages() {
    return entries.stream()
        .<ChatMessage>mapMulti((entry, messages) -> {
          if (entry instanceof Said(var message, _)) {
            messages.accept(message);
          }
        })
        .toList();
  }

  /** All of it, oldest first. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Bytes that all of it takes in a history. */
  public int storedBytes() {
    for (; counted < entries.size(); counted++) {
      storedBytes += Stored.bytes(entries.get(counted)) + 1; // a comma
    }
    return storedBytes;
  }

  /**
   * What the model gets: the newest bytes in whole turns, so that no tool call is without its
   * result; the newest turn in any case.
   *
   * @param most bytes, at most 64 KB
   */
  public List<Entry> forModel(int most) {
    int limit = Math.min(most, MAX_BYTES_FOR_MODEL);
    int from = entries.size();
    int sum = 0;
    for (int i = entries.size() - 1; i >= 0; i--) {
      sum += bytes(entries.get(i));
      if (sum > limit && from < entries.size()) {
        break;
      }
      if (i == 0 || beginsTurn(entries.get(i))) {
        from = i;
      }
    }
    return List.copyOf(entries.subList(from, entries.size()));
  }

  /**
   * Bytes that their words take in UTF-8. Whether the model is asked again, with less, depends on
   * them, so that another measure needs a version of its own.
   */
  public static int bytes(List<Entry> entries) {
    return entries.stream().mapToInt(Transcript::bytes).sum();
  }

  /** Whether no second turn begins in them. */
  public static boolean isOneTurn(List<Entry> entries) {
    return entries.stream().skip(1).noneMatch(Transcript::beginsTurn);
  }

  private static boolean beginsTurn(Entry entry) {
    return entry instanceof Said(var message, _) && message.role() == ChatRole.USER;
  }

  private static int bytes(Entry entry) {
    return switch (entry) {
      case Said(var message, var extras) ->
          bytes(message.text()) + (extras == null ? 0 : MarkedExtras.counted(extras));
      case ToolsCalled(var text, var calls, var extras) ->
          (text == null ? 0 : bytes(text))
              + (extras == null ? 0 : MarkedExtras.counted(extras))
              + calls.stream().mapToInt(Transcript::bytes).sum();
      case ToolReturned(_, _, var result) -> bytes(result);
    };
  }

  private static int bytes(ToolCall call) {
    return switch (call) {
      case GuardedToolCall guarded -> bytes(guarded.arguments());
      case ListCall _ -> 0;
      case CancelCall(_, var request) -> bytes(request);
      case InvalidCall invalid -> bytes(invalid.arguments());
    };
  }

  private static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }
}
