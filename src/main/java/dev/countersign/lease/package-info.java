/**
 * One lease a process: what shows that Temporal stores what this process reports, and that nobody
 * else does its work. Start at {@link dev.countersign.lease.Lease}, which work asks before each
 * step; {@link dev.countersign.lease.ProcessLease} holds it, and when it lapses {@link
 * dev.countersign.lease.LeaseWorkflow} has another process take over. Knows nothing of what the
 * work is.
 */
@NullMarked
package dev.countersign.lease;

import org.jspecify.annotations.NullMarked;
