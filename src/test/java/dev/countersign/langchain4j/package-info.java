@NullMarked
package dev.countersign.langchain4j;

import org.jspecify.annotations.NullMarked;
