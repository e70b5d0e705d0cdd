/** How often a user may be asked: so that nobody is worn down until they approve. */
@NullMarked
package dev.countersign.question;

import org.jspecify.annotations.NullMarked;
