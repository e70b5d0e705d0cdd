package dev.countersign.vault;

/**
 * What is sealed. Each purpose has keys of its own, derived from the same {@code countersign.keys}:
 * what was sealed for one can't be opened, or passed off, as anything of another, whatever owner it
 * names.
 */
public enum Purpose {
  /** Access tokens, in the histories of the calls that they were approved for. */
  TOKENS("tokens", true),
  /** What the identity provider names a request for approval by, in histories. */
  HANDLES("handles", true),
  /** What callers say of themselves in secret: hint tokens and user codes, in histories. */
  HINTS("hints", true),
  /** That a call, and what is asked for it, was frozen by this application; in histories. */
  CALLS("calls", true),
  /** The tokens of remembered approvals, in histories. */
  GRANTS("grants", true),
  /** Bearer tokens by which the identity provider notifies this application. */
  NOTIFICATIONS("notifications", true),
  /** Whatever else Temporal keeps. */
  PAYLOADS("payloads", false),
  /** What browsers keep for this application. */
  COOKIES("cookies", false),
  /** Where the next page of a list starts, which callers hold. */
  CURSORS("cursors", false),
  /** Nothing of the above. */
  OTHER("other", true);

  private final String label;
  private final boolean olderForm;

  Purpose(String label, boolean olderForm) {
    this.label = label;
    this.olderForm = olderForm;
  }

  /**
   * Names the purpose in derived keys and in what they sealed: it must never change, and no two
   * purposes may share one.
   */
  String label() {
    return label;
  }

  /**
   * Whether something may still be about that was sealed before purposes had keys of their own: by
   * a key of {@code countersign.keys} itself.
   */
  boolean opensOlderForm() {
    return olderForm;
  }
}
