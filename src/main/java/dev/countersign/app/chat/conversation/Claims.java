package dev.countersign.app.chat.conversation;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sentences by which a model says that something was done. Where nothing was, they are left out: as
 * far as they can be known, in the languages that are known here. What is certain is said by us,
 * before the model's words.
 */
final class Claims {
  private static final Pattern DONE =
      Pattern.compile(
          "(?iU)\\b(is|are|was|were|been|have|has|i've|we've|successfully|now|just|already)\\b"
              + "[^.!?]{0,40}\\b(ordered|bought|purchased|placed|paid|transferred|sent|deleted"
              + "|booked|completed|confirmed|approved|shipped)\\b"
              + "|\\b(order|purchase|payment|transfer)\\b[^.!?]{0,30}\\b(went through|is complete"
              + "|is confirmed|succeeded|on (its|the) way)\\b"
              + "|\\b(ordered|bought|purchased|confirmed|done)\\s*[!:✅]|\\bon (its|their|the) way\\b"
              + "|\\bcongratulations\\b|\\bgreat news\\b|\\bgood news\\b|\\benjoy your\\b"
              + "|\\b(wurden?|ist|sind|habe|haben)\\b[^.!?]{0,60}\\b(bestellt|gekauft|überwiesen"
              + "|bezahlt|gesendet|gelöscht|gebucht|bestätigt)\\b"
              + "|\\b(a|ont|est|sont|été|ai|avons)\\b[^.!?]{0,40}\\b(commandée?s?|achetée?s?|payée?s?"
              + "|virée?s?|envoyée?s?|confirmée?s?)\\b"
              + "|\\b(ha|han|he|hemos|sido|está|están)\\b[^.!?]{0,40}\\b(pedid[oa]s?|comprad[oa]s?"
              + "|pagad[oa]s?|enviad[oa]s?|confirmad[oa]s?)\\b");

  /** What turns such a sentence into another. */
  private static final Pattern NOT_SAID =
      Pattern.compile(
          "(?iU)\\b(not|no|never|nothing|none|once|when|if|until|unless|before|after|will|would"
              + "|cannot|nicht|nichts|kein|keine|sobald|wenn|falls|bis|erst|ne|pas|rien|dès|si|quand"
              + "|nada|cuando|hasta)\\b|n't\\b|n’t\\b");

  private static final Pattern BETWEEN_SENTENCES = Pattern.compile("(?<=[.!?])\\s+|\\n+");

  private Claims() {}

  /** The text without such sentences; null: nothing else is left. */
  static @Nullable String leftOut(String text) {
    String left =
        Arrays.stream(BETWEEN_SENTENCES.split(text))
            .filter(sentence -> !isOne(sentence))
            .collect(joining(" "))
            .strip();
    return left.isEmpty() ? null : left;
  }

  /** Whether a text says that something was done. */
  static boolean isIn(String text) {
    return Arrays.stream(BETWEEN_SENTENCES.split(text)).anyMatch(Claims::isOne);
  }

  private static boolean isOne(String sentence) {
    return DONE.matcher(sentence).find() && !NOT_SAID.matcher(sentence).find();
  }
}
