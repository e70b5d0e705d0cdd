@NullMarked
package dev.countersign.clock;

import org.jspecify.annotations.NullMarked;
