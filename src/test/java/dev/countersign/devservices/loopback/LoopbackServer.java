package dev.countersign.devservices.loopback;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardServer;
import org.apache.catalina.loader.WebappLoader;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.apache.tomcat.util.modeler.Registry;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A web server on 127.0.0.1, answering to the names of this machine only, whose endpoints can be
 * made to misbehave, also from another process by {@code POST /dev/faults}. A bare embedded Tomcat
 * rather than a second Spring Boot application: it reads no settings, changes no logging, and
 * leaves the process's end to its caller.
 */
public final class LoopbackServer implements AutoCloseable {
  private final Tomcat tomcat;
  private final Path workDirectory;
  private final Faults faults;
  private final CallLog calls;

  private LoopbackServer(Tomcat tomcat, Path workDirectory, Faults faults, CallLog calls) {
    this.tomcat = tomcat;
    this.workDirectory = workDirectory;
    this.faults = faults;
    this.calls = calls;
  }

  /** Adds its servlets and filters. */
  @FunctionalInterface
  public interface Application {
    /**
     * Is called once, before the server answers.
     *
     * @param port the port that the server listens on
     */
    void start(ServletContext context, int port);
  }

  /**
   * What a server is called and where it listens.
   *
   * @param name for messages, such as {@code identity tenant}
   * @param port 0 takes a free one
   * @param portSetting the environment variable that moves the port, for the message that it is
   *     taken
   */
  public record Address(String name, int port, String portSetting) {}

  /**
   * Returns when the server answers.
   *
   * @param endpoints "METHOD /path" to a name, for every endpoint that can misbehave
   * @throws IllegalStateException if the port is taken; the message names the port and its setting
   */
  public static LoopbackServer start(
      Address address, Faults faults, Map<String, String> endpoints, Application application) {
    return start(address, faults, endpoints, CallLog.ofAnything(), application);
  }

  /**
   * The same, with a log of the calls of these endpoints.
   *
   * @throws IllegalStateException if the port is taken; the message names the port and its setting
   */
  public static LoopbackServer start(
      Address address,
      Faults faults,
      Map<String, String> endpoints,
      CallLog calls,
      Application application) {
    Registry.disableRegistry(); // two Tomcats in a process would register the same MBeans
    TomcatURLStreamHandlerFactory.disable();
    try (var _ = new CatalinaProperties()) {
      return open(address, faults, endpoints, calls, application);
    }
  }

  private static LoopbackServer open(
      Address address,
      Faults faults,
      Map<String, String> endpoints,
      CallLog calls,
      Application application) {
    Path workDirectory = temporaryDirectory();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(workDirectory.toString());
    tomcat.setConnector(connector(address.port));
    ((StandardServer) tomcat.getServer()).setUtilityThreadsAsDaemon(true);
    StandardContext context = (StandardContext) tomcat.addContext("", null);
    context.getPipeline().addValve(new HostCheck());
    context.getPipeline().addValve(new ConnectionCloser());
    String utf8 = StandardCharsets.UTF_8.name(); // of forms, which name no charset of their own
    context.setRequestCharacterEncoding(utf8);
    context.setResponseCharacterEncoding(utf8);
    keepTheProcessAsItIs(context);
    var server = new LoopbackServer(tomcat, workDirectory, faults, calls);
    var started = new Start(server, endpoints, application);
    context.addServletContainerInitializer((_, servlets) -> started.run(servlets), Set.of());
    try {
      tomcat.init(); // binds, so that the application knows its port
      tomcat.start();
    } catch (LifecycleException e) {
      server.close();
      throw failure(address, e);
    }
    if (context.getState() != LifecycleState.STARTED) {
      server.close();
      throw new IllegalStateException("The " + address.name + " did not start", started.failure);
    }
    return server;
  }

  /** The port that the server listens on. */
  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  /** Ends every hold, answers the open requests and frees the port. */
  @Override
  public void close() {
    faults.clear();
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException("The server did not stop", e);
    } finally {
      FileSystemUtils.deleteRecursively(workDirectory.toFile());
    }
  }

  private static Connector connector(int port) {
    Connector connector = new Connector();
    connector.setPort(port);
    connector.setProperty("address", "127.0.0.1");
    connector.setThrowOnFailure(true);
    connector.getProtocolHandler().setExecutor(new VirtualThreadExecutor("loopback-"));
    return connector;
  }

  private static void keepTheProcessAsItIs(StandardContext context) {
    context.setParentClassLoader(LoopbackServer.class.getClassLoader());
    WebappLoader loader = new WebappLoader();
    loader.setDelegate(true);
    context.setLoader(loader);
    context.setClearReferencesRmiTargets(false);
    context.setClearReferencesThreadLocals(false);
  }

  private static IllegalStateException failure(Address address, LifecycleException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return new IllegalStateException(
            "Port "
                + address.port
                + " of the "
                + address.name
                + " is taken, by another run perhaps. End that, or set "
                + address.portSetting
                + " to another one.",
            e);
      }
    }
    return new IllegalStateException("The " + address.name + " did not start", e);
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("countersign-devservices");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Remembers why the application failed: Tomcat only logs it. */
  private static final class Start {
    private final LoopbackServer server;
    private final Map<String, String> endpoints;
    private final Application application;
    private @Nullable RuntimeException failure;

    Start(LoopbackServer server, Map<String, String> endpoints, Application application) {
      this.server = server;
      this.endpoints = endpoints;
      this.application = application;
    }

    void run(ServletContext servlets) {
      servlets
          .addFilter("faults", new FaultFilter(server.faults, endpoints, server.calls))
          .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
      servlets.addServlet("faults", new FaultsServlet(server.faults)).addMapping("/dev/faults");
      try {
        application.start(servlets, server.port());
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      }
    }
  }
}
