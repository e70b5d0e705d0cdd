/**
 * The product is broken at random, and what became of each purchase is checked from outside. A
 * {@link dev.countersign.faults.Plan} is drawn from a seed, a {@link dev.countersign.faults.Run}
 * executes it with real processes, the {@link dev.countersign.faults.Audit} judges the {@link
 * dev.countersign.faults.Evidence}, and the {@link dev.countersign.faults.Report} adds it all up.
 */
@NullMarked
package dev.countersign.faults;

import org.jspecify.annotations.NullMarked;
