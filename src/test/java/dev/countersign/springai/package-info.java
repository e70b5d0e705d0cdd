@NullMarked
package dev.countersign.springai;

import org.jspecify.annotations.NullMarked;
