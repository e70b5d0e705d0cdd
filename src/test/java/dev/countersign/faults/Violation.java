package dev.countersign.faults;

/**
 * A rule that was broken.
 *
 * @param subject the purchase, or what else it is about
 * @param evidence what shows it
 */
record Violation(long seed, Rule rule, String subject, String evidence) {

  /** What must hold. */
  enum Rule {
    ONE_ORDER("an approved purchase has one order, or an end that says the truth"),
    NO_ORDER_WITHOUT_APPROVAL("no denied, expired or cancelled purchase has an order"),
    AS_SHOWN("no order differs from what its approved question showed"),
    OWN_TOKEN("no token is used for another purchase or user"),
    TRUE_END("an end says the truth"),
    APPROVAL_HONOURED("an approval given in time counts"),
    PUSHES("one push, one more in each ambiguous case"),
    ONE_POLL_AT_A_TIME("never two polls of one request at once"),
    INTERVAL("no poll before its interval"),
    TOLD_ONCE("each conversation says each outcome once"),
    ASKED_AGAIN_FOR_A_REASON("nobody is asked to approve again but for a lost token"),
    ONE_PURCHASE_PER_WISH("a wish under one key is one purchase"),
    NOT_STUCK("nothing is stuck"),
    HARNESS("the run itself went well");

    final String words;

    Rule(String words) {
      this.words = words;
    }
  }

  @Override
  public String toString() {
    return "Seed %d, %s: %s is broken (%s)%n  %s"
        .formatted(seed, subject, rule, rule.words, evidence);
  }
}
