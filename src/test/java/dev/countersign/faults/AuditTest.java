package dev.countersign.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.devservices.loopback.CallLog.Call;
import dev.countersign.devservices.loopback.Fault;
import dev.countersign.devservices.shop.OrderRecord;
import dev.countersign.devservices.shop.PlacedOrder;
import dev.countersign.faults.Evidence.Accepted;
import dev.countersign.faults.Evidence.Bought;
import dev.countersign.faults.Evidence.Cancel;
import dev.countersign.faults.Evidence.Disruption;
import dev.countersign.faults.Evidence.Flow;
import dev.countersign.faults.Evidence.Polled;
import dev.countersign.faults.Evidence.Press;
import dev.countersign.faults.Evidence.Question;
import dev.countersign.faults.Evidence.Refused;
import dev.countersign.faults.Evidence.Said;
import dev.countersign.faults.Violation.Rule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The audit finds what is wrong, and nothing else. A purchase of two lamps, told in seconds. */
class AuditTest {
  private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ID = "c-1-1";
  private static final String ASKED = "q1";
  private static final BigDecimal LIMIT = new BigDecimal("30");
  private static final String MESSAGE = "Do you want to buy 2 lamp1 for at most 30";
  private static final Wish WISH =
      new Wish(
          1,
          "alice",
          1,
          2,
          LIMIT,
          Duration.ZERO,
          Wish.Answer.APPROVE,
          Duration.ofSeconds(3),
          Wish.ModelWay.ONE_CALL);

  private final List<Question> questions = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<OrderRecord> orders = new ArrayList<>();
  private final List<Bought> purchases = new ArrayList<>();
  private final List<Accepted> accepted = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private final List<Cancel> cancels = new ArrayList<>();
  private final List<Said> messages = new ArrayList<>();
  private final List<Flow> workflows = new ArrayList<>();
  private final List<Disruption> disruptions = new ArrayList<>();

  @Test
  void nothingIsWrongWithAnApprovedPurchase() {
    approvedAndOrdered();
    assertThat(broken()).isEmpty();
  }

  @Test
  void findsTwoOrders() {
    approvedAndOrdered();
    orders.add(order(ID, ASKED, 2, "auth0|alice"));
    assertThat(broken()).contains(Rule.ONE_ORDER, Rule.OWN_TOKEN);
  }

  @Test
  void findsAnOrderOfNoPurchase() {
    approvedAndOrdered();
    orders.add(order("p-9", "q9", 2, "auth0|alice"));
    assertThat(broken()).containsExactly(Rule.ONE_ORDER);
  }

  @Test
  void findsAnOrderThatWasNotApproved() {
    approvedAndOrdered();
    questions.set(0, question(null, "Approved"));
    assertThat(broken()).containsExactly(Rule.NO_ORDER_WITHOUT_APPROVAL);
  }

  @Test
  void findsAnOrderThatDiffersFromTheQuestion() {
    approvedAndOrdered();
    orders.set(0, order(ID, ASKED, 3, "auth0|alice"));
    assertThat(broken()).containsExactly(Rule.AS_SHOWN);
  }

  @Test
  void findsAnotherUsersToken() {
    approvedAndOrdered();
    orders.set(0, order(ID, ASKED, 2, "auth0|bob"));
    assertThat(broken()).containsExactly(Rule.OWN_TOKEN);
  }

  @Test
  void findsOrderedWithoutAnOrder() {
    approvedAndOrdered();
    orders.clear();
    assertThat(broken()).containsExactly(Rule.TRUE_END);
  }

  @Test
  void findsAnOrderOfWhatWasDenied() {
    approvedAndOrdered();
    ends("DENIED", "You denied the request; nothing was done.");
    assertThat(broken()).contains(Rule.NO_ORDER_WITHOUT_APPROVAL, Rule.TRUE_END);
  }

  @Test
  void deniedIsTrueWhenTheUserDenied() {
    questions.add(question(new Press(false, at(3)), "Pending", "Ended"));
    ends("DENIED", "You denied the request; nothing was done.");
    assertThat(broken()).isEmpty();
  }

  @Test
  void findsDeniedThoughNobodyDenied() {
    questions.add(question(null, "Pending", "Ended"));
    ends("DENIED", "You denied the request; nothing was done.");
    assertThat(broken()).containsExactly(Rule.TRUE_END);
  }

