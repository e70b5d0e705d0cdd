package dev.countersign.app.chat.model.wire;

import dev.langchain4j.exception.LangChain4jException;
import java.io.Serial;

/** Nothing of the request reached the model's server: there is none, or no way to it. */
public final class ModelUnreachableException extends LangChain4jException {
  @Serial private static final long serialVersionUID = 1;

  ModelUnreachableException(String reason) {
    super(reason);
  }
}
