@NullMarked
package dev.countersign.message;

import org.jspecify.annotations.NullMarked;
