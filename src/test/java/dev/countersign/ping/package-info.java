@NullMarked
package dev.countersign.ping;

import org.jspecify.annotations.NullMarked;
