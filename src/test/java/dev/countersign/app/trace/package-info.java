/** What makes traces, and what is sent of them. */
@NullMarked
package dev.countersign.app.trace;

import org.jspecify.annotations.NullMarked;
