package dev.countersign.app.purchase;

import static java.util.stream.Collectors.joining;

import com.google.protobuf.ByteString;
import dev.countersign.app.api.Caller;
import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.approval.Approver;
import io.grpc.StatusRuntimeException;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The purchases of a caller: another user's can't be named, their ids hold the owner's digest. */
@Component
public class Purchases {
  private static final Logger log = LoggerFactory.getLogger(Purchases.class);
  private static final int PAGE_SIZE = 20;

  /** An accepted cancel takes a workflow task or two; longer means that no worker is there. */
  private static final Duration CANCELLED_WITHIN = Duration.ofSeconds(20);

  /** How Temporal calls the end of what didn't end by itself. */
  private static final String STOPPED =
      "ExecutionStatus IN ('Canceled', 'Failed', 'Terminated', 'TimedOut')";

  private final WorkflowClient client;
  private final WorkflowPages workflows;
  private final PurchaseStates states;
  private final Duration patienceForOne;
  private final Duration patienceForMany;

  /** Purchases of the client's namespace. */
  @Autowired
  public Purchases(WorkflowClient client, WorkflowPages workflows) {
    this(client, workflows, OpenWorkflows.PATIENCE_FOR_ONE, OpenWorkflows.PATIENCE_FOR_MANY);
  }

  Purchases(
      WorkflowClient client,
      WorkflowPages workflows,
      Duration patienceForOne,
      Duration patienceForMany) {
    this.client = client;
    this.workflows = workflows;
    this.patienceForOne = patienceForOne;
    this.patienceForMany = patienceForMany;
    this.states = new PurchaseStates(client);
  }

  Purchases(WorkflowClient client) {
    this(client, new WorkflowPages(client));
  }

  /**
   * Some of the caller's purchases.
   *
   * @param next where the next page starts; null: there is none
   */
  record Page(List<PurchaseState> purchases, @Nullable ByteString next) {}

  /**
   * Starts a purchase, or finds the one that was started with this key.
   *
   * @param approver who is to be asked
   * @return where the purchase stands, which may be of other terms when the key is an old one
   */
  PurchaseState start(Caller caller, Purchase purchase, Approver approver, IdempotencyKey key) {
    String id = PurchaseIds.of(caller, key);
    PurchaseInput input = new PurchaseInput(caller.sub(), purchase, null, approver);
    try {
      PurchaseWorkflow workflow =
          client.newWorkflowStub(PurchaseWorkflow.class, PurchaseStart.byClient(id, input));
      WorkflowClient.start(workflow::buy, input);
    } catch (WorkflowExecutionAlreadyStarted e) {
      return states.of(id, patienceForOne).orElseThrow(() -> e);
    }
    try {
      return states.of(id, patienceForOne).orElseGet(() -> justStarted(id, purchase));
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      log.warn("Started {}, but it can't be read where it stands: {}", id, e.getMessage());
      return justStarted(id, purchase);
    }
  }

