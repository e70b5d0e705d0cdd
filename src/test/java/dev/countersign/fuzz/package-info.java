@NullMarked
package dev.countersign.fuzz;

import org.jspecify.annotations.NullMarked;
