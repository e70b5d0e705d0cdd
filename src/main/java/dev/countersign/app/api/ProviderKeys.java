package dev.countersign.app.api;

import dev.countersign.ciba.provider.PublishedKeys;
import dev.countersign.ciba.provider.TokenSource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestOperations;

/** A provider's keys, fetched by Spring's client. */
public final class ProviderKeys {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private ProviderKeys() {}

  /**
   * The set at this address; sends nothing yet.
   *
   * @param tokens whose they are that name keys
   * @param http which follows no redirects and bounds what it reads
   */
  public static PublishedKeys at(URI address, TokenSource tokens, RestOperations http) {
    return new PublishedKeys(address.toString(), tokens, () -> text(address, http));
  }

  private static String text(URI address, RestOperations http) throws IOException {
    RequestEntity<?> request =
        RequestEntity.get(address).header(HttpHeaders.ACCEPT, PublishedKeys.ACCEPTED).build();
    ResponseEntity<byte[]> answer;
    try {
      answer = http.exchange(request, byte[].class);
    } catch (RestClientException e) {
      throw new IOException(e.getMessage(), e);
    }
    byte[] body = answer.getBody();
    if (answer.getStatusCode().value() != 200 || body == null) {
      throw new IOException("status " + answer.getStatusCode().value());
    }
    String text = new String(body, StandardCharsets.UTF_8); // whatever the header says of it
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }
}