  /** What is certain of a purchase that was started a moment ago. */
  private static PurchaseState justStarted(String id, Purchase purchase) {
    return new PurchaseState(
        id,
        null,
        purchase.product(),
        purchase.qty(),
        purchase.priceLimit(),
        PurchaseStatus.REQUESTED,
        null,
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * Where one of the caller's purchases stands, as far as that can be known; empty: there is none
   * of that id.
   */
  public Optional<PurchaseState> find(Caller caller, String id) {
    return find(caller, id, patienceForOne);
  }

  private Optional<PurchaseState> find(Caller caller, String id, Duration patience) {
    return PurchaseIds.belongTo(caller, id) ? states.of(id, patience) : Optional.empty();
  }

  /**
   * Where those of the caller's purchases stand that are there, in the order of their ids. They are
   * asked side by side; one that can't be shown at all is left out.
   */
  public List<PurchaseState> find(Caller caller, List<String> ids) {
    Duration patience = ids.size() == 1 ? patienceForOne : patienceForMany;
    return SideBySide.look(ids, id -> findOrLog(caller, id, patience)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<PurchaseState> findOrLog(Caller caller, String id, Duration patience) {
    try {
      return find(caller, id, patience);
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw e; // the server's fault: the others can't be known either
    } catch (RuntimeException e) {
      log.error("{} can't be shown", id, e);
      return Optional.empty();
    }
  }

  /**
   * The caller's purchases, a page at a time: first those that go on, then by their end. Of those
   * that Temporal lists, the ones that stand elsewhere by now are left out.
   *
   * @param status only those that stand there; null: all
   * @param from start of the page; null: the first
   */
  Page list(Caller caller, @Nullable PurchaseStatus status, @Nullable ByteString from) {
    String query = query(caller, status == null ? Set.of() : Set.of(status));
    WorkflowPages.Page found = workflows.find(query, PAGE_SIZE, from);
    List<PurchaseState> purchases =
        find(caller, found.workflows().stream().map(WorkflowPages.Found::id).toList()).stream()
            .filter(purchase -> status == null || purchase.status() == status)
            .toList();
    return new Page(purchases, found.next());
  }

  /**
   * Ids of the caller's purchases: first those that go on, then by their end. Temporal's list is a
   * moment late.
   *
   * @param statuses only those that stand so, and where they may, those that were stopped from
   *     outside: their status in Temporal's list is an old one; empty: all
   * @param most at most that many, up to 1,000
   */
  public List<String> ids(Caller caller, Set<PurchaseStatus> statuses, int most) {
    return workflows.find(query(caller, statuses), most, null).workflows().stream()
        .map(WorkflowPages.Found::id)
        .toList();
  }

  private static String query(Caller caller, Set<PurchaseStatus> statuses) {
    String mine = "WorkflowType = 'Purchase' AND UserId = '" + caller.digest() + "'";
    if (statuses.isEmpty()) {
      return mine;
    }
    String such =
        statuses.stream()
            .map(status -> "'" + status + "'")
            .sorted()
            .collect(joining(", ", "PurchaseStatus IN (", ")"));
    boolean maybeStopped = statuses.stream().anyMatch(StoppedPurchase.STATUSES::contains);
    return mine + " AND " + (maybeStopped ? "(" + such + " OR " + STOPPED + ")" : such);
  }

  /**
   * Takes one of the caller's purchases back; again: the same answer. Empty: there is none of that
   * id.
   *
   * @throws TooLateToCancelException if it is being ordered or has ended otherwise
   */
  public Optional<PurchaseState> cancel(Caller caller, String id) {
    if (!PurchaseIds.belongTo(caller, id)) {
      return Optional.empty();
    }
    try {
      UpdateOptions<PurchaseState> options =
          UpdateOptions.newBuilder(PurchaseState.class)
              .setUpdateName("cancel")
              .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
              .build();
      PurchaseState state =
          client
              .newUntypedWorkflowStub(id)
              .startUpdate(options)
              .getResult(CANCELLED_WITHIN.toSeconds(), TimeUnit.SECONDS);
      if (state.status() != PurchaseStatus.CANCELLED) { // an earlier attempt may have ordered
        throw new TooLateToCancelException(state.status());
      }
      return Optional.of(state);
    } catch (WorkflowNotFoundException | WorkflowUpdateException e) {
      // ended or never was, or refused: the validator's words lose their type on the way
      Optional<PurchaseState> state = find(caller, id);
      PurchaseStatus status = state.map(PurchaseState::status).orElse(PurchaseStatus.CANCELLED);
      if (status == PurchaseStatus.ORDERING
          || (status.isEnd() && status != PurchaseStatus.CANCELLED)) {
        throw new TooLateToCancelException(status);
      }
      if (state.isPresent() && status != PurchaseStatus.CANCELLED) {
        throw e;
      }
      return state;
    }
  }
}
