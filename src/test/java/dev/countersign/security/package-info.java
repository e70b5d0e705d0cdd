/** Tests of the package of the same name. */
@NullMarked
package dev.countersign.security;

import org.jspecify.annotations.NullMarked;
