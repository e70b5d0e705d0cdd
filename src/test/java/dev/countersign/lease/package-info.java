@NullMarked
package dev.countersign.lease;

import org.jspecify.annotations.NullMarked;
