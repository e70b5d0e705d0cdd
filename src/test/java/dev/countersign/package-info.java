/** Tests of the application as a whole. */
@NullMarked
package dev.countersign;

import org.jspecify.annotations.NullMarked;
