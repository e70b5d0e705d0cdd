package dev.countersign.guard.proxy;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Parameters whose arguments a framework puts in when a model calls the method: no model writes
 * them, nobody sees them, and there are none of them any more when an approved call runs. They are
 * known by their names, since those frameworks may not be there.
 */
final class InjectedParameters {
  /** As LangChain4j's {@code ToolSpecifications} leaves them out of what a model may write. */
  private static final String MEMORY_ID = "dev.langchain4j.agent.tool.ToolMemoryId";

  /** By LangChain4j and Spring AI. */
  private static final Set<String> TYPES =
      Set.of(
          "dev.langchain4j.invocation.InvocationParameters",
          "dev.langchain4j.invocation.InvocationContext",
          "dev.langchain4j.invocation.LangChain4jManaged",
          "org.springframework.ai.chat.model.ToolContext");

  private InjectedParameters() {}

  /**
   * What is wrong with a method, each a sentence; empty: whoever calls it gives all arguments.
   *
   * @param name of the method, as a sentence begins
   */
  static List<String> faults(String name, Method method) {
    return Arrays.stream(method.getParameters())
        .flatMap(
            parameter -> why(parameter).stream().map(why -> fault(name, parameter.getName(), why)))
        .toList();
  }

  private static String fault(String name, String parameter, String why) {
    return ("%s must not take the parameter %s, which %s: a framework would put it in, so that it can"
            + " neither be shown nor kept until the call is approved. Take it out; who has approved"
            + " is in ApprovedCall.current(), and whatever else the method needs must be an argument"
            + " that its caller gives.")
        .formatted(name, parameter, why);
  }

  private static Optional<String> why(Parameter parameter) {
    boolean isMemoryId =
        Arrays.stream(parameter.getAnnotations())
            .anyMatch(annotation -> annotation.annotationType().getName().equals(MEMORY_ID));
    return isMemoryId
        ? Optional.of("has @ToolMemoryId")
        : Supertypes.of(parameter.getType())
            .map(Class::getName)
            .filter(TYPES::contains)
            .findFirst()
            .map("is of the type %s"::formatted);
  }
}
