/** Tests of what Temporal gets to see. */
@NullMarked
package dev.countersign.payload;

import org.jspecify.annotations.NullMarked;
