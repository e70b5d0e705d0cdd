package dev.countersign.app.chat.conversation;

import com.google.protobuf.ByteString;
import dev.countersign.app.api.Caller;
import dev.countersign.client.WorkflowPages;
import dev.countersign.client.WorkflowPages.Found;
import dev.countersign.guard.UserDigest;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The list of a caller's conversations, newest first. One that was continued as new counts from
 * then: that is the order in which Temporal finds them.
 */
@Component
public class ConversationList {
  private static final Logger log = LoggerFactory.getLogger(ConversationList.class);

  /** So many are asked at once for one request. */
  private static final int PAGE_SIZE = 20;

  /** So many pages are looked through for one request. */
  private static final int SEARCHED_PAGES = 5;

  /** A page shows those that answered by then whole, and the others without their words. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("summary-", 0).factory());
  private final WorkflowPages workflows;
  private final OpenConversations conversations;
  private final UserDigest users;
  private final Duration answerWithin;

  @Autowired
  ConversationList(WorkflowPages workflows, OpenConversations conversations, UserDigest users) {
    this(workflows, conversations, users, ANSWER_WITHIN);
  }

  ConversationList(
      WorkflowPages workflows,
      OpenConversations conversations,
      UserDigest users,
      Duration answerWithin) {
    this.workflows = workflows;
    this.conversations = conversations;
    this.users = users;
    this.answerWithin = answerWithin;
  }

  /**
   * Some of the caller's conversations.
   *
   * @param next where the next page starts; null: there is none
   */
  public record Page(List<ConversationSummary> conversations, @Nullable ByteString next) {}

  /**
   * One page: at most 20.
   *
   * @param from start of the page; null: the first
   */
  public Page list(Caller caller, @Nullable ByteString from) {
    WorkflowPages.Page found = find(caller, from);
    return new Page(
        ask(
            found.workflows(),
            conversations::summary,
            silent -> Optional.of(ConversationSummary.silent(silent.id(), silent.startedAt()))),
        found.next());
  }

  /**
   * The first page that has any conversations with these words, in the title or in what was said:
   * at most 20. Temporal knows none of the words, so that the conversations are asked themselves,
   * one page after the other; 100 for one request. So it may be empty, and have a next one. What
   * doesn't answer in time is left out.
   *
   * @param from start of the page; null: the first
   * @throws ConversationSilentException if none of those on a page answers: nobody knows then what
   *     has the words
   */
  public Page search(Caller caller, String words, @Nullable ByteString from) {
    List<ConversationSummary> having = List.of();
    ByteString next = from;
    int pages = 0;
    do {
      WorkflowPages.Page found = find(caller, next);
      having = having(found.workflows(), words);
      next = found.next();
      pages++;
    } while (having.isEmpty() && next != null && pages < SEARCHED_PAGES);
    return new Page(having, next);
  }

  private List<ConversationSummary> having(List<Found> found, String words) {
    List<Found> silent = new ArrayList<>();
    List<ConversationSummary> having =
        ask(
            found,
            id -> conversations.find(id, words),
            it -> {
              silent.add(it);
              return Optional.empty();
            });
    if (!found.isEmpty() && silent.size() == found.size()) {
      throw ConversationSilentException.ofSearch();
    }
    return having;
  }

  private WorkflowPages.Page find(Caller caller, @Nullable ByteString from) {
    return workflows.find(
        "WorkflowType = 'Conversation' AND ExecutionStatus = 'Running' AND UserId = '"
            + users.of(caller.sub())
            + "'",
        PAGE_SIZE,
        from);
  }

  /**
   * What each one says, of those that say anything.
   *
   * @param ifSilent stands in for the answer of one that doesn't answer in time
   */
  private List<ConversationSummary> ask(
      List<Found> found,
      Function<String, Optional<ConversationSummary>> question,
      Function<Found, Optional<ConversationSummary>> ifSilent) {
    List<Callable<Optional<ConversationSummary>>> questions =
        found.stream()
            .<Callable<Optional<ConversationSummary>>>map(it -> () -> question.apply(it.id()))
            .toList();
    try {
      var answers = threads.invokeAll(questions, answerWithin.toMillis(), TimeUnit.MILLISECONDS);
      var page = Stream.<ConversationSummary>builder();
      for (int i = 0; i < found.size(); i++) {
        answer(found.get(i), answers.get(i), ifSilent).ifPresent(page);
      }
      return page.build().toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while conversations were asked", e);
    }
  }

  /** Empty: it has ended, which Temporal's list didn't know yet, or has nothing to say. */
  private static Optional<ConversationSummary> answer(
      Found found,
      Future<Optional<ConversationSummary>> answer,
      Function<Found, Optional<ConversationSummary>> ifSilent)
      throws InterruptedException {
    try {
      return answer.get();
    } catch (CancellationException | ExecutionException e) {
      log.warn("{} doesn't say what it is about: {}", found.id(), e.toString());
      return ifSilent.apply(found);
    }
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
