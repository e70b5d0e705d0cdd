/** Stands for a package of Spring AI's. */
@NullMarked
package org.springframework.ai.chat.model;

import org.jspecify.annotations.NullMarked;
