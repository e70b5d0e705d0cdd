/** What workflow code of ours has in common: the time there, and pauses that grow. */
@NullMarked
package dev.countersign.workflow;

import org.jspecify.annotations.NullMarked;
