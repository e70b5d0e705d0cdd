package dev.countersign.guard.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.util.ClassUtils;

/**
 * Finds where the code of a class calls guarded methods of its own: such calls would go past a
 * wrapper. What the bytecode tells is who calls methods of that class; whether on itself or on
 * another object of the class, it doesn't.
 */
final class SelfCalls {
  private final Set<String> owners;
  private final Set<String> guarded;
  private final Set<String> callers = new TreeSet<>();

  private SelfCalls(Set<String> owners, Set<String> guarded) {
    this.owners = owners;
    this.guarded = guarded;
  }

  /**
   * The methods that call guarded ones, such as {@code com.example.Bank.payAll}.
   *
   * @throws UnguardableMethodException if the class file can't be read
   */
  static Set<String> in(GuardedClass guarded) {
    List<Class<?>> classes = new ArrayList<>();
    for (Class<?> each = guarded.type();
        each != null && !each.getName().startsWith("java.");
        each = each.getSuperclass()) {
      classes.add(each);
    }
    Set<Class<?>> owners = new LinkedHashSet<>(classes);
    owners.addAll(ClassUtils.getAllInterfacesForClassAsSet(guarded.type()));
    SelfCalls calls =
        new SelfCalls(
            owners.stream()
                .map(each -> each.getName().replace('.', '/'))
                .collect(Collectors.toSet()),
            guarded.methods().keySet());
    owners.stream()
        .filter(each -> each.isInterface() && !each.getName().startsWith("java."))
        .forEach(classes::add); // default methods
    for (Class<?> each : classes) {
      if (Proxy.isProxyClass(each)) {
        continue; // nothing but its interfaces
      }
      calls.read(each);
      Arrays.stream(each.getNestMembers())
          .filter(member -> member.getName().startsWith(each.getName() + "$"))
          .forEach(calls::read);
    }
    return calls.callers;
  }

  private void read(Class<?> type) {
    ClassModel model = ClassFile.of().parse(bytes(type));
    for (MethodModel method : model.methods()) {
      method
          .code()
          .ifPresent(code -> {
            for (CodeElement element : code) {
              if (isCall(element, method.methodName().stringValue())) {
                callers.add(type.getName() + "." + method.methodName().stringValue());
              }
            }
          });
    }
  }

  private boolean isCall(CodeElement element, String caller) {
    return switch (element) {
      case InvokeInstruction call -> {
        String name = call.name().stringValue();
        boolean ofSuper = call.opcode() == Opcode.INVOKESPECIAL && name.equals(caller);
        yield !ofSuper && guarded.contains(name) && owners.contains(call.owner().asInternalName());
      }
      case InvokeDynamicInstruction call ->
          call.bootstrapArgs().stream()
              .anyMatch(
                  argument -> argument instanceof DirectMethodHandleDesc handle && isCall(handle));
      default -> false;
    };
  }

  private boolean isCall(DirectMethodHandleDesc handle) {
    String owner = handle.owner().descriptorString(); // Lcom/example/Bank;
    return guarded.contains(handle.methodName())
        && owners.contains(owner.substring(1, owner.length() - 1));
  }

  private static byte[] bytes(Class<?> type) {
    String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      if (in == null) {
        throw unreadable(type);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw unreadable(type);
    }
  }

  private static UnguardableMethodException unreadable(Class<?> type) {
    return new UnguardableMethodException(
        List.of(
            "%s has guarded methods, but its class file can't be read, so that nobody knows whether"
                    .formatted(type.getName())
                + " it calls them itself. Let Spring make the bean of its class, by @Component or"
                + " @Import."));
  }
}
