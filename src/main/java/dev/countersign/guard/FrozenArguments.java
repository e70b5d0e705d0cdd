package dev.countersign.guard;

import dev.countersign.message.Shown;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * The arguments of one call, as they are kept from the question to the run: a JSON object with the
 * names of the parameters. Numbers that a JSON number of RFC 8785 can't hold are kept as text. What
 * is shown is read from this text, and what runs is too.
 *
 * @param json the text that is kept, at most {@value #MOST_BYTES} bytes
 */
public record FrozenArguments(String json) {
  /** Temporal keeps inputs of up to 2 MiB; what a person approves is much smaller. */
  static final int MOST_BYTES = 65_536;

  private static final int MOST_DIGITS = 100;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .addModule(numbersAsText())
          .build();

  private static SimpleModule numbersAsText() {
    SimpleModule module = new SimpleModule();
    for (Class<?> type :
        List.of(
            Long.class,
            long.class,
            Double.class,
            double.class,
            Float.class,
            float.class,
            BigInteger.class,
            BigDecimal.class)) {
      module.addSerializer(type, ToStringSerializer.instance);
    }
    return module;
  }

  /**
   * Freezes what a tool was called with.
   *
   * @throws IllegalArgumentException with a sentence, if a value doesn't read back as it was, or
   *     has not the form that its parameter must have
   */
  static FrozenArguments of(ToolSignature signature, @Nullable Object[] arguments) {
    ObjectNode all = JSON.createObjectNode();
    List<ToolSignature.Parameter> parameters = signature.parameters();
    for (int i = 0; i < arguments.length; i++) {
      ToolSignature.Parameter parameter = parameters.get(i);
      try {
        all.set(parameter.name(), JSON.readTree(JSON.writeValueAsString(arguments[i])));
      } catch (JacksonException e) {
        throw unkept(signature, parameter, "it can't be written as JSON");
      }
    }
    FrozenArguments frozen = new FrozenArguments(JSON.writeValueAsString(all));
    int bytes = frozen.json.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "The arguments of %s have %d bytes, but at most %d can be kept."
              .formatted(signature.name(), bytes, MOST_BYTES));
    }
    frozen.requireSame(signature, arguments);
    frozen.requireForms(signature);
    return frozen;
  }

  private void requireSame(ToolSignature signature, @Nullable Object[] arguments) {
    @Nullable Object[] thawed = thaw(signature);
    for (int i = 0; i < arguments.length; i++) {
      if (!Objects.deepEquals(arguments[i], thawed[i])) {
        throw unkept(
            signature,
            signature.parameters().get(i),
            "it doesn't read back as the same; its class must define equals, as records do, and"
                + " have all that counts in its JSON");
      }
    }
  }

  private void requireForms(ToolSignature signature) {
    for (Leaf leaf : signature.leaves()) {
      requireShowable(signature, leaf);
      JsonNode value = at(leaf.path());
      if (leaf.pattern() != null
          && value.isString()
          && !leaf.pattern().matcher(value.asString()).matches()) {
        throw new IllegalArgumentException(
            "The argument %s of %s must have the form %s."
                .formatted(leaf.path(), signature.name(), leaf.pattern()));
      }
    }
  }

  /** What is kept under another name than it has, or is no number that can be written out. */
  private void requireShowable(ToolSignature signature, Leaf leaf) {
    JsonNode value = at(leaf.path());
    int dot = leaf.path().lastIndexOf('.');
    if (value.isMissingNode() && dot > 0 && at(leaf.path().substring(0, dot)).isObject()) {
      throw new IllegalArgumentException(
          "The argument %s of %s can't be shown: its JSON has no member of that name."
              .formatted(leaf.path(), signature.name()));
    }
    if (leaf.kind() == Shown.Kind.NUMBER && value.isString() && !isWritable(value.asString())) {
      throw new IllegalArgumentException(
          "The argument %s of %s can't be shown: it is no number of at most %d digits."
              .formatted(leaf.path(), signature.name(), MOST_DIGITS));
    }
  }

  private static boolean isWritable(String number) {
    try {
      BigDecimal decimal = new BigDecimal(number);
      return decimal.precision() + Math.abs((long) decimal.scale()) <= MOST_DIGITS;
    } catch (NumberFormatException e) { // NaN and the infinite
      return false;
    }
  }

  private static IllegalArgumentException unkept(
      ToolSignature signature, ToolSignature.Parameter parameter, String why) {
    return new IllegalArgumentException(
        "The argument %s of %s can't be kept until it is approved: %s."
            .formatted(parameter.name(), signature.name(), why));
  }

  /**
   * The arguments to call the tool with.
   *
   * @throws IllegalArgumentException if they don't fit the tool, which is another one then
   */
  @Nullable Object[] thaw(ToolSignature signature) {
    try {
      JsonNode all = JSON.readTree(json);
      Set<String> names =
          signature.parameters().stream()
              .map(ToolSignature.Parameter::name)
              .collect(Collectors.toSet());
      if (!names.equals(Set.copyOf(all.propertyNames()))) {
        throw new IllegalArgumentException(
            "The kept arguments are not those of %s any more.".formatted(signature.name()));
      }
      List<@Nullable Object> arguments = new ArrayList<>();
      for (ToolSignature.Parameter parameter : signature.parameters()) {
        arguments.add(
            JSON.readerFor(JSON.constructType(parameter.type()))
                .readValue(all.path(parameter.name())));
      }
      return arguments.toArray();
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "The kept arguments don't fit %s any more.".formatted(signature.name()), e);
    }
  }

  /**
   * One of them, whole.
   *
   * @return empty: it is null
   * @throws IllegalArgumentException if there is none of that name, or it is none of that type
   */
  <T> Optional<T> read(String name, Class<T> type) {
    JsonNode all = JSON.readTree(json);
    if (!all.has(name)) {
      throw new IllegalArgumentException(
          "There is no argument %s among %s".formatted(name, all.propertyNames()));
    }
    try {
      return Optional.ofNullable(JSON.readerFor(type).readValue(all.path(name)));
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "The argument %s is no %s".formatted(name, type.getName()));
    }
  }

  /** The others than these, JSON. */
  String without(List<String> names) {
    return JSON.writeValueAsString(((ObjectNode) JSON.readTree(json)).remove(names));
  }

  /** A value as a message is to show it; empty: it is null. */
  Optional<Shown> shown(Leaf leaf) {
    JsonNode value = at(leaf.path());
    if (leaf.kind() == null || value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    String text =
        leaf.kind() == Shown.Kind.NUMBER
            ? new BigDecimal(value.asString()).toPlainString()
            : value.asString();
    return Optional.of(new Shown(leaf.kind(), text));
  }

  /** A value by its path; missing: there is none. */
  JsonNode at(String path) {
    JsonNode value = JSON.readTree(json);
    for (String name : path.split("\\.", -1)) {
      value = value.path(name);
    }
    return value;
  }
}
