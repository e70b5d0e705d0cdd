/** Tests of the package of this name. */
@NullMarked
package dev.countersign.approval;

import org.jspecify.annotations.NullMarked;
