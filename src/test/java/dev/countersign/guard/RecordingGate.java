package dev.countersign.guard;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Lets nothing through, and answers texts with what was called. */
final class RecordingGate implements Gate {
  private final List<String> called = new CopyOnWriteArrayList<>();

  @Override
  public @Nullable Object called(GuardedMethod method, @Nullable Object[] arguments) {
    String call = method.name() + Arrays.toString(arguments);
    called.add(call);
    return method.method().getReturnType() == String.class ? "asked: " + call : null;
  }

  List<String> called() {
    return called;
  }

  void forget() {
    called.clear();
  }
}
