package dev.countersign.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.guard.proxy.GuardedBeanDefinitions;
import dev.countersign.guard.proxy.GuardedBeans;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** Whoever calls a guarded method comes to the gate, whatever the bean is like. */
class GuardedBeansTest {
  private final RecordingGate gate = new RecordingGate();
  private final List<AutoCloseable> contexts = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable context : contexts) {
      context.close();
    }
  }

  private AnnotationConfigApplicationContext context(Class<?>... beans) {
    return context(gate, _ -> {}, beans);
  }

  private AnnotationConfigApplicationContext context(
      Gate gate, Consumer<AnnotationConfigApplicationContext> more, Class<?>... beans) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    contexts.add(context);
    context.registerBean(GuardedBeanDefinitions.class);
    context.registerBean(
        GuardedBeans.class, () -> new GuardedBeans(context.getBeanFactory(), () -> gate));
    if (beans.length > 0) {
      context.register(beans);
    }
    more.accept(context);
    context.refresh();
    return context;
  }

  private static @Nullable Object run(Object bean, String method, Object... arguments)
      throws Throwable {
    return GuardedBeans.run(
        bean, Objects.requireNonNull(GuardedBeans.methods(bean).get(method)), arguments);
  }

  /** Where money comes from. */
  static class Ledger {
    final List<String> booked = new CopyOnWriteArrayList<>();
  }

  /** Not public, as its methods; needs a constructor's arguments. */
  @Component
  static class Bank {
    final Ledger ledger;

    Bank(Ledger ledger) {
      this.ledger = ledger;
    }

    @RequiresApproval(message = "Transfer {amount} EUR to {iban}")
    String transfer(BigDecimal amount, String iban) {
      ledger.booked.add(amount + " to " + iban);
      return "transferred " + amount;
    }

    @RequiresApproval(message = "Close the account {iban}")
    void close(String iban) {
      ledger.booked.add("closed " + iban);
    }

    String transferAll(String iban) {
      return this.transfer(BigDecimal.TEN, iban);
    }

    String balance() {
      return "100";
    }
  }

  @Test
  void asksInsteadOfRunning() {
    var context = context(Ledger.class, Bank.class);

    String answer = context.getBean(Bank.class).transfer(BigDecimal.ONE, "DE1");

    assertThat(answer).isEqualTo("asked: transfer[1, DE1]");
    assertThat(context.getBean(Ledger.class).booked).isEmpty();
  }

  @Test
  void asksWhenTheBeanCallsItself() {
    var context = context(Ledger.class, Bank.class);

    assertThat(context.getBean(Bank.class).transferAll("DE1"))
        .isEqualTo("asked: transfer[10, DE1]");
  }

  @Test
  void leavesOtherMethodsAlone() {
    assertThat(context(Ledger.class, Bank.class).getBean(Bank.class).balance()).isEqualTo("100");
    assertThat(gate.called()).isEmpty();
  }

  @Test
  void runsWhatWasApproved() throws Throwable {
    var context = context(Ledger.class, Bank.class);

    Object answer = run(context.getBean(Bank.class), "transfer", BigDecimal.ONE, "DE1");

    assertThat(answer).isEqualTo("transferred 1");
    assertThat(context.getBean(Ledger.class).booked).containsExactly("1 to DE1");
    assertThat(gate.called()).isEmpty();
  }

  @Test
  void asksAgainAfterARun() throws Throwable {
    Bank bank = context(Ledger.class, Bank.class).getBean(Bank.class);

    run(bank, "transfer", BigDecimal.ONE, "DE1");
    bank.transfer(BigDecimal.ONE, "DE1");

    assertThat(gate.called()).containsExactly("transfer[1, DE1]");
  }

  /** A guarded method that calls itself and others. */
  static class Chain {
    @RequiresApproval(message = "Send {text}")
    String send(String text) {
      return text.isEmpty() ? "sent" : send("") + ", " + delete(text);
    }

    @RequiresApproval(message = "Delete {text}")
    String delete(String text) {
      return "deleted " + text;
    }
  }

  @Test
  void letsARunThroughOnceAndNothingElse() throws Throwable {
    Chain chain = context(Chain.class).getBean(Chain.class);

    assertThat(run(chain, "send", "news")).isEqualTo("asked: send[], asked: delete[news]");
  }

  @Test
  void letsNoOtherThreadThrough() throws Throwable {
    Chain chain = context(Elsewhere.class).getBean(Elsewhere.class);

    assertThat(run(chain, "send", "news")).isEqualTo("asked: delete[news]");
  }

  /** Runs what it calls on another thread. */
  static class Elsewhere extends Chain {
    @Override
    @RequiresApproval(message = "Send {text}")
    String send(String text) {
      try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
        return threads.submit(() -> delete(text)).get();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void throwsWhatTheMethodThrows() {
    Failing failing = context(Failing.class).getBean(Failing.class);

    assertThatThrownBy(() -> run(failing, "fail", "disk full"))
        .isInstanceOf(java.io.IOException.class)
        .hasMessage("disk full");
  }

  /** Throws what it is told. */
  static class Failing {
    @RequiresApproval(message = "Fail with {reason}")
    void fail(String reason) throws java.io.IOException {
      throw new java.io.IOException(reason);
    }
  }

  @Test
  void throwsWhatTheGateThrows() {
    Gate closed =
        (_, _) -> {
          throw new java.io.IOException("closed");
        };
    Failing failing = context(closed, _ -> {}, Failing.class).getBean(Failing.class);

    assertThatThrownBy(() -> failing.fail("x")).isInstanceOf(java.io.IOException.class);
  }

  @Test
  void guardsEachContextByItsOwnGate() {
    RecordingGate other = new RecordingGate();
    Chain one = context(Chain.class).getBean(Chain.class);
    Chain two = context(other, _ -> {}, Chain.class).getBean(Chain.class);

    one.delete("a");
    two.delete("b");

    assertThat(gate.called()).containsExactly("delete[a]");
    assertThat(other.called()).containsExactly("delete[b]");
  }

  /** What constructors may ask Spring for. */
  static class Picky {
    final Ledger first;
    final String currency;
    @Autowired @Nullable Ledger second;

    Picky() {
      throw new IllegalStateException("Not the one to be called");
    }

    @Autowired
    Picky(
        @Qualifier("savings") Ledger first, Ledger current, @Value("${none:EUR}") String currency) {
      this.first = first;
      this.second = current;
      this.currency = currency;
    }

    @RequiresApproval(message = "Pay {amount}")
    void pay(int amount) {}
  }

  /** Two of one kind. */
  @Configuration(proxyBeanMethods = false)
  static class TwoLedgers {
    @Bean
    Ledger savings() {
      return new Ledger();
    }

    @Bean(defaultCandidate = true)
    @org.springframework.context.annotation.Primary
    Ledger current() {
      return new Ledger();
    }
  }

  @Test
  void injectsWhatConstructorsAskFor() {
    var context = context(TwoLedgers.class, Picky.class);
    Picky picky = context.getBean(Picky.class);

    assertThat(picky.first).isSameAs(context.getBean("savings"));
    assertThat(picky.second).isSameAs(context.getBean("current"));
    assertThat(picky.currency).isEqualTo("EUR");
  }

  /** By the names of the parameters. */
  static class ByName {
    final Ledger chosen;

    ByName(Ledger savings) {
      chosen = savings;
    }

    @RequiresApproval(message = "Pay {amount}")
    void pay(int amount) {}
  }

  /** Two of one kind, none better than the other. */
  @Configuration(proxyBeanMethods = false)
  static class EqualLedgers {
    @Bean
    Ledger savings() {
      return new Ledger();
    }

    @Bean
    Ledger current() {
      return new Ledger();
    }
  }

  @Test
  void keepsTheNamesOfConstructorParameters() {
    var context = context(EqualLedgers.class, ByName.class);

    assertThat(context.getBean(ByName.class).chosen).isSameAs(context.getBean("savings"));
  }

  /** Calls its guarded method too early. */
  static class Hasty {
    Hasty() {
      pay(1);
    }

    @RequiresApproval(message = "Pay {amount}")
    void pay(int amount) {}
  }

  @Test
  void refusesACallWhileTheBeanIsMade() {
    assertThatThrownBy(() -> context(Hasty.class))
        .rootCause()
        .hasMessage("pay needs an approval and can't be called while its bean is made.");
  }

  /** Inherits what is guarded. */
  static class Branch extends Bank {
    Branch(Ledger ledger) {
      super(ledger);
    }
  }

  @Test
  void guardsWhatIsInherited() throws Throwable {
    var context = context(Ledger.class, Branch.class);
    Branch branch = context.getBean(Branch.class);

    assertThat(branch.transferAll("DE1")).isEqualTo("asked: transfer[10, DE1]");
    assertThat(run(branch, "transfer", BigDecimal.ONE, "DE1")).isEqualTo("transferred 1");
  }

  /** Overrides a guarded method and says nothing of it. */
  static class Forgetful extends Chain {
    @Override
    String delete(String text) {
      return "quietly " + super.delete(text);
    }
  }

  @Test
  void guardsAnOverrideThatDoesNotSaySo() {
    assertThat(context(Forgetful.class).getBean(Forgetful.class).delete("x"))
        .isEqualTo("asked: delete[x]");
  }

  /** Hidden base of a public class. */
  abstract static class HiddenBase<T> {
    @RequiresApproval(message = "Send {content}")
    public String send(T content) {
      return "sent " + content;
    }
  }

  /** For which the compiler makes a bridge. */
  public static class PublicMail extends HiddenBase<String> {}

  /** Overrides with a narrower type, for which the compiler makes a bridge too. */
  public static class NarrowMail extends HiddenBase<String> {
    @Override
    public String send(String content) {
      return "mailed " + content;
    }
  }

  @Test
  void guardsWhatCompilersBridge() throws Throwable {
    var context = context(PublicMail.class, NarrowMail.class);
    HiddenBase<String> mail = context.getBean(PublicMail.class);
    HiddenBase<String> narrow = context.getBean(NarrowMail.class);

    assertThat(mail.send("a")).isEqualTo("asked: send[a]");
    assertThat(narrow.send("b")).isEqualTo("asked: send[b]");
    assertThat(run(mail, "send", "c")).isEqualTo("sent c");
  }

  /** A house rule. */
  @Retention(RetentionPolicy.RUNTIME)
  @RequiresApproval(message = "Delete {name}")
  @interface NeedsMyBoss {}

  /** By an annotation of one's own. */
  static class Files {
    @NeedsMyBoss
    String delete(String name) {
      return "deleted " + name;
    }
  }

  @Test
  void findsAnnotationsOfAnnotations() {
    assertThat(context(Files.class).getBean(Files.class).delete("x")).isEqualTo("asked: delete[x]");
  }

  /** Says what is guarded. */
  interface Mailer {
    @RequiresApproval(message = "Send {text}")
    String send(String text);
  }

  /** Says nothing. */
  static class SmtpMailer implements Mailer {
    @Override
    public String send(String text) {
      return "sent " + text;
    }
  }

  @Test
  void findsAnnotationsOfInterfaces() {
    assertThat(context(SmtpMailer.class).getBean(SmtpMailer.class).send("x"))
        .isEqualTo("asked: send[x]");
  }

  /** Knows nothing of {@link Mailer}. */
  static class Post {
    public String send(String text) {
      return "posted " + text;
    }
  }

  /** Has what it needs already. */
  static class PostMailer extends Post implements Mailer {}

  @Test
  void findsAnnotationsOfInterfacesThatABaseClassImplementsUnknowingly() throws Throwable {
    PostMailer mailer = context(PostMailer.class).getBean(PostMailer.class);

    assertThat(mailer.send("x")).isEqualTo("asked: send[x]");
    assertThat(run(mailer, "send", "x")).isEqualTo("posted x");
  }

  /** Nothing but an interface is known. */
  @Configuration(proxyBeanMethods = false)
  static class Client {
    @Bean
    Mailer client() {
      return (Mailer)
          java.lang.reflect.Proxy.newProxyInstance(
              Mailer.class.getClassLoader(),
              new Class<?>[] {Mailer.class},
              (_, method, arguments) -> method.getName() + " " + arguments[0]);
    }
  }

  @Test
  void wrapsProxiesThatHaveNoTarget() throws Throwable {
    Mailer mailer = context(Client.class).getBean(Mailer.class);

    assertThat(mailer.send("x")).isEqualTo("asked: send[x]");
    assertThat(run(mailer, "send", "y")).isEqualTo("send y");
  }

  /** Beans that Spring doesn't make of their class. */
  @Configuration(proxyBeanMethods = false)
  static class ByFactoryMethod {
    @Bean
    Files files() {
      return new Files();
    }
  }

  @Test
  void wrapsWhatAFactoryMethodMade() throws Throwable {
    Files files = context(ByFactoryMethod.class).getBean(Files.class);

    assertThat(files.delete("x")).isEqualTo("asked: delete[x]");
    assertThat(run(files, "delete", "x")).isEqualTo("deleted x");
    assertThat(gate.called()).containsExactly("delete[x]");
  }

  /** Passes on what isn't guarded. */
  static class Account {
    private final String owner;

    Account(String owner) {
      this.owner = owner;
    }

    @RequiresApproval(message = "Close")
    void close() {}

    String owner() {
      return owner;
    }

    @Override
    public String toString() {
      return owner + "'s";
    }
  }

  @Test
  void passesOtherMethodsOfAWrappedBeanOn() {
    Account account =
        context(gate, context -> context.registerBean(Account.class, () -> new Account("Ann")))
            .getBean(Account.class);

    account.close();

    assertThat(account.owner()).isEqualTo("Ann");
    assertThat(account).hasToString("Ann's");
    assertThat(gate.called()).containsExactly("close[]");
  }

  /** Every bean of these types runs within a transaction, so to say. */
  @Configuration(proxyBeanMethods = false)
  static class Transactions {
    final List<String> log = new CopyOnWriteArrayList<>();

    @Bean
    static DefaultAdvisorAutoProxyCreator proxies() {
      DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
      creator.setProxyTargetClass(true);
      return creator;
    }

    @Bean
    DefaultPointcutAdvisor transaction() {
      MethodInterceptor around =
          invocation -> {
            log.add("begin");
            try {
              return invocation.proceed();
            } finally {
              log.add("commit");
            }
          };
      DefaultPointcutAdvisor advisor = new DefaultPointcutAdvisor(around);
      advisor.setPointcut(
          new org.springframework.aop.support.StaticMethodMatcherPointcut() {
            @Override
            public boolean matches(java.lang.reflect.Method method, Class<?> type) {
              return Bank.class.isAssignableFrom(type) || Files.class.isAssignableFrom(type);
            }
          });
      return advisor;
    }
  }

  @Test
  void asksBeforeATransactionBegins() throws Throwable {
    var context = context(Transactions.class, Ledger.class, Bank.class);
    Bank bank = context.getBean(Bank.class);
    List<String> log = context.getBean(Transactions.class).log;

    bank.transfer(BigDecimal.ONE, "DE1");
    assertThat(log).isEmpty();
    assertThat(run(bank, "transfer", BigDecimal.ONE, "DE1")).isEqualTo("transferred 1");

    assertThat(log).containsExactly("begin", "commit");
    assertThat(gate.called()).containsExactly("transfer[1, DE1]");
  }

  @Test
  void asksWhenABeanWithAspectsCallsItself() {
    Bank bank = context(Transactions.class, Ledger.class, Bank.class).getBean(Bank.class);

    assertThat(bank.transferAll("DE1")).isEqualTo("asked: transfer[10, DE1]");
  }

  @Test
  void wrapsWhatHasAspectsAndWasMadeByAFactoryMethod() throws Throwable {
    var context = context(Transactions.class, ByFactoryMethod.class);
    Files files = context.getBean(Files.class);

    assertThat(files.delete("x")).isEqualTo("asked: delete[x]");
    assertThat(context.getBean(Transactions.class).log).isEmpty();
    assertThat(run(files, "delete", "x")).isEqualTo("deleted x");
    assertThat(context.getBean(Transactions.class).log).containsExactly("begin", "commit");
  }

  /** Every bean of these types comes behind an aspect that fails. */
  @Configuration(proxyBeanMethods = false)
  static class NoTransactions {
    @Bean
    static DefaultAdvisorAutoProxyCreator proxies() {
      DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
      creator.setProxyTargetClass(true);
      return creator;
    }

    @Bean
    DefaultPointcutAdvisor failing() {
      DefaultPointcutAdvisor advisor =
          new DefaultPointcutAdvisor(
              (MethodInterceptor)
                  _ -> {
                    throw new IllegalStateException("no connection");
                  });
      advisor.setPointcut(
          new org.springframework.aop.support.StaticMethodMatcherPointcut() {
            @Override
            public boolean matches(java.lang.reflect.Method method, Class<?> type) {
              return Chain.class.isAssignableFrom(type);
            }
          });
      return advisor;
    }
  }

  @Test
  void tellsWhenAMethodHasNotBegun() {
    Chain chain = context(NoTransactions.class, Chain.class).getBean(Chain.class);

    assertThatThrownBy(() -> run(chain, "delete", "x"))
        .isInstanceOf(NotRunException.class)
        .hasMessageContaining("delete was not begun")
        .hasMessageContaining("no connection");
    assertThatThrownBy(() -> run(chain, "delete", 7)).isInstanceOf(NotRunException.class);
  }

  /** Proxies of interfaces. */
  @Configuration(proxyBeanMethods = false)
  static class ProxiedInterfaces {
    @Bean
    static DefaultAdvisorAutoProxyCreator proxies() {
      return new DefaultAdvisorAutoProxyCreator();
    }

    @Bean
    DefaultPointcutAdvisor nothing() {
      return new DefaultPointcutAdvisor((MethodInterceptor) invocation -> invocation.proceed());
    }
  }

  @Test
  void wrapsProxiesOfInterfaces() throws Throwable {
    Mailer mailer = context(ProxiedInterfaces.class, SmtpMailer.class).getBean(Mailer.class);

    assertThat(mailer.send("x")).isEqualTo("asked: send[x]");
    assertThat(run(mailer, "send", "y")).isEqualTo("sent y");
    assertThat(gate.called()).containsExactly("send[x]");
  }
}
