package dev.countersign.app.purchase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.app.shop.BearerToken;
import dev.countersign.app.shop.LookUpAnswer;
import dev.countersign.app.shop.Order;
import dev.countersign.app.shop.OrderAnswer;
import dev.countersign.app.shop.ShopClient;
import dev.countersign.clock.RemoteClocks;
import dev.countersign.vault.Vault;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An order goes by the Temporal server's clock, whatever this machine's shows. */
class PurchaseClockTest {
  private static final Duration AHEAD = Duration.ofMinutes(4);
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(2);

  private static final String QUEUE = "orders";
  private static final String ID = "order-1";

  private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();
  private final Vault vault = Vault.withKeys("k1:MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=");
  private final RemoteClocks clocks =
      new RemoteClocks(InstantSource.offset(InstantSource.system(), AHEAD), Duration.ofMinutes(5));
  private final AtomicInteger orders = new AtomicInteger();

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void aTokenIsSentUntilItEndsAtTemporal() {
    serverShows(Instant.now());

    OrderAnswer answer = place(Instant.now().plus(TOKEN_LIFE));

    assertThat(answer).isInstanceOf(OrderAnswer.Ordered.class);
    assertThat(orders).hasValue(1);
  }

  @Test
  void aTokenThatHasEndedAtTemporalIsNotSent() {
    serverShows(Instant.now());

    assertThat(place(Instant.now().minusSeconds(1))).isInstanceOf(OrderAnswer.TokenEnded.class);
    assertThat(orders).hasValue(0);
  }

  /** As after the machine has stood still: the workflow has gone on without it. */
  @Test
  void anAttemptThatIsOverAtTemporalOrdersNothing() {
    serverShows(Instant.now().plus(Duration.ofDays(1)));

    assertThat(place(null)).isInstanceOf(OrderAnswer.NotSent.class);
    assertThat(orders).hasValue(0);
  }

  private void serverShows(Instant now) {
    long nanos = System.nanoTime();
    clocks.of(RemoteClocks.TEMPORAL).observe(now, Duration.ofMillis(1), nanos - 1_000_000, nanos);
  }

  private OrderAnswer place(@Nullable Instant tokenEnds) {
    ShopClient shop = new CountingShop();
    Worker worker = temporal.newWorker(QUEUE);
    worker.registerWorkflowImplementationTypes(OneOrderWorkflowImpl.class);
    worker.registerActivitiesImplementations(
        new PurchaseConfiguration().purchaseActivities(shop, vault, settings(), clocks));
    temporal.start();
    return temporal
        .getWorkflowClient()
        .newWorkflowStub(
            OneOrderWorkflow.class,
            WorkflowOptions.newBuilder().setWorkflowId(ID).setTaskQueue(QUEUE).build())
        .place(
            new PlaceOrder(
                new Purchase("headphones", 2, null), vault.seal("token", ID), tokenEnds));
  }

  private static PurchaseSettings settings() {
    return new PurchaseSettings(
        new BindingMessageRules(BindingMessageRules.DEFAULT_TEMPLATE, "[A-Za-z0-9 .]", 64, null),
        PurchaseDetails.OFF,
        List.of("openid"),
        null,
        null,
        Duration.ofMinutes(5),
        null,
        new OrderingSettings(
            Duration.ofSeconds(10), true, Duration.ofMinutes(15), true, null, Duration.ZERO));
  }

  /** Makes one attempt. */
  @WorkflowInterface
  public interface OneOrderWorkflow {
    @WorkflowMethod
    OrderAnswer place(PlaceOrder order);
  }

  /** As a purchase makes it. */
  public static class OneOrderWorkflowImpl implements OneOrderWorkflow {
    @Override
    public OrderAnswer place(PlaceOrder order) {
      return Workflow.newActivityStub(
              PurchaseActivities.class,
              ActivityOptions.newBuilder()
                  .setStartToCloseTimeout(Duration.ofSeconds(15))
                  .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                  .build())
          .placeOrder(order);
    }
  }

  private final class CountingShop implements ShopClient {
    @Override
    public OrderAnswer order(Order order, BearerToken token, String idempotencyKey) {
      orders.incrementAndGet();
      return new OrderAnswer.Ordered("Created");
    }

    @Override
    public LookUpAnswer lookUp(BearerToken token, String idempotencyKey) {
      return new LookUpAnswer.NotFound();
    }
  }
}
