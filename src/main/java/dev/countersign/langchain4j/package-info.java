/**
 * Guarded methods as tools of LangChain4j's, and tools of other providers that settings guard:
 * start at {@link dev.countersign.langchain4j.GuardedTools}. A bean with guarded methods can be
 * given to {@code AiServices} as it is, too; what is here knows which of a model's calls it is, and
 * answers in words.
 */
@NullMarked
package dev.countersign.langchain4j;

import org.jspecify.annotations.NullMarked;
