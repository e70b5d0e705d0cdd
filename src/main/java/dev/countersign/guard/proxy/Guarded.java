package dev.countersign.guard.proxy;

import dev.countersign.guard.Gate;
import org.jspecify.annotations.Nullable;

/** What the subclass of a guarded class is, beside that class; implemented by generated code. */
public interface Guarded {
  /** Null: its constructor runs. */
  @Nullable Gate countersign$gate();

  /** Before anything can be injected into the bean. */
  void countersign$gate(Gate gate);
}
