package dev.countersign.app.chat.model.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.countersign.app.chat.model.wire.StreamTerms.Term;
import dev.countersign.http.Exchange;
import dev.countersign.http.RetryAfter;
import dev.countersign.http.Transport;
import dev.countersign.http.Words;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of LangChain4j's OpenAI model, each once. Plain http is HTTP/1.1: not every
 * server ignores an offer of HTTP/2.
 */
final class ModelHttpClient implements HttpClient {
  /** What is shorter stands for no key, and may be a usual word. */
  private static final int LEAST_SECRET = 7;

  private static final MediaType JSON = MediaType.get("application/json");

  private final Transport whole;
  private final @Nullable Transport streaming;
  private final boolean completionTokens;
  private final StreamTerms streams = new StreamTerms();

  /**
   * Makes one.
   *
   * @param connect longest time to connect
   * @param answer longest time for all of an answer that comes whole, and until the next words of
   *     one that is streamed
   * @param stream longest time for all of an answer that is streamed; null: none is
   * @param completionTokens whether {@code max_tokens} is called {@code max_completion_tokens}
   */
  ModelHttpClient(
      Duration connect, Duration answer, @Nullable Duration stream, boolean completionTokens) {
    this.completionTokens = completionTokens;
    OkHttpClient base = new OkHttpClient();
    whole = Transport.reusing(base, connect, answer, answer.plus(connect));
    streaming =
        stream == null ? null : Transport.reusing(base, connect, answer, stream.plus(connect));
  }

  /**
   * Sends a request.
   *
   * @throws ModelServerException if the answer is an error, or has one in it
   * @throws UnreadableAnswerException if it is no model's answer
   * @throws ModelUnreachableException if nobody got the request
   * @throws ModelSilentException if no answer came
   */
  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    WireCall call = WireCall.current();
    return switch (exchange(request, call)) {
      case Exchange.NotSent(var reason) -> throw new ModelUnreachableException(reason);
      case Exchange.Lost(var reason) -> throw new ModelSilentException(reason);
      case Exchange.Answered answered -> response(answered, call, key(request));
    };
  }

  /** Asks as the server lets itself be asked; where it refuses a stream, once more without. */
  private Exchange exchange(HttpRequest request, WireCall call) {
    if (call.listener() == null || streaming == null) {
      return whole.send(http(request, call, Term.WHOLE), new AnswerReceiver(call));
    }
    Term term = streams.term();
    while (true) {
      AnswerReceiver receiver = new AnswerReceiver(call);
      Transport transport = term == Term.WHOLE ? whole : streaming;
      Exchange exchange = transport.send(http(request, call, term), receiver);
      Term other = streams.otherThan(term, exchange);
      if (other == null && receiver.wasSpoilt()) { // some servers only stream them wrong
        return whole.send(http(request, call, Term.WHOLE), new AnswerReceiver(call));
      }
      if (other == null) {
        if (isSuccess(exchange)) {
          streams.taken(term, receiver.wasStreamed());
        }
        return exchange;
      }
      term = other;
    }
  }

  private static boolean isSuccess(Exchange exchange) {
    return exchange instanceof Exchange.Answered answered && answered.isSuccess();
  }

  private Request http(HttpRequest request, WireCall call, Term term) {
    var http = new Request.Builder().url(request.url());
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> http.addHeader(name, value)));
    try {
      String body =
          WireRequest.complete(
              Objects.requireNonNull(request.body()), call, completionTokens, term);
      return http.method(request.method().name(), RequestBody.create(body, JSON)).build();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("LangChain4j's request is no JSON", e);
    }
  }

  private static SuccessfulHttpResponse response(
      Exchange.Answered answered, WireCall call, String key) {
    String body = answered.body();
    if (!answered.isSuccess()) {
      throw error(answered.status(), answered, key);
    }
    if (body == null) {
      throw new ModelSilentException("The answer broke off, or was too long");
    }
    WireAnswer answer = WireAnswer.of(body);
    if (answer != null && answer.errorStatus() != 0) {
      throw error(answer.errorStatus(), answered, key);
    }
    boolean isNothing =
        answer == null ? body.isBlank() || WireAnswer.isBrokenOff(body) : answer.isEmpty();
    if (isNothing) {
      throw new ModelSilentException("The answer broke off, or was empty");
    }
    if (answer == null || !answer.isAnswer()) {
      throw new UnreadableAnswerException(answered.status(), words(answered, key));
    }
    call.received(answer.extras());
    return SuccessfulHttpResponse.builder()
        .statusCode(answered.status())
        .headers(
            answered
                .headers()
                .newBuilder()
                .set("Content-Type", "application/json") // as the body is now, in UTF-8
                .build()
                .toMultimap())
        .body(answer.toJson())
        .build();
  }

  private static ModelServerException error(int status, Exchange.Answered answered, String key) {
    return new ModelServerException(
        status,
        words(answered, key),
        String.valueOf(answered.body()),
        retryAfter(answered.headers()));
  }

  /** LiteLLM's proxy passes a provider's header on under another name. */
  private static @Nullable Duration retryAfter(Headers headers) {
    String passedOn = headers.get("llm_provider-retry-after");
    Headers all =
        passedOn == null || headers.get("Retry-After") != null
            ? headers
            : headers.newBuilder().add("Retry-After", passedOn).build();
    return RetryAfter.named(all, Clock.systemUTC());
  }

  /** The first words of an answer; of a redirect, where to. */
  private static String words(Exchange.Answered answered, String key) {
    String to = answered.headers().get("Location");
    String words = Words.clean(to == null ? answered.body() : "to " + to, key);
    return words == null ? answered.statusText() : words;
  }

  private static String key(HttpRequest request) {
    return request.headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Authorization"))
        .flatMap(header -> header.getValue().stream())
        .findFirst()
        .map(value -> value.substring(value.indexOf(' ') + 1))
        .filter(key -> key.length() >= LEAST_SECRET)
        .orElse("");
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("Answers come whole");
  }
}
