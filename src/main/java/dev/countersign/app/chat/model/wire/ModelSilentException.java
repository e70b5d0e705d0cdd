package dev.countersign.app.chat.model.wire;

import dev.langchain4j.exception.LangChain4jException;
import java.io.Serial;

/** The model's server has the request, and its answer didn't come, or not to its end. */
public final class ModelSilentException extends LangChain4jException {
  @Serial private static final long serialVersionUID = 1;

  ModelSilentException(String reason) {
    super(reason);
  }
}
