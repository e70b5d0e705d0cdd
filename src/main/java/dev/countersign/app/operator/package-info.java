/**
 * What operators may see and do of all users' calls: anything but approve. Start at {@link
 * dev.countersign.app.operator.OperatorController}.
 */
@NullMarked
package dev.countersign.app.operator;

import org.jspecify.annotations.NullMarked;
