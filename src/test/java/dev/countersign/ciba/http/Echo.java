package dev.countersign.ciba.http;

import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** A provider that repeats in its refusal what it was sent. */
final class Echo extends Dispatcher {
  @Override
  public MockResponse dispatch(RecordedRequest request) {
    Map<String, String> form = Provider.form(request);
    String field = form.containsKey("request") ? "request" : "client_assertion";
    return Provider.json(
            400,
            "{\"error\":\"invalid_request\",\"error_description\":\"%s=%s\"}"
                .formatted(field, form.get(field)))
        .build();
  }
}
