package dev.countersign.tracing;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;

/** Makes spans, by whatever tracer the host has. Thread-safe. */
public final class Traces {
  /** As OpenTelemetry's semantic conventions for generative AI have it. */
  private static final String EXECUTE_TOOL = "execute_tool";

  private final Tracer tracer;

  private Traces(Tracer tracer) {
    this.tracer = tracer;
  }

  /** Makes none. */
  public static Traces none() {
    return new Traces(Tracer.NOOP);
  }

  /** Makes those of a tracer. */
  public static Traces by(Tracer tracer) {
    return new Traces(tracer);
  }

  /** Whether there is a tracer: without one nothing has to be asked for. */
  boolean areMade() {
    return !tracer.equals(Tracer.NOOP);
  }

  /** The span that is under way on this thread; null: none is. */
  public @Nullable Traceparent current() {
    Span span = areMade() ? tracer.currentSpan() : null;
    return span == null ? null : traceparent(span);
  }

  private static @Nullable Traceparent traceparent(Span span) {
    TraceContext context = span.context();
    return Traceparent.of(context.traceId(), context.spanId(), context.sampled());
  }

  /** Begins a call of another machine, below the span that is under way, or in a new trace. */
  public Step client(String name) {
    return begin(tracer.spanBuilder().kind(Span.Kind.CLIENT).name(name));
  }

  /** Begins to run a tool, below the span that is under way. */
  public Step tool(String tool) {
    return asTool(begin(tracer.spanBuilder().name(toolSpan(tool))), tool);
  }

  /**
   * Begins to run a tool.
   *
   * @param parent as of {@link #step}
   * @param decision that it may be run; null: there was none, or nobody knows its span
   */
  Step tool(String tool, Traceparent parent, @Nullable Traceparent decision) {
    Span.Builder span = below(parent, toolSpan(tool));
    return asTool(begin(decision == null ? span : linked(span, decision)), tool);
  }

  private static String toolSpan(String tool) {
    return EXECUTE_TOOL + " " + tool;
  }

  private static Step asTool(Step step, String tool) {
    return step.tag("gen_ai.operation.name", EXECUTE_TOOL).tag("gen_ai.tool.name", tool);
  }

  /**
   * Begins a step.
   *
   * @param parent which may be of another process, and long over
   */
  Step step(String name, Traceparent parent) {
    return begin(below(parent, name));
  }

  private Span.Builder below(Traceparent parent, String name) {
    return tracer.spanBuilder().name(name).setParent(context(parent));
  }

  /**
   * Begins a trace of its own.
   *
   * @param cause a span of another trace that led to this one
   */
  Step apart(String name, Traceparent cause) {
    return begin(linked(tracer.spanBuilder().name(name).setNoParent(), cause));
  }

  private Span.Builder linked(Span.Builder span, Traceparent cause) {
    return span.addLink(new Link(context(cause)));
  }

  private TraceContext context(Traceparent of) {
    return tracer
        .traceContextBuilder()
        .traceId(of.traceId())
        .spanId(of.spanId())
        .sampled(of.sampled())
        .build();
  }

  private Step begin(Span.Builder builder) {
    Span span = builder.start();
    return new Step(span, tracer.withSpan(span));
  }

  /** A span that is under way on this thread until it is closed. */
  public static final class Step implements AutoCloseable {
    private final Span span;
    private final Tracer.SpanInScope scope;

    private Step(Span span, Tracer.SpanInScope scope) {
      this.span = span;
      this.scope = scope;
    }

    /** Null: no spans are made. */
    @Nullable Traceparent traceparent() {
      return Traces.traceparent(span);
    }

    /** Says something of it: nothing that a user has written, and no secret. */
    public Step tag(String name, String value) {
      span.tag(name, value);
      return this;
    }

    /** Says a number of it. */
    public Step tag(String name, long value) {
      span.tag(name, value);
      return this;
    }

    /**
     * It didn't go well.
     *
     * @param type low in number, such as the name of an exception; never an exception's message
     */
    public void failed(String type) {
      span.tag("error.type", type);
      span.error(new TypeOfError(type));
    }

    @Override
    public void close() {
      scope.close();
      span.end();
    }
  }

  /** Says no more than the type: tracers record what exceptions say, and their causes. */
  @SuppressWarnings("serial") // nobody stores it
  private static final class TypeOfError extends RuntimeException {
    private TypeOfError(String type) {
      super(type, null, false, false);
    }
  }
}
