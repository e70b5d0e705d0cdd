/** Tests of the package of the same name. */
@NullMarked
package dev.countersign.temporal;

import org.jspecify.annotations.NullMarked;