  @Test
  void findsCancelledThoughNobodyCancelled() {
    questions.add(question(null));
    ends("CANCELLED", "It was cancelled; nothing was done.");
    assertThat(broken()).containsExactly(Rule.TRUE_END);
    cancels.add(new Cancel(ID, at(5), 200));
    assertThat(broken()).isEmpty();
  }

  @Test
  void findsAnApprovalThatDidNotCount() {
    questions.add(question(new Press(true, at(3)), "Pending"));
    ends("EXPIRED", "No approval arrived in time; nothing was done.");
    assertThat(broken()).containsExactly(Rule.APPROVAL_HONOURED);
  }

  @Test
  void findsThatAnApprovalIsSaidNotToHaveArrived() {
    questions.add(question(new Press(true, at(3)), "Pending"));
    temporalIsAway(3, 30);
    ends("EXPIRED", "No approval arrived in time; nothing was done.");
    assertThat(broken()).containsExactly(Rule.TRUE_END);
    ends("EXPIRED", "You could not be asked in time; nothing was done.");
    assertThat(broken()).isEmpty();
  }

  @Test
  void findsAnUnknownOutcomeThoughTheShopAnswered() {
    approvedAndOrdered();
    ends("OUTCOME_UNKNOWN", "The shop gave no clear answer.");
    assertThat(broken()).containsExactly(Rule.TRUE_END);
    calls.add(call(Endpoint.ORDERS, ID, 12, 13, new Fault.LoseAnswer()));
    assertThat(broken()).isEmpty();
  }

  @Test
  void findsAFailureWithoutAReason() {
    questions.add(question(null));
    calls.add(call(Endpoint.ASK, MESSAGE, 0, 1, null));
    ends("FAILED", "The provider was not available.");
    assertThat(broken()).containsExactly(Rule.TRUE_END);
    calls.add(call(Endpoint.ASK, MESSAGE, 2, 3, new Fault.Answer(503)));
    assertThat(broken()).isEmpty();
  }

  @Test
  void findsARefusalThatNobodyGave() {
    approvedAndOrdered();
    orders.clear();
    ends("REJECTED", "This can't be done.");
    assertThat(broken()).containsExactly(Rule.TRUE_END);
  }

  @Test
  void findsTooManyPushes() {
    approvedAndOrdered();
    questions.add(new Question("q2", "auth0|alice", MESSAGE, at(5), at(35), List.of(), null));
    assertThat(broken()).containsExactly(Rule.PUSHES);
    calls.add(call(Endpoint.ASK, MESSAGE, 0, 1, new Fault.LoseAnswer()));
    assertThat(broken()).isEmpty();
    questions.add(new Question("q3", "auth0|alice", MESSAGE, at(6), at(36), List.of(), null));
    assertThat(broken()).containsExactly(Rule.PUSHES);
  }

  @Test
  void findsTwoPollsAtOnce() {
    approvedAndOrdered();
    calls.add(call(Endpoint.TOKEN, ASKED, 5, 8, new Fault.HoldAfter(Duration.ofSeconds(3))));
    calls.add(call(Endpoint.TOKEN, ASKED, 7, 7, null));
    assertThat(broken()).containsExactly(Rule.ONE_POLL_AT_A_TIME);
    temporalIsAway(6, 7);
    assertThat(broken()).isEmpty();
  }

  @Test
  void findsAPollBeforeItsInterval() {
    approvedAndOrdered();
    calls.add(call(Endpoint.TOKEN, ASKED, 5, 6, null));
    calls.add(call(Endpoint.TOKEN, ASKED, 6, 6, null));
    assertThat(broken()).containsExactly(Rule.INTERVAL);
  }

  @Test
  void findsThatTheTenantHadToSlowThePollsDown() {
    approvedAndOrdered();
    questions.set(0, question(new Press(true, at(3)), "SlowDown", "Approved"));
    assertThat(broken()).containsExactly(Rule.INTERVAL);
  }

  @Test
  void findsAnOutcomeThatIsToldTwiceOrNever() {
    approvedAndOrdered();
    messages.add(messages.getFirst());
    assertThat(broken()).containsExactly(Rule.TOLD_ONCE);
    messages.clear();
    assertThat(broken()).containsExactly(Rule.TOLD_ONCE);
  }

  @Test
  void findsAConversationThatSaysAnotherEnd() {
    approvedAndOrdered();
    messages.set(0, new Said("c-1", ID, "So it is: nothing was done", at(9)));
    assertThat(broken()).containsExactly(Rule.TRUE_END);
  }

