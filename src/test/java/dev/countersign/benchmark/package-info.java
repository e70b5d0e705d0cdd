/**
 * What Countersign takes, gives and lasts, measured on this machine: {@link
 * dev.countersign.benchmark.Benchmark} runs the measurements and writes {@code
 * docs/performance.md}, with the raw figures and plots beside it.
 */
@NullMarked
package dev.countersign.benchmark;

import org.jspecify.annotations.NullMarked;
