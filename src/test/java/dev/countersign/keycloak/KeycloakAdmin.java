package dev.countersign.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.devservices.loopback.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Changes the realm over Keycloak's administration API. */
public final class KeycloakAdmin {
  static final String USER = "admin";
  static final String PASSWORD = "admin";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String base;

  KeycloakAdmin(String base) {
    this.base = base;
  }

  /** Undone by {@code close}. */
  public interface Change extends AutoCloseable {
    @Override
    void close();
  }

  /** How long a user has for the answer, until the change is closed. */
  public Change expiresIn(Duration duration) {
    return attribute("cibaExpiresIn", duration);
  }

  /** The least time between two polls, until the change is closed. */
  public Change interval(Duration duration) {
    return attribute("cibaInterval", duration);
  }

  /** Where a client of ping mode is notified, for good. */
  public void notificationEndpoint(String clientId, String url) {
    String clients = realm() + "/clients";
    JsonNode client = get(clients + "?clientId=" + clientId).path(0);
    ObjectNode changed = client.deepCopy();
    changed.withObject("attributes").put("ciba.backchannel.client.notification.endpoint", url);
    put(clients + "/" + client.path("id").asText(), changed);
  }

  /** Makes a realm with Keycloak's own client scopes. */
  void createRealm(JsonNode realm) {
    send(json(base + "/admin/realms").POST(BodyPublishers.ofString(realm.toString())));
  }

  /**
   * Registers something in a realm.
   *
   * @param kind {@code clients} or {@code client-scopes}
   */
  void create(String realm, String kind, JsonNode representation) {
    send(
        json(base + "/admin/realms/" + realm + "/" + kind)
            .POST(BodyPublishers.ofString(representation.toString())));
  }

  /** Changes the members and attributes of a client that are named; the others stay. */
  void changeClient(String realm, String clientId, JsonNode change) {
    String clients = base + "/admin/realms/" + realm + "/clients";
    ObjectNode client = (ObjectNode) get(clients + "?clientId=" + clientId).path(0);
    ObjectNode attributes = client.withObject("attributes").deepCopy();
    change
        .path("attributes")
        .properties()
        .forEach(one -> attributes.set(one.getKey(), one.getValue()));
    client.setAll((ObjectNode) change);
    client.set("attributes", attributes);
    put(clients + "/" + client.path("id").asText(), client);
  }

  private static HttpRequest.Builder json(String url) {
    return HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json");
  }

  private Change attribute(String name, Duration duration) {
    JsonNode before = get(realm()).path("attributes");
    ObjectNode changed = before.deepCopy();
    changed.put(name, Long.toString(duration.toSeconds()));
    setAttributes(changed);
    return () -> setAttributes(before);
  }

  /** All of them: one that is left out falls back to Keycloak's default. */
  private void setAttributes(JsonNode attributes) {
    ObjectNode change = JSON.createObjectNode();
    change.set("attributes", attributes);
    put(realm(), change);
  }

  private String realm() {
    return base + "/admin/realms/" + Keycloak.REALM;
  }

  private JsonNode get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).GET());
  }

  private void put(String url, JsonNode body) {
    send(json(url).PUT(BodyPublishers.ofString(body.toString())));
  }

  private JsonNode send(HttpRequest.Builder request) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              request.header("Authorization", "Bearer " + token()).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            "Keycloak answered " + answer.statusCode() + ": " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String token() throws IOException {
    try (Http http = new Http()) {
      return http.form(
              base + "/realms/master/protocol/openid-connect/token",
              Map.of(
                  "grant_type",
                  "password",
                  "client_id",
                  "admin-cli",
                  "username",
                  USER,
                  "password",
                  PASSWORD))
          .json()
          .path("access_token")
          .asString();
    }
  }
}
