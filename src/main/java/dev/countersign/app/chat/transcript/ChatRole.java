package dev.countersign.app.chat.transcript;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who speaks. The names on the wire live in workflow histories: never change one. */
public enum ChatRole {
  @JsonProperty("user")
  USER,
  @JsonProperty("assistant")
  ASSISTANT
}
