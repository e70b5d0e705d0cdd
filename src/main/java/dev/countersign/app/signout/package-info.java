/**
 * Who has signed out before their session was over, known to every replica within seconds: one
 * workflow keeps it for all, each process holds what it keeps in memory, and no request waits for
 * Temporal. Start at {@link dev.countersign.app.signout.SignOuts}. Knows nothing of cookies and
 * tokens, and no names: digests stand for sessions and users.
 */
@NullMarked
package dev.countersign.app.signout;

import org.jspecify.annotations.NullMarked;
