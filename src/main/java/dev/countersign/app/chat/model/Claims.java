package dev.countersign.app.chat.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sentences by which a model says that something was begun or done. Where nothing was, they are
 * left out: as far as they can be known, in the languages that are known here. What is certain is
 * said by us, before the model's words. Its patterns run in workflow code: sizes of conversations
 * depend on them, by which these are full.
 */
public final class Claims {
  private static final Pattern DONE =
      words(
          "\\<(?:(is|are|was|were|been|have|has|i've|we've|successfully|now|just|already)\\>"
              + "[^.!?]{0,40}\\<(ordered|bought|purchased|placed|paid|transferred|deleted"
              + "|booked|completed|confirmed|approved|shipped)\\>"
              + "|I (ordered|bought|purchased|placed|paid|transferred|deleted|booked)\\>"
              + "|(ordered|bought|purchased|transferred|booked) (\\d+|an?|the|your)\\>"
              + "|(order|purchase|payment|transfer)\\>[^.!?]{0,30}\\<(went through|is complete"
              + "|is confirmed|succeeded|on (its|the) way)\\>"
              + "|(ordered|bought|purchased|confirmed|done)\\s*[!:✅]|on (its|their|the) way\\>"
              + "|(wurden?|ist|sind|habe|haben)\\>[^.!?]{0,60}\\<(bestellt|gekauft|überwiesen"
              + "|bezahlt|gesendet|gelöscht|gebucht|bestätigt)\\>"
              + "|(a|ont|est|sont|été|ai|avons)\\>[^.!?]{0,40}\\<(commandée?s?|achetée?s?|payée?s?"
              + "|virée?s?|envoyée?s?|confirmée?s?)\\>"
              + "|(ha|han|he|hemos|sido|está|están)\\>[^.!?]{0,40}\\<(pedid[oa]s?|comprad[oa]s?"
              + "|pagad[oa]s?|enviad[oa]s?|confirmad[oa]s?)\\>)");

  /** Of what a turn without calls can't have done. */
  private static final Pattern BEGUN =
      words(
          "\\<(?:(asked|asking|notified|request(ed)? (was |has been )?sent)\\>[^.!?]{0,40}\\<phone\\>"
              + "|phone\\>[^.!?]{0,20}\\<(asks|is asking|is ringing|rings|was asked)\\>"
              + "|(is|are|was|were|been)( now)? cancell?ed\\>"
              + "|I('ve| have) (begun|started|requested|cancelled|canceled)\\>"
              + "|approval is (needed|required|requested): *[\"“„«])");

  /** Joy over what isn't so. */
  private static final Pattern JOY =
      words("\\<(?:congratulations|(great|good) news|enjoy your)\\>");

  /** What turns such a sentence into another, before or in it. */
  private static final Pattern NOT_SAID =
      words(
          "\\<(not|no|never|nothing|none|once|when|if|until|unless|before|after|to have"
              + "|cannot|nicht|nichts|kein|keine|sobald|wenn|falls|bis|erst|ne|pas|rien|dès|si|quand"
              + "|nada|cuando|hasta)\\>|n['’]t\\>");

  private static final Pattern SENTENCE =
      Pattern.compile("[^\\n](?:[^\\n.!?]|[.!?](?!\\s))*+[.!?]?|\\n");

  private Claims() {}

  /**
   * A pattern in which {@code \<} and {@code \>} are where a word begins and ends. {@code \b} alone
   * says the same, but takes ten times as long, too long for a workflow's thread and a long answer:
   * it is asked only where a look at the character before leaves it open.
   */
  private static Pattern words(String pattern) {
    return Pattern.compile(
        "(?iU)" + pattern.replace("\\<", "(?<!\\w)\\b").replace("\\>", "(?!\\w)"));
  }

  /** The text without sentences that say that something was done; null: nothing else is left. */
  public static @Nullable String leftOut(String text) {
    StringBuilder left = new StringBuilder();
    Matcher sentences = SENTENCE.matcher(text);
    while (sentences.find()) {
      String sentence = sentences.group();
      if (!says(DONE, sentence) && !says(JOY, sentence)) {
        left.append(sentence);
      }
    }
    String words = left.toString().strip();
    return words.isEmpty() ? null : words;
  }

  /** Whether a text says that something was begun or done. */
  public static boolean isIn(String text) {
    return SENTENCE
        .matcher(text)
        .results()
        .anyMatch(sentence -> says(DONE, sentence.group()) || says(BEGUN, sentence.group()));
  }

  /** The text up to the first sentence that says that something was begun or done. */
  static String before(String text) {
    Matcher sentences = SENTENCE.matcher(text);
    while (sentences.find()) {
      String sentence = sentences.group();
      if (says(DONE, sentence) || says(BEGUN, sentence) || says(JOY, sentence)) {
        return text.substring(0, sentences.start()).stripTrailing();
      }
    }
    return text;
  }

  private static boolean says(Pattern claim, String sentence) {
    Matcher found = claim.matcher(sentence);
    return !sentence.endsWith("?")
        && found.find()
        && !NOT_SAID.matcher(sentence.substring(0, found.end())).find();
  }
}
