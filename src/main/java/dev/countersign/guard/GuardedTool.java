package dev.countersign.guard;

import org.jspecify.annotations.Nullable;

/**
 * A guarded tool, under the name by which its calls are known.
 *
 * @param signature what it takes, and its name, unique in an application
 * @param rules what is said of its calls
 * @param contract what a user sees of its calls
 * @param terms on which its calls are made
 * @param remember how approvals of its calls are remembered; null: they aren't
 * @param invocation runs it
 * @param lookUp finds out what became of a call; null: nobody can
 * @param check of arguments, before anybody is asked
 */
record GuardedTool(
    ToolSignature signature,
    ToolRules rules,
    Contract contract,
    CallTerms terms,
    @Nullable RememberTerms remember,
    Invocation invocation,
    @Nullable Invocation lookUp,
    ArgumentCheck check) {

  String name() {
    return signature.name();
  }

  /**
   * Tells this tool from one that takes or returns something else: arguments that were frozen for
   * one don't run another.
   */
  String fingerprint() {
    return Freezer.digest(signature.form()).substring(0, 16);
  }
}
