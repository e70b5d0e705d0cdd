package dev.countersign.benchmark;

import dev.countersign.TestTemporal;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Temporal itself takes for as much: a workflow of three activities that do nothing, with as
 * many changes of search attributes as a call makes. A process of its own: {@code main} runs some
 * to warm up, then those that count, and writes how many a second ended.
 */
final class BareWorkflow {
  private static final String QUEUE = "bare";
  private static final SearchAttributeKey<String> STATUS =
      SearchAttributeKey.forKeyword("ApprovalStatus");

  private BareWorkflow() {}

  /**
   * What it writes at its end.
   *
   * @param perSecond how many workflows ended
   * @param cpuMillis processor time of this process for each
   */
  record Said(double perSecond, double cpuMillis) {
    private static final Pattern LINE = Pattern.compile("(?m)^bare: (\\S+) a second, (\\S+) ms$");

    static Said in(String output) {
      Matcher line = LINE.matcher(output);
      if (!line.find()) {
        throw new IllegalStateException("No figures in " + output);
      }
      return new Said(Double.parseDouble(line.group(1)), Double.parseDouble(line.group(2)));
    }

    String line() {
      return "bare: " + perSecond + " a second, " + cpuMillis + " ms";
    }
  }

  /** Does nothing, three times. */
  @WorkflowInterface
  public interface Three {
    /** Changes search attributes so many times, at most twice. */
    @WorkflowMethod(name = "Bare")
    void run(int changes);
  }

  /** Does nothing. */
  @ActivityInterface
  public interface Nothing {
    /** Returns at once. */
    @ActivityMethod(name = "Nothing")
    String nothing();
  }

  /** The activity. */
  static final class NothingAtAll implements Nothing {
    @Override
    public String nothing() {
      return "";
    }
  }

  /** The workflow. */
  public static final class ThreeImpl implements Three {
    private final Nothing activities =
        Workflow.newActivityStub(
            Nothing.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build());

    @Override
    public void run(int changes) {
      activities.nothing();
      if (changes > 0) {
        Workflow.upsertTypedSearchAttributes(STATUS.valueSet("AWAITING_APPROVAL"));
      }
      activities.nothing();
      activities.nothing();
      if (changes > 1) {
        Workflow.upsertTypedSearchAttributes(STATUS.valueSet("DONE"));
      }
    }
  }

  /** Runs: address of the server, workflows to warm up, workflows that count, changes each. */
  public static void main(String[] arguments) {
    WorkflowServiceStubs stubs = TestTemporal.at(arguments[0]);
    WorkflowClient client = WorkflowClient.newInstance(stubs);
    WorkerFactory factory = WorkerFactory.newInstance(client);
    Worker worker =
        factory.newWorker(
            QUEUE, WorkerOptions.newBuilder().setUsingVirtualThreadsOnActivityWorker(true).build());
    worker.registerWorkflowImplementationTypes(ThreeImpl.class);
    worker.registerActivitiesImplementations(new NothingAtAll());
    factory.start();
    int changes = Integer.parseInt(arguments[3]);
    run(client, Integer.parseInt(arguments[1]), changes);
    int number = Integer.parseInt(arguments[2]);
    Duration cpu = cpu();
    long start = System.nanoTime();
    run(client, number, changes);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println(
        new Said(number / seconds, cpu().minus(cpu).toNanos() / 1e6 / number).line());
    factory.shutdownNow();
    stubs.shutdownNow();
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }

  private static void run(WorkflowClient client, int number, int changes) {
    List<WorkflowStub> begun =
        Stage.all(
            number,
            _ -> {
              Three workflow =
                  client.newWorkflowStub(
                      Three.class,
                      WorkflowOptions.newBuilder()
                          .setWorkflowId("bare-" + UUID.randomUUID())
                          .setTaskQueue(QUEUE)
                          .build());
              WorkflowClient.start(workflow::run, changes);
              return WorkflowStub.fromTyped(workflow);
            });
    begun.forEach(workflow -> workflow.getResult(Void.class));
  }
}
