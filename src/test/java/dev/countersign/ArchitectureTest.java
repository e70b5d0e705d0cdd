package dev.countersign;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.countersign.app.chat.conversation.ConversationWorkflowImpl;
import dev.countersign.app.chat.conversation.ForgottenConversationImpl;
import dev.countersign.guard.GuardedCallWorkflowImpl;
import dev.countersign.lease.LeaseWorkflowImpl;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The arrows between the packages, and what workflow code must not do. */
class ArchitectureTest {
  private static final String ROOT = "dev.countersign";

  /** Package to the packages of ours that it may import; the root package wires them all. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          entry("settings", Set.of()),
          entry("clock", Set.of()),
          entry("http", Set.of("clock")),
          entry("vault", Set.of()),
          entry("audit", Set.of()),
          entry("message", Set.of()),
          entry("payload", Set.of("audit", "vault")),
          entry("workflow", Set.of()),
          entry("schedule", Set.of()),
          entry("ciba", Set.of()),
          entry("ciba.key", Set.of()),
          entry("ciba.client", Set.of("ciba.key")),
          entry("ciba.provider", Set.of("ciba", "ciba.client", "ciba.key", "clock", "http")),
          entry(
              "ciba.grant",
              Set.of("ciba", "ciba.client", "ciba.key", "ciba.provider", "clock", "http")),
          entry(
              "ciba.http",
              Set.of(
                  "ciba",
                  "ciba.client",
                  "ciba.grant",
                  "ciba.key",
                  "ciba.provider",
                  "clock",
                  "http")),
          entry("lease", Set.of("schedule", "workflow")),
          entry("approval", Set.of("audit", "ciba", "lease", "schedule", "vault", "workflow")),
          entry("client", Set.of("workflow")),
          entry("question", Set.of("approval", "client", "workflow")),
          entry("guard", Set.of("approval", "audit", "client", "message", "vault", "workflow")),
          entry("guard.proxy", Set.of("guard")),
          entry("guard.schema", Set.of("guard")),
          entry("langchain4j", Set.of("guard", "guard.proxy", "guard.schema", "vault")),
          entry("springai", Set.of("guard", "guard.proxy", "guard.schema", "vault")),
          entry(
              "metrics",
              Set.of(
                  "approval",
                  "audit",
                  "ciba",
                  "client",
                  "clock",
                  "guard",
                  "lease",
                  "settings",
                  "temporal",
                  "workflow")),
          entry("ping", Set.of("approval", "settings", "temporal")),
          entry(
              "temporal",
              Set.of(
                  "approval",
                  "clock",
                  "lease",
                  "payload",
                  "schedule",
                  "settings",
                  "vault",
                  "workflow")),
          entry("tracing", Set.of("approval", "guard", "http", "settings", "temporal")),
          entry(
              "autoconfigure",
              Set.of(
                  "approval",
                  "ciba",
                  "ciba.client",
                  "ciba.http",
                  "ciba.key",
                  "ciba.provider",
                  "clock",
                  "guard",
                  "guard.proxy",
                  "http",
                  "langchain4j",
                  "lease",
                  "message",
                  "metrics",
                  "question",
                  "settings",
                  "springai",
                  "temporal",
                  "vault",
                  "workflow")),
          entry("app.shop", Set.of("http")),
          entry(
              "app.api",
              Set.of(
                  "audit",
                  "autoconfigure",
                  "ciba.provider",
                  "clock",
                  "settings",
                  "temporal",
                  "vault")),
          entry("app.edge", Set.of("app.api")),
          entry("app.log", Set.of()),
          entry("app.trace", Set.of()),
          entry("app.codec", Set.of("app.api", "audit", "guard", "payload", "temporal", "vault")),
          entry("app.openapi", Set.of("app.api", "autoconfigure")),
          entry(
              "app.signout",
              Set.of("autoconfigure", "client", "clock", "schedule", "temporal", "workflow")),
          entry(
              "app.login",
              Set.of(
                  "app.api",
                  "app.signout",
                  "audit",
                  "autoconfigure",
                  "ciba",
                  "ciba.client",
                  "ciba.key",
                  "ciba.provider",
                  "clock",
                  "guard",
                  "settings",
                  "vault")),
          entry(
              "app.call",
              Set.of("app.api", "approval", "autoconfigure", "ciba", "client", "guard", "vault")),
          entry(
              "app.receipt",
              Set.of("app.api", "approval", "autoconfigure", "ciba", "ciba.key", "guard")),
          entry(
              "app.operator",
              Set.of("app.api", "app.call", "app.receipt", "audit", "client", "clock", "guard")),
          entry(
              "app.purchase",
              Set.of(
                  "app.api",
                  "app.call",
                  "app.shop",
                  "approval",
                  "autoconfigure",
                  "guard",
                  "message",
                  "metrics",
                  "settings")),
          entry(
              "app.chat",
              Set.of(
                  "app.api",
                  "app.call",
                  "app.chat.conversation",
                  "app.chat.model",
                  "app.chat.tool",
                  "app.chat.transcript",
                  "temporal")),
          entry(
              "app.chat.conversation",
              Set.of(
                  "app.api",
                  "app.chat.budget",
                  "app.chat.model",
                  "app.chat.tool",
                  "app.chat.transcript",
                  "approval",
                  "audit",
                  "client",
                  "guard",
                  "workflow")),
          entry("app.chat.budget", Set.of("approval", "audit", "client", "temporal", "workflow")),
          entry(
              "app.chat.model",
              Set.of(
                  "app.chat.budget",
                  "app.chat.model.wire",
                  "app.chat.tool",
                  "app.chat.transcript",
                  "guard",
                  "http",
                  "metrics",
                  "settings",
                  "tracing")),
          entry("app.chat.model.wire", Set.of("http")),
          entry(
              "app.chat.tool",
              Set.of(
                  "app.api", "app.chat.transcript", "approval", "guard", "langchain4j", "tracing")),
          entry("app.chat.transcript", Set.of()),
          entry(
              "app.events",
              Set.of(
                  "app.api", "app.call", "app.chat.conversation", "app.chat.transcript", "guard")),
          entry(
              "app",
              Set.of(
                  "app.api",
                  "app.chat.budget",
                  "app.chat.model",
                  "app.edge",
                  "app.codec",
                  "app.events",
                  "app.log",
                  "app.login",
                  "app.purchase",
                  "app.receipt",
                  "app.trace",
                  "autoconfigure",
                  "guard",
                  "settings",
                  "temporal",
                  "workflow")));

  @SuppressWarnings("unused") // the source of a parameterized test
  private static final Set<String> PACKAGES = ARROWS.keySet();

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @ParameterizedTest
  @FieldSource("PACKAGES")
  void importsOnlyWhatItsArrowsAllow(String importer) {
    importsOnly(importer, ARROWS.getOrDefault(importer, Set.of())).check(MAIN);
  }

  @ParameterizedTest
  @FieldSource("PACKAGES")
  void needsEachOfItsArrows(String importer) {
    Set<String> arrows = ARROWS.getOrDefault(importer, Set.of());

    assertThat(arrows)
        .allSatisfy(imported -> {
          Set<String> others =
              arrows.stream().filter(name -> !name.equals(imported)).collect(Collectors.toSet());
          assertThat(importsOnly(importer, others).evaluate(MAIN).hasViolation()).isTrue();
        });
  }

  @Test
  void knowsEveryPackage() {
    assertThat(MAIN)
        .filteredOn(type -> type.getPackageName().startsWith(ROOT + "."))
        .allMatch(resideInAnyPackage(ours(PACKAGES)));
  }

  @Test
  void hasNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void speaksHttpWithoutSpringAndTemporal() {
    noClasses()
        .that(
            resideInAnyPackage(
                ROOT + ".ciba..", ROOT + ".app.shop..", ROOT + ".http..", ROOT + ".clock.."))
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.springframework..", "io.temporal.."))
        .check(MAIN);
  }

  @Test
  void shipsNoDevelopmentServices() {
    noClasses()
        .should()
        .resideInAPackage("..devservices..")
        .orShould()
        .dependOnClassesThat(resideInAPackage("..devservices.."))
        .check(MAIN);
  }

  @Test
  void replaysTheSameWay() {
    Determinism.rule().check(MAIN);
  }

  @Test
  void findsEveryWorkflow() {
    assertThat(MAIN.that(Determinism.areEntries()))
        .extracting(JavaClass::getName)
        .contains(
            ConversationWorkflowImpl.class.getName(),
            ForgottenConversationImpl.class.getName(),
            GuardedCallWorkflowImpl.class.getName(),
            LeaseWorkflowImpl.class.getName());
  }

  /**
   * A host's starter would register what has its annotations once more, with the host's workers.
   */
  @Test
  void needsNoTemporalStarter() {
    noClasses().should().dependOnClassesThat(resideInAPackage("io.temporal.spring..")).check(MAIN);
  }

