/** Tests of the package of this name. */
@NullMarked
package dev.countersign.app.purchase;

import org.jspecify.annotations.NullMarked;
