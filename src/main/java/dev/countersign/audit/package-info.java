/**
 * Who did what that matters to security, for whoever must know later: one event per step, in a
 * logger of its own. Start at {@link dev.countersign.audit.AuditEntry}.
 */
@NullMarked
package dev.countersign.audit;

import org.jspecify.annotations.NullMarked;