  @Test
  void reportsWorkflowCodeWhenItIsNotDeterministic() {
    JavaClasses broken =
        new ClassFileImporter().importClasses(Broken.class, BrokenWorkflow.class, BrokenStep.class);

    String report =
        String.join("\n", Determinism.rule().evaluate(broken).getFailureReport().getDetails());

    assertThat(report)
        .contains(
            "java.time.Instant.now",
            "java.time.LocalDateTime.now",
            "java.time.Clock.systemUTC",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.util.UUID.randomUUID",
            "java.lang.Math.random",
            "java.util.Random.<init>",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.lang.Thread.sleep",
            "java.lang.Thread.<init>",
            "java.util.concurrent.CompletableFuture.runAsync",
            "org.slf4j.LoggerFactory.getLogger",
            "java.util.HashMap.<init>",
            "java.util.HashSet.<init>",
            "depends on org.springframework.",
            "depends on okhttp3.");
  }

  private static ArchRule importsOnly(String importer, Set<String> imported) {
    String[] allowed =
        ours(Stream.concat(Stream.of(importer), imported.stream()).collect(Collectors.toSet()));
    return classes()
        .that(resideInAnyPackage(ours(Set.of(importer))))
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage(ROOT + "..").or(resideInAnyPackage(allowed)))
        .allowEmptyShould(true);
  }

  private static String[] ours(Set<String> packages) {
    return packages.stream().map(ArchitectureTest::pattern).toArray(String[]::new);
  }

  /** A package with others below it in the table stands for itself alone. */
  private static String pattern(String name) {
    boolean alone = ARROWS.keySet().stream().anyMatch(other -> other.startsWith(name + "."));
    return ROOT + "." + name + (alone ? "" : "..");
  }
}
