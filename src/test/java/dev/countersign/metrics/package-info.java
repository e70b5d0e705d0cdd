@NullMarked
package dev.countersign.metrics;

import org.jspecify.annotations.NullMarked;
