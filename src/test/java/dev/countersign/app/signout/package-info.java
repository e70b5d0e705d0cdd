@NullMarked
package dev.countersign.app.signout;

import org.jspecify.annotations.NullMarked;
