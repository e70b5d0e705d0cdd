package dev.countersign.app.chat.model.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.http.Exchange;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** On which terms a model's server streams its answers, as it has shown so far. Thread-safe. */
final class StreamTerms {
  private static final Logger log = LoggerFactory.getLogger(StreamTerms.class);

  /** No word of what is upstream, of which gateways speak. */
  private static final Pattern ABOUT_STREAMS =
      Pattern.compile("(?<!up|down)stream", Pattern.CASE_INSENSITIVE);

  private static final Pattern ABOUT_THEIR_OPTIONS =
      Pattern.compile("stream_options|include_usage", Pattern.CASE_INSENSITIVE);

  /** Of a server that takes no stream and doesn't say so: nothing but the words of its status. */
  private static final Set<String> ABOUT_NOTHING =
      Set.of(
          "",
          "badrequest",
          "methodnotallowed",
          "notacceptable",
          "unsupportedmediatype",
          "unprocessableentity",
          "unprocessablecontent",
          "notimplemented");

  /** Of servers that refuse by a status of trouble, as llama.cpp did, or of success. */
  private static final Pattern REFUSAL =
      Pattern.compile("support|cannot|can't|not (allowed|permitted)", Pattern.CASE_INSENSITIVE);

  private static final Pattern NO_WORDS =
      Pattern.compile(
          "\"(error|message|detail|type|code|status|param)\"|null|[^A-Za-z]",
          Pattern.CASE_INSENSITIVE);

  private static final Set<Integer> MAY_BE_ABOUT_STREAMS = Set.of(400, 405, 406, 415, 422, 501);

  private volatile Term term = Term.WITH_USAGE;
  private volatile boolean isProven;

  /** How an answer is asked for, what servers refuse first. */
  enum Term {
    /** As a stream whose last chunk tells the tokens. */
    WITH_USAGE,
    /** As a stream; Mistral refuses {@code stream_options}. */
    WITHOUT_USAGE,
    /** Whole. */
    WHOLE;

    /** Adds to a request what asks for that. */
    void addTo(ObjectNode request) {
      if (this != WHOLE) {
        request.put("stream", true);
      }
      if (this == WITH_USAGE) {
        request.putObject("stream_options").put("include_usage", true);
      }
    }
  }

  /** Those for the next request. */
  Term term() {
    return term;
  }

  /**
   * Those to try instead, where an answer refuses these.
   *
   * @return null: it doesn't
   */
  @Nullable Term otherThan(Term tried, Exchange exchange) {
    if (tried == Term.WHOLE || !(exchange instanceof Exchange.Answered answered)) {
      return null;
    }
    String body = String.valueOf(answered.body());
    if (answered.isSuccess() && !body.startsWith("{\"error\"")) {
      return null;
    }
    String words = ErrorWords.in(body);
    boolean isRefusal =
        MAY_BE_ABOUT_STREAMS.contains(answered.status()) || REFUSAL.matcher(words).find();
    if (isRefusal && ABOUT_STREAMS.matcher(words).find()) {
      return tried == Term.WITH_USAGE && ABOUT_THEIR_OPTIONS.matcher(words).find()
          ? Term.WITHOUT_USAGE
          : Term.WHOLE;
    }
    boolean mayBe =
        !isProven && MAY_BE_ABOUT_STREAMS.contains(answered.status()) && isAboutNothing(body);
    return mayBe ? Term.WHOLE : null;
  }

  private static boolean isAboutNothing(String body) {
    return ABOUT_NOTHING.contains(NO_WORDS.matcher(body).replaceAll("").toLowerCase(Locale.ROOT));
  }

  /** An answer came on these terms, which are kept, unless better ones have been taken before. */
  synchronized void taken(Term by, boolean wasStreamed) {
    boolean isKept = by.compareTo(term) > 0 && !isProven;
    isProven |= wasStreamed;
    if (isKept) {
      term = by;
      log.info("The model's server refuses {}", by == Term.WHOLE ? "streams" : "stream_options");
    }
  }
}
