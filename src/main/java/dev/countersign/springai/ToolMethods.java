package dev.countersign.springai;

import java.lang.reflect.Method;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.core.annotation.AnnotationUtils;

/** Which methods are tools. */
final class ToolMethods {
  private ToolMethods() {}

  /** As {@code MethodToolCallbackProvider} finds them: it may be an annotation of an interface. */
  static boolean isTool(Method method) {
    return AnnotationUtils.findAnnotation(method, Tool.class) != null;
  }
}
