/** Tests of the package of this name. */
@NullMarked
package dev.countersign.purchase;

import org.jspecify.annotations.NullMarked;
