/**
 * How the log is written: nobody outside can make it say what it doesn't, nor fill it. Start at
 * {@link dev.countersign.app.log.EscapedText}.
 */
@NullMarked
package dev.countersign.app.log;

import org.jspecify.annotations.NullMarked;
