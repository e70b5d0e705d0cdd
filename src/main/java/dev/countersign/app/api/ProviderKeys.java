package dev.countersign.app.api;

import dev.countersign.ciba.provider.PublishedKeys;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestOperations;

/** A provider's keys, fetched by Spring's client. */
public final class ProviderKeys {
  private ProviderKeys() {}

  /** The set at this address; sends nothing yet. */
  public static PublishedKeys at(URI address, RestOperations http) {
    return new PublishedKeys(address.toString(), () -> text(address, http));
  }

  private static String text(URI address, RestOperations http) throws IOException {
    ResponseEntity<String> answer;
    try {
      answer = http.getForEntity(address, String.class);
    } catch (RestClientException e) {
      throw new IOException(e.getMessage(), e);
    }
    String body = answer.getBody();
    if (answer.getStatusCode().value() != 200 || body == null) {
      throw new IOException("status " + answer.getStatusCode().value());
    }
    return body;
  }
}
