@NullMarked
package dev.countersign.python;

import org.jspecify.annotations.NullMarked;
