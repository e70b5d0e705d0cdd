@NullMarked
package dev.countersign.notification;

import org.jspecify.annotations.NullMarked;
