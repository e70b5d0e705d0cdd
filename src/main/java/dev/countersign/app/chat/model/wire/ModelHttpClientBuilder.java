package dev.countersign.app.chat.model.wire;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Gives LangChain4j our {@link HttpClient}. */
public final class ModelHttpClientBuilder implements HttpClientBuilder {
  /** A dead address is to be told of soon. */
  private Duration connectTimeout = Duration.ofSeconds(4);

  private Duration readTimeout = Duration.ofSeconds(60);
  private final @Nullable Duration stream;
  private final boolean completionTokens;

  /**
   * Makes one.
   *
   * @param stream longest time for all of an answer that is streamed; null: none is
   * @param completionTokens whether {@code max_tokens} is called {@code max_completion_tokens}, as
   *     OpenAI's newer models want
   */
  public ModelHttpClientBuilder(@Nullable Duration stream, boolean completionTokens) {
    this.stream = stream;
    this.completionTokens = completionTokens;
  }

  @Override
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** LangChain4j sets the time of an answer here too: what is longer than ours is not taken. */
  @Override
  public HttpClientBuilder connectTimeout(Duration timeout) {
    connectTimeout = connectTimeout.compareTo(timeout) < 0 ? connectTimeout : timeout;
    return this;
  }

  @Override
  public Duration readTimeout() {
    return readTimeout;
  }

  @Override
  public HttpClientBuilder readTimeout(Duration timeout) {
    readTimeout = timeout;
    return this;
  }

  @Override
  public HttpClient build() {
    return new ModelHttpClient(connectTimeout, readTimeout, stream, completionTokens);
  }
}
