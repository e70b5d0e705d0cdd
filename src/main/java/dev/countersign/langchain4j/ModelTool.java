package dev.countersign.langchain4j;

import dev.countersign.guard.GuardedMethod;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A guarded method with {@link Tool}, as a model sees it. */
public record ModelTool(GuardedMethod method) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Those of some guarded methods, in the order of their names. */
  public static List<ModelTool> of(Collection<GuardedMethod> methods) {
    return methods.stream()
        .filter(method -> method.method().isAnnotationPresent(Tool.class))
        .sorted(Comparator.comparing(GuardedMethod::name))
        .map(ModelTool::new)
        .toList();
  }

  /** By which the model, settings and ids know it. */
  public String name() {
    return method.name();
  }

  /** What the model is told of it. */
  public ToolSpecification specification() {
    return ToolSpecifications.toolSpecificationFrom(method.method()).toBuilder()
        .name(name())
        .build();
  }

  /** What becomes of its answer. */
  ReturnBehavior returnBehavior() {
    return method.method().getAnnotation(Tool.class).returnBehavior();
  }

  /**
   * A model's arguments as {@code GuardedCalls.arguments} reads them: {@link P} may give a
   * parameter another name, and a value where the model names none.
   *
   * @param json as the model wrote it; null or blank where it names none
   * @return the same text, if it is no JSON object
   */
  public String arguments(@Nullable String json) {
    return json == null || json.isBlank() ? byParameter("{}") : byParameter(json);
  }

  private String byParameter(String json) {
    List<Parameter> parameters = Arrays.asList(method.method().getParameters());
    if (parameters.stream().noneMatch(ModelTool::differs)) {
      return json;
    }
    JsonNode written;
    try {
      written = JSON.readTree(json);
    } catch (JacksonException | NumberFormatException e) {
      return json;
    }
    if (!written.isObject()) {
      return json;
    }
    ObjectNode arguments = JSON.createObjectNode();
    parameters.forEach(parameter -> {
      JsonNode value = written.path(shownName(parameter));
      arguments.set(
          parameter.getName(),
          value.isMissingNode() || value.isNull() ? defaultValue(parameter) : value);
    });
    return arguments.toString();
  }

  private static boolean differs(Parameter parameter) {
    return !shownName(parameter).equals(parameter.getName()) || hasDefault(parameter);
  }

  private static String shownName(Parameter parameter) {
    P p = parameter.getAnnotation(P.class);
    return p == null || p.name().isBlank() ? parameter.getName() : p.name();
  }

  private static boolean hasDefault(Parameter parameter) {
    P p = parameter.getAnnotation(P.class);
    return p != null && !p.defaultValue().equals(P.NO_DEFAULT);
  }

  /** A text as it is; anything else is written as JSON, or as the text that JSON has for it. */
  private static @Nullable JsonNode defaultValue(Parameter parameter) {
    if (!hasDefault(parameter)) {
      return null;
    }
    String value = parameter.getAnnotation(P.class).defaultValue();
    if (parameter.getType() == String.class) {
      return JSON.getNodeFactory().stringNode(value);
    }
    try {
      return JSON.readTree(value);
    } catch (JacksonException | NumberFormatException e) {
      return JSON.getNodeFactory().stringNode(value);
    }
  }
}
