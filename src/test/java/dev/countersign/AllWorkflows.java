package dev.countersign;

import dev.countersign.app.chat.budget.UserBudgetWorkflowImpl;
import dev.countersign.app.chat.conversation.ConversationWorkflowImpl;
import dev.countersign.app.chat.conversation.ForgottenConversationImpl;
import dev.countersign.app.signout.SignOutsWorkflowImpl;
import dev.countersign.guard.GuardedCallWorkflowImpl;
import dev.countersign.guard.UserCallsWorkflowImpl;
import dev.countersign.guard.UserGrantsWorkflowImpl;
import dev.countersign.lease.LeaseWorkflowImpl;
import dev.countersign.question.UserQuestionsWorkflowImpl;

/** Every workflow that there is, whose histories must replay. */
public final class AllWorkflows {
  private AllWorkflows() {}

  /** What implements them. */
  public static Class<?>[] types() {
    return new Class<?>[] {
      GuardedCallWorkflowImpl.class,
      ConversationWorkflowImpl.class,
      ForgottenConversationImpl.class,
      LeaseWorkflowImpl.class,
      SignOutsWorkflowImpl.class,
      UserBudgetWorkflowImpl.class,
      UserCallsWorkflowImpl.class,
      UserGrantsWorkflowImpl.class,
      UserQuestionsWorkflowImpl.class
    };
  }
}
