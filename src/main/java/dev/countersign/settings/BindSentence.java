package dev.countersign.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.convert.ConversionException;

/** What an operator is told about a setting that could not be bound. */
public final class BindSentence {
  private BindSentence() {}

  /** The settings record's own sentence, or one that says which form the value must have. */
  public static String of(BindException failure) {
    if (causes(failure).anyMatch(ConversionException.class::isInstance)) {
      return unreadable(failure);
    }
    return causes(failure)
        .filter(BindSentence::isSentence)
        .findFirst()
        .flatMap(sentence -> Optional.ofNullable(sentence.getMessage()))
        .orElseGet(() -> unreadable(failure));
  }

  private static boolean isSentence(Throwable cause) {
    return cause instanceof InvalidSettingException
        || cause.getClass().equals(IllegalArgumentException.class);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }

  private static String unreadable(BindException failure) {
    ConfigurationProperty property = failure.getProperty();
    String name = String.valueOf(property == null ? failure.getName() : property.getName());
    String value = property == null ? "" : ", but is \"" + property.getValue() + "\"";
    return name + " must be " + form(failure.getTarget().getType().resolve()) + value + ".";
  }

  private static String form(@Nullable Class<?> type) {
    if (type == null) {
      return "another value";
    }
    if (type == Duration.class) {
      return "a duration such as 10s, 5m or PT1H";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    return WireType.name(type);
  }
}
