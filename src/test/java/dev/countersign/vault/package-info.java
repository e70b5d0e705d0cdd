/** Tests of the package of this name. */
@NullMarked
package dev.countersign.vault;

import org.jspecify.annotations.NullMarked;
