package dev.countersign.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.question.UserQuestionsWorkflow.Entry;
import dev.countersign.question.UserQuestionsWorkflow.Kept;
import dev.countersign.question.UserQuestionsWorkflow.Question;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of a user with many open questions, some are looked at for each that is to be asked. */
@Timeout(60)
class UserQuestionsWorkflowTest {
  private static final String QUEUE = "questions";
  private static final int MANY = 50;

  private final TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance();
  private final Instant now = Instant.ofEpochMilli(environment.currentTimeMillis());
  private final Looks looks = new Looks();

  UserQuestionsWorkflowTest() {
    var worker = environment.newWorker(QUEUE);
    worker.registerWorkflowImplementationTypes(UserQuestionsWorkflowImpl.class);
    worker.registerActivitiesImplementations(looks);
    environment.start();
  }

  @AfterEach
  void close() {
    environment.close();
  }

  /** Knows what the test has said of questions; all others are open. */
  private final class Looks implements QuestionActivities {
    final Map<String, Seen> ended = Collections.synchronizedMap(new TreeMap<>());
    final List<List<String>> looks = Collections.synchronizedList(new ArrayList<>());

    void denied(int number, int minute) {
      end(number, Seen.Answer.DENIED, minute);
    }

    void approved(int number, int minute) {
      end(number, Seen.Answer.APPROVED, minute);
    }

    private void end(int number, Seen.Answer answer, int minute) {
      ended.put(id(number), new Seen(id(number), true, answer, at(minute)));
    }

    @Override
    public List<Seen> look(List<String> ids) {
      looks.add(ids);
      return ids.stream()
          .map(id -> ended.getOrDefault(id, new Seen(id, false, Seen.Answer.NONE, now)))
          .toList();
    }

    @Override
    public List<Seen> awaitAnswer(List<String> ids) {
      throw new AssertionError("Nobody stands in line");
    }
  }

  private static String id(int number) {
    return "question-%02d".formatted(number);
  }

  private Instant at(int minute) {
    return now.minus(Duration.ofHours(1)).plus(Duration.ofMinutes(minute));
  }

  private static QuestionTerms terms(int open, int denials) {
    return new QuestionTerms(
        open, Duration.ofDays(1), 20, Duration.ofHours(1), 0, 0, denials, Duration.ofDays(1));
  }

  /** Of a user who has so many open questions. */
  private UserQuestionsWorkflow withOpen(QuestionTerms terms) {
    var workflow =
        environment
            .getWorkflowClient()
            .newWorkflowStub(
                UserQuestionsWorkflow.class,
                WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
    List<Entry> open =
        IntStream.rangeClosed(1, MANY)
            .mapToObj(number -> new Entry(id(number), now.minusSeconds(MANY - number)))
            .toList();
    WorkflowClient.start(
        workflow::keep, new Kept(terms, open, List.of(), List.of(), List.of(), null));
    return workflow;
  }

  @Test
  void looksAtAFewOfManyEachTimeAtOthers() {
    QuestionTerms terms = terms(0, 3);
    UserQuestionsWorkflow alice = withOpen(terms);

    for (int number = 1; number <= 5; number++) {
      asks(alice, "new-" + number, terms);
    }

    assertThat(looks.looks).hasSize(5).allSatisfy(ids -> assertThat(ids).hasSize(20));
    assertThat(looks.looks.stream().flatMap(List::stream))
        .containsAll(IntStream.rangeClosed(1, MANY).mapToObj(number -> id(number)).toList());
  }

  @Test
  void seesAtOnceThatTheYoungestOfManyAreDenied() {
    QuestionTerms terms = terms(0, 2);
    UserQuestionsWorkflow alice = withOpen(terms);
    looks.denied(MANY, 5);
    looks.denied(MANY - 1, 6);

    assertThat(alice.ask(new Question("new", terms)).kind()).isEqualTo(Verdict.Kind.REFUSED);
  }

  @Test
  void looksAtAllWhereNothingElseGivesRoom() {
    QuestionTerms terms = terms(MANY, 0);
    UserQuestionsWorkflow alice = withOpen(terms);
    looks.approved(25, 1);

    asks(alice, "new", terms);
    assertThat(looks.looks).hasSize(2);
    assertThat(looks.looks.stream().flatMap(List::stream)).hasSize(MANY).doesNotHaveDuplicates();
  }

  @Test
  void looksAtAllForAnApprovalBeforeItRefuses() {
    QuestionTerms terms = terms(0, 2);
    UserQuestionsWorkflow alice = withOpen(terms);
    looks.denied(1, 5);
    looks.approved(25, 6);
    looks.denied(2, 7);

    asks(alice, "new", terms);
  }

  private static void asks(UserQuestionsWorkflow alice, String id, QuestionTerms terms) {
    assertThat(alice.ask(new Question(id, terms)).kind()).isEqualTo(Verdict.Kind.ASK);
  }

  @Test
  void takesNoApprovalForYoungerThanDenialsThatWereSeenEarlier() {
    QuestionTerms terms = terms(0, 2);
    UserQuestionsWorkflow alice = withOpen(terms);
    looks.denied(1, 5);
    looks.denied(2, 6);
    looks.approved(25, 4);

    assertThat(alice.ask(new Question("new-1", terms)).kind()).isEqualTo(Verdict.Kind.REFUSED);
    assertThat(alice.ask(new Question("new-2", terms)).kind()).isEqualTo(Verdict.Kind.REFUSED);
  }

  @Test
  void countsNoDenialsBeforeAnApprovalThatWasSeenEarlier() {
    QuestionTerms terms = terms(0, 2);
    UserQuestionsWorkflow alice = withOpen(terms);
    looks.approved(1, 7);
    looks.denied(25, 5);
    looks.denied(26, 6);

    for (int number = 1; number <= 5; number++) {
      asks(alice, "new-" + number, terms);
    }
  }
}
