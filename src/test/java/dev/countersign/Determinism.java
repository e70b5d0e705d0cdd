package dev.countersign;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.temporal.workflow.WorkflowInterface;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What workflow code must not do, since a replay would do it differently. Workflow code is every
 * implementation of a {@code @WorkflowInterface}, whatever its name, with whatever classes of ours
 * it calls, directly or through others.
 */
final class Determinism {
  private static final Pattern FORBIDDEN_CALL =
      Pattern.compile(
          String.join(
              "|",
              "java\\.time\\..*\\.now",
              "java\\.time\\.Clock\\.(system|tick).*",
              "java\\.lang\\.System\\.(currentTimeMillis|nanoTime|getenv|getProperty)",
              "java\\.lang\\.Math\\.random",
              "java\\.lang\\.Thread\\..*",
              "java\\.util\\.UUID\\.randomUUID",
              "java\\.util\\.(Random|SplittableRandom)\\.<init>",
              "java\\.security\\.SecureRandom\\.<init>",
              "java\\.util\\.concurrent\\.ThreadLocalRandom\\..*",
              "java\\.util\\.concurrent\\.CompletableFuture\\..*Async",
              "java\\.util\\.concurrent\\.(Executors|ForkJoinPool)\\..*",
              "java\\.util\\.(HashMap|HashSet|IdentityHashMap|WeakHashMap)\\.<init>",
              "java\\.util\\..*\\.parallel(Stream)?",
              "org\\.slf4j\\.LoggerFactory\\.getLogger"));

  private static final List<String> FORBIDDEN_PACKAGES =
      List.of("org.springframework.", "okhttp3.", "dev.langchain4j.");

  private Determinism() {}

  static ArchRule rule() {
    return classes().that(areEntries()).should(replay());
  }

  /** Where workflow code begins. */
  static DescribedPredicate<JavaClass> areEntries() {
    return DescribedPredicate.describe(
        "are implementations of workflows",
        type ->
            !type.isInterface()
                && type.getAllRawInterfaces().stream()
                    .anyMatch(one -> one.isAnnotatedWith(WorkflowInterface.class)));
  }

  private static ArchCondition<JavaClass> replay() {
    return new ArchCondition<>("do the same when replayed") {
      @Override
      public void check(JavaClass entry, ConditionEvents events) {
        Set<JavaClass> code = new HashSet<>();
        reach(entry, code);
        for (JavaClass type : code) {
          reportCalls(type, events);
          reportDependencies(type, events);
        }
      }
    };
  }

  private static void reach(JavaClass type, Set<JavaClass> code) {
    if (type.getName().startsWith("dev.countersign.") && code.add(type)) {
      type.getCodeUnitAccessesFromSelf().forEach(access -> reach(access.getTargetOwner(), code));
    }
  }

  private static void reportCalls(JavaClass type, ConditionEvents events) {
    for (JavaCodeUnitAccess<?> access : type.getCodeUnitAccessesFromSelf()) {
      String target = access.getTargetOwner().getName() + "." + access.getTarget().getName();
      if (FORBIDDEN_CALL.matcher(target).matches()) {
        events.add(SimpleConditionEvent.violated(type, access.getDescription()));
      }
    }
  }

  private static void reportDependencies(JavaClass type, ConditionEvents events) {
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      String target = dependency.getTargetClass().getName();
      if (FORBIDDEN_PACKAGES.stream().anyMatch(target::startsWith)) {
        events.add(SimpleConditionEvent.violated(type, type.getName() + " depends on " + target));
      }
    }
  }
}
