package dev.countersign.app.chat.model;

import java.io.Serial;

/** The model's calls of tools came as text. */
final class ToolMarkupException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;
}
