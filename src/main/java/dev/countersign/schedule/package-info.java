/**
 * What is done again and again for the whole process. Start at {@link
 * dev.countersign.schedule.PeriodicTask}. Knows neither Temporal nor Spring.
 */
@NullMarked
package dev.countersign.schedule;

import org.jspecify.annotations.NullMarked;
