/**
 * What goes over the wire to a model's server beyond what LangChain4j says and reads: servers of
 * OpenAI's kind differ in small things. Start at {@code ModelHttpClient}.
 */
@NullMarked
package dev.countersign.app.chat.model.wire;

import org.jspecify.annotations.NullMarked;
