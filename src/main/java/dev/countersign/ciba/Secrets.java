package dev.countersign.ciba;

import java.util.Arrays;
import java.util.stream.Stream;

/** What a provider's words must never repeat. */
final class Secrets {
  private final String[] ofClient;

  Secrets(ClientAuthentication authentication) {
    this.ofClient =
        switch (authentication) {
          case ClientAuthentication.ClientSecretPost(_, var secret) ->
              new String[] {secret.value()};
          case ClientAuthentication.ClientSecretBasic(_, var secret) ->
              new String[] {secret.value()};
          case ClientAuthentication.PrivateKeyJwt _,
              ClientAuthentication.TlsClientAuth _,
              ClientAuthentication.SelfSignedTlsClientAuth _ ->
              new String[0];
        };
  }

  /** The client's, and those of one request. */
  String[] hidden(String... ofRequest) {
    return Stream.concat(Arrays.stream(ofClient), Arrays.stream(ofRequest)).toArray(String[]::new);
  }
}