  @Test
  void findsThatTheUserIsAskedAgainForNoReason() {
    approvedAndOrdered();
    messages.add(new Said("c-1", ID, Notices.LOST, at(5)));
    assertThat(broken()).containsExactly(Rule.ASKED_AGAIN_FOR_A_REASON);
  }

  @Test
  void findsWhatGoesOnForEver() {
    approvedAndOrdered();
    ends("AWAITING_APPROVAL", "");
    assertThat(broken()).containsExactly(Rule.NOT_STUCK);
  }

  @Test
  void findsAFailedWorkflowTask() {
    approvedAndOrdered();
    workflows.add(failedTask("WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE", true));
    assertThat(broken()).containsExactly(Rule.NOT_STUCK);
  }

  @Test
  void findsAHistoryThatDoesNotReplay() {
    approvedAndOrdered();
    workflows.add(failedTask("WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR", false));
    assertThat(broken()).containsExactly(Rule.NOT_STUCK);
  }

  @Test
  void takesNoWorkersStaleCopyForAFault() {
    approvedAndOrdered();
    workflows.add(failedTask("WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR", true));
    assertThat(broken()).isEmpty();
  }

  private static Flow failedTask(String cause, boolean replays) {
    return new Flow(ID, "GuardedCall", "COMPLETED", List.of(cause + ": [TMPRL1100]"), replays, 9);
  }

  @Test
  void findsAWishThatWasRefused() {
    refused.add(new Refused(1, 500, ""));
    assertThat(broken()).containsExactly(Rule.NOT_STUCK);
  }

  @Test
  void findsTwoPurchasesOfOneWish() {
    approvedAndOrdered();
    accepted.add(new Accepted(1, "wish-1-1", List.of("c-1-2"), ""));
    assertThat(broken()).containsExactly(Rule.ONE_PURCHASE_PER_WISH);
  }

  private void approvedAndOrdered() {
    accepted.add(new Accepted(1, "wish-1-1", List.of(ID), "asked"));
    questions.add(question(new Press(true, at(3)), "Pending", "Approved"));
    calls.add(call(Endpoint.TOKEN, ASKED, 2, 2, null));
    calls.add(call(Endpoint.TOKEN, ASKED, 4, 4, null));
    calls.add(call(Endpoint.ORDERS, ID, 5, 6, null));
    orders.add(order(ID, ASKED, 2, "auth0|alice"));
    ends("ORDERED", "");
    messages.set(0, new Said("c-1", ID, "So it is: Created", at(7)));
  }

  private void ends(String status, String reason) {
    purchases.clear();
    purchases.add(new Bought(ID, "alice", "c-1", "lamp1", 2, LIMIT, status, reason, "", MESSAGE));
    messages.clear();
    messages.add(new Said("c-1", ID, "So it is: " + reason, at(7)));
  }

  private void temporalIsAway(int from, int to) {
    disruptions.add(new Disruption(new Trouble.KillTemporal(Duration.ZERO), -1, at(from), at(to)));
  }

  private static Question question(@Nullable Press press, String... answers) {
    List<Polled> polls = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      polls.add(new Polled(at(2 + i * 2), answers[i]));
    }
    return new Question(ASKED, "auth0|alice", MESSAGE, at(0), at(30), polls, press);
  }

  private static OrderRecord order(String key, String token, int qty, String buyer) {
    return new OrderRecord(
        new PlacedOrder("o-" + key, "lamp1", qty, LIMIT, at(6), buyer), key, token);
  }

  private static Call call(
      Endpoint endpoint, String subject, int from, int to, @Nullable Fault fault) {
    return new Call(endpoint.name, subject, at(from), at(to), 200, fault);
  }

  private static Instant at(int second) {
    return BEGAN.plusSeconds(second);
  }

  private Set<Rule> broken() {
    Plan plan =
        new Plan(
            1,
            List.of(new Plan.Circumstances(Duration.ZERO, false)),
            Duration.ofSeconds(30),
            Plan.Pings.NONE,
            List.of(WISH),
            List.of());
    return Audit.of(
            new Evidence(
                plan,
                BEGAN,
                questions,
                calls,
                orders,
                purchases,
                accepted,
                refused,
                cancels,
                messages,
                workflows,
                disruptions))
        .stream()
        .map(Violation::rule)
        .collect(Collectors.toSet());
  }
}
