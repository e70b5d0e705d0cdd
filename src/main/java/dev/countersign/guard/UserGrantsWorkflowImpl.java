package dev.countersign.guard;

import dev.countersign.workflow.DetailsTable;
import dev.countersign.workflow.Timers;
import dev.countersign.workflow.WorkflowTime;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Keeps a user's remembered approvals until they end or are forgotten. */
public final class UserGrantsWorkflowImpl implements UserGrantsWorkflow {
  private static final Logger log = Workflow.getLogger(UserGrantsWorkflowImpl.class);

  /** No approval is remembered of a call that was asked longer ago. */
  private static final Duration ASKED_WITHIN = Duration.ofDays(1);

  /** Longer, so that clocks may differ. */
  private static final Duration MARKED_FOR = ASKED_WITHIN.plusHours(1);

  /** With them a continued run's input and a query's answer stay below what Temporal takes. */
  private static final int MOST_GRANTS = 50;

  private static final int MOST_MARKS = 100;

  /** By likeness, oldest first. */
  private final Map<String, Grant> grants = new LinkedHashMap<>();

  private final List<Mark> marks = new ArrayList<>();
  private boolean changed;

  /** State is there before {@link #keep} runs: the first signal comes with the start. */
  @WorkflowInit
  public UserGrantsWorkflowImpl(@Nullable Kept kept) {
    if (kept != null) {
      kept.grants().forEach(grant -> grants.put(grant.likeness(), grant));
      marks.addAll(kept.marks());
    }
    showDetails();
  }

  @Override
  public void keep(@Nullable Kept kept) {
    while (true) {
      Instant now = WorkflowTime.now();
      grants.values().removeIf(grant -> !grant.expiresAt().isAfter(now));
      marks.removeIf(mark -> !end(mark).isAfter(now));
      showDetails();
      Optional<Instant> next = nextEnd();
      if (next.isEmpty()) {
        return;
      }
      if (Workflow.getInfo().isContinueAsNewSuggested()) {
        Workflow.newContinueAsNewStub(UserGrantsWorkflow.class)
            .keep(new Kept(List.copyOf(grants.values()), List.copyOf(marks)));
      }
      changed = false;
      Timers.await(
          Duration.between(now, next.get()),
          "Until the next one ends, or what was forgotten need not be known any more",
          () -> changed);
    }
  }

  private Optional<Instant> nextEnd() {
    return Stream.concat(
            grants.values().stream().map(Grant::expiresAt),
            marks.stream().map(UserGrantsWorkflowImpl::end))
        .min(Comparator.naturalOrder());
  }

  private static Instant end(Mark mark) {
    return mark.at().plus(MARKED_FOR);
  }

  @Override
  public void remember(@Nullable Grant grant) {
    Instant now = WorkflowTime.now();
    if (grant == null
        || !grant.expiresAt().isAfter(now)
        || grant.askedAt().plus(ASKED_WITHIN).isBefore(now)
        || marks.stream().anyMatch(mark -> forbids(mark, grant))) {
      log.info("The approval is not remembered: it was forgotten before, or has ended");
      return;
    }
    Grant before = grants.get(grant.likeness());
    if (before != null && before.approvedAt().isAfter(grant.approvedAt())) {
      return;
    }
    grants.remove(grant.likeness()); // the newest is the last
    grants.put(grant.likeness(), grant);
    if (grants.size() > MOST_GRANTS) {
      grants.remove(grants.keySet().iterator().next());
    }
    changed = true;
  }

  private static boolean forbids(Mark mark, Grant grant) {
    return !grant.askedAt().isAfter(mark.at())
        && (mark.likeness() == null || mark.likeness().equals(grant.likeness()))
        && (mark.conversation() == null || mark.conversation().equals(grant.conversation()));
  }

  @Override
  public void forget(@Nullable Forgetting what) {
    Instant now = WorkflowTime.now();
    if (what == null || (what.callId() == null && what.conversation() == null)) {
      forgetAll(now);
    } else if (what.conversation() != null) {
      grants.values().removeIf(grant -> what.conversation().equals(grant.conversation()));
      mark(new Mark(null, what.conversation(), now));
    } else {
      grants.values().stream()
          .filter(grant -> grant.callId().equals(what.callId()))
          .findFirst()
          .ifPresent(grant -> {
            grants.remove(grant.likeness());
            mark(new Mark(grant.likeness(), null, now));
          });
    }
    changed = true;
  }

  private void forgetAll(Instant now) {
    grants.clear();
    marks.clear();
    marks.add(new Mark(null, null, now));
  }

  /** Of very many marks one remains that says more than they do. */
  private void mark(Mark mark) {
    if (marks.size() >= MOST_MARKS) {
      marks.clear();
      marks.add(new Mark(null, null, mark.at()));
    } else {
      marks.add(mark);
    }
  }

  @Override
  public List<Grant> grants() {
    return List.copyOf(grants.values());
  }

  @Override
  public @Nullable Grant covering(String likeness) {
    return grants.get(likeness);
  }

  private void showDetails() {
    DetailsTable table = new DetailsTable();
    grants
        .values()
        .forEach(grant ->
            table.row(
                grant.tool(),
                "%s, approved %s, until %s"
                    .formatted(grant.message(), grant.approvedAt(), grant.expiresAt())));
    Workflow.setCurrentDetails(table.toString());
  }
}
