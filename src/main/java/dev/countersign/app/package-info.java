/**
 * The application: start at {@link dev.countersign.app.CountersignApplication}. Each sub-package is
 * one part of it and says in its own {@code package-info} what it is; what may import what is held
 * by {@code ArchitectureTest}.
 */
@NullMarked
package dev.countersign.app;

import org.jspecify.annotations.NullMarked;
