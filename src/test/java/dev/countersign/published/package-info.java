/** What is published: the three jars and the POM, read as the build has left them. */
@NullMarked
package dev.countersign.published;

import org.jspecify.annotations.NullMarked;
