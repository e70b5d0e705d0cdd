package dev.countersign.guard;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Arguments as a model writes them: a JSON object with the names of the parameters. */
final class JsonArguments {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private static final Set<Class<?>> WHOLE_NUMBERS =
      Set.of(Byte.class, Short.class, Integer.class, Long.class, BigInteger.class);
  private static final Set<Class<?>> NUMBERS = Set.of(Float.class, Double.class, BigDecimal.class);

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,100}(\\.\\d{1,100})?");
  private static final int MOST_DIGITS = 100;

  private JsonArguments() {}

  /**
   * The arguments in the order of the parameters; what isn't there is null, what is too much is
   * left out.
   *
   * @throws InvalidArgumentsException if it is no JSON object, or a value doesn't fit
   */
  static @Nullable Object[] read(GuardedMethod method, String json) {
    JsonNode all;
    try {
      all = JSON.readTree(json);
      if (all.isString()) { // some servers encode them twice
        all = JSON.readTree(all.asString());
      }
    } catch (JacksonException | NumberFormatException e) { // 1e9999999999 is too much
      throw new InvalidArgumentsException(List.of("The arguments are not a JSON object"));
    }
    if (!all.isObject()) {
      throw new InvalidArgumentsException(List.of("The arguments are not a JSON object"));
    }
    List<@Nullable Object> arguments = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (ToolSignature.Parameter parameter : method.parameters()) {
      JsonNode value = all.path(parameter.name());
      boolean missing = value.isMissingNode() || value.isNull();
      if (missing && !isPrimitive(parameter.type())) {
        arguments.add(null);
        continue;
      }
      if (missing) {
        problems.add(parameter.name() + " is missing");
        continue;
      }
      try {
        arguments.add(
            JSON.readerFor(JSON.constructType(parameter.type()))
                .readValue(plain(value, parameter.type())));
      } catch (JacksonException e) {
        problems.add(parameter.name() + " must be " + wanted(parameter.type()));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidArgumentsException(problems);
    }
    return arguments.toArray();
  }

  /** Models write 2.0 for 2, and "2" and "true" too. */
  private static JsonNode plain(JsonNode value, Type type) {
    Class<?> wanted = boxed(type);
    if (wanted == Boolean.class && value.isString()) {
      return truth(value);
    }
    boolean whole = WHOLE_NUMBERS.contains(wanted);
    if (!whole && !NUMBERS.contains(wanted)) {
      return value;
    }
    boolean number =
        value.isNumber() || (value.isString() && NUMBER.matcher(value.asString()).matches());
    if (!number) {
      return value;
    }
    BigDecimal decimal = new BigDecimal(value.asString());
    if (Math.abs((long) decimal.scale())
        > MOST_DIGITS) { // written out, 1e999999999 fills the memory
      return JSON.getNodeFactory().stringNode("not a number that anybody could read");
    }
    return whole && decimal.stripTrailingZeros().scale() <= 0
        ? JSON.getNodeFactory().numberNode(decimal.toBigInteger())
        : JSON.getNodeFactory().numberNode(decimal);
  }

  private static JsonNode truth(JsonNode value) {
    return switch (value.asString().strip().toLowerCase(Locale.ROOT)) {
      case "true" -> JSON.getNodeFactory().booleanNode(true);
      case "false" -> JSON.getNodeFactory().booleanNode(false);
      default -> value;
    };
  }

  private static Class<?> boxed(Type type) {
    return ClassUtils.resolvePrimitiveIfNecessary(
        ResolvableType.forType(type).resolve(Object.class));
  }

  private static boolean isPrimitive(Type type) {
    return type instanceof Class<?> plain && plain.isPrimitive();
  }

  private static String wanted(Type type) {
    Class<?> plain = boxed(type);
    if (WHOLE_NUMBERS.contains(plain)) {
      return "a whole number";
    }
    if (NUMBERS.contains(plain)) {
      return "a number";
    }
    if (plain == String.class) {
      return "a text";
    }
    return plain == Boolean.class ? "true or false" : "of another form";
  }
}
