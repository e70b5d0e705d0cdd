/**
 * Shows operators what Temporal keeps sealed: the codec server that Temporal's Web UI and its
 * command line ask, where one is set up. Start at {@link
 * dev.countersign.app.codec.CodecController}.
 */
@NullMarked
package dev.countersign.app.codec;

import org.jspecify.annotations.NullMarked;
