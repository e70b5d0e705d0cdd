/**
 * Guards methods by a human approval: {@link dev.countersign.guard.RequiresApproval} says which.
 * Whoever calls such a method comes to a {@link dev.countersign.guard.Gate} instead, and only a run
 * that a user has approved passes it.
 */
@NullMarked
package dev.countersign.guard;

import org.jspecify.annotations.NullMarked;
