@NullMarked
package dev.countersign.app.login;

import org.jspecify.annotations.NullMarked;
