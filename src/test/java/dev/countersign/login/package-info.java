@NullMarked
package dev.countersign.login;

import org.jspecify.annotations.NullMarked;
