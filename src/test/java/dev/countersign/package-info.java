/** Tests of the package of the same name. */
@NullMarked
package dev.countersign;

import org.jspecify.annotations.NullMarked;
