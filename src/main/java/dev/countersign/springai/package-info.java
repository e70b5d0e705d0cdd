/**
 * Guarded methods as tools of Spring AI's, and tools of others that settings guard: start at {@link
 * dev.countersign.springai.GuardedToolCallbacks}. A bean with guarded methods can be given to
 * {@code ChatClient.tools} as it is, too; what is here can name calls, ask others than who is
 * signed in, and answers in words whatever comes of a call.
 */
@NullMarked
package dev.countersign.springai;

import org.jspecify.annotations.NullMarked;
