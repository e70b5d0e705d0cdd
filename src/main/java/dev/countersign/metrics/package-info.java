/**
 * What operators' dashboards and alarms are made of, by Micrometer: counters of what is audited,
 * and gauges of what Temporal lists, of the lease, the polls and the clocks. No user, argument or
 * id is a tag. Start at {@link dev.countersign.metrics.MetricsAutoConfiguration}.
 */
@NullMarked
package dev.countersign.metrics;

import org.jspecify.annotations.NullMarked;
