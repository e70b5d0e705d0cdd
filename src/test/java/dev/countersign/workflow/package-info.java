/** Tests of the package of the same name. */
@NullMarked
package dev.countersign.workflow;

import org.jspecify.annotations.NullMarked;
