/**
 * Answers that a real or a hostile identity provider, shop or model's server might give, made up
 * from a seed, and a server that gives them as they are on the wire. Start at {@link
 * dev.countersign.answers.Cases}: it runs a test for as many as are asked for.
 */
@NullMarked
package dev.countersign.answers;

import org.jspecify.annotations.NullMarked;
