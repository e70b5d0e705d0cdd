/** A demo bank: the tool {@code transfer_money}, and a book of what it has transferred. */
@NullMarked
package dev.countersign.devservices.bank;

import org.jspecify.annotations.NullMarked;
