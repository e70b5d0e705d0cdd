/** Tests of the codec server. */
@NullMarked
package dev.countersign.app.codec;

import org.jspecify.annotations.NullMarked;
