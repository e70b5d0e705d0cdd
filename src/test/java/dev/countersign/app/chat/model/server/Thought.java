package dev.countersign.app.chat.model.server;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a model answers, before its server gives it a shape. */
sealed interface Thought {

  /** Words for the user. */
  record Words(String text) implements Thought {}

  /** A call of a tool. */
  record Call(String tool, ObjectNode arguments) implements Thought {}
}
