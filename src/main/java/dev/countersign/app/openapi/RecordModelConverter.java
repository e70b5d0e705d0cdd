package dev.countersign.app.openapi;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Adds to the schema of a record what its types say and swagger-core doesn't read: which members
 * may be null ({@code @Nullable}), how many digits a number may have ({@code @Digits}), and the
 * constraints that are part of other ones.
 */
final class RecordModelConverter implements ModelConverter {

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    if (!chain.hasNext()) {
      return null;
    }
    Schema<?> resolved = chain.next().resolve(type, context, chain);
    JavaType java = Json.mapper().constructType(type.getType());
    if (resolved != null && java != null && java.getRawClass().isRecord()) {
      Schema<?> defined = defined(resolved, context);
      if (defined != null && defined.getProperties() != null) {
        Stream.of(java.getRawClass().getRecordComponents())
            .forEach(component -> {
              refine(component, properties(defined));
              if (isNeeded(component)) {
                defined.addRequiredItem(component.getName());
              }
            });
      }
    }
    return resolved;
  }

  private static boolean isNeeded(RecordComponent component) {
    return constraint(component.getAccessor(), NotNull.class) != null;
  }

  private static @Nullable Schema<?> defined(Schema<?> resolved, ModelConverterContext context) {
    String ref = resolved.get$ref();
    return ref == null
        ? resolved
        : context.getDefinedModels().get(ref.substring(ref.lastIndexOf('/') + 1));
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // swagger's own maps are raw
  private static Map<String, Schema> properties(Schema<?> schema) {
    return (Map) schema.getProperties();
  }

  @SuppressWarnings("rawtypes")
  private static void refine(RecordComponent component, Map<String, Schema> properties) {
    Schema<?> property = properties.get(component.getName());
    if (property == null) {
      return;
    }
    AnnotatedElement field = component.getAccessor();
    Size size = constraint(field, Size.class);
    if (size != null && property.getTypes() != null && property.getTypes().contains("string")) {
      property.setMinLength(size.min());
      property.setMaxLength(size.max());
    }
    Min min = constraint(field, Min.class);
    if (min != null) {
      property.setMinimum(BigDecimal.valueOf(min.value()));
    }
    Max max = constraint(field, Max.class);
    if (max != null) {
      property.setMaximum(BigDecimal.valueOf(max.value()));
    }
    if (constraint(field, Positive.class) != null) {
      property.setExclusiveMinimumValue(BigDecimal.ZERO);
    }
    Digits digits = constraint(field, Digits.class);
    if (digits != null) {
      bound(property, digits);
    }
    if (component.getAnnotatedType().isAnnotationPresent(Nullable.class) && mayBeNull(field)) {
      properties.put(component.getName(), orNull(property));
    }
  }

  /** A member that must be given is nullable in Java only, until it was validated. */
  private static boolean mayBeNull(AnnotatedElement component) {
    return constraint(component, NotNull.class) == null
        && constraint(component, NotBlank.class) == null;
  }

  /** One that is part of another one too, which swagger doesn't see. */
  private static <A extends Annotation> @Nullable A constraint(
      AnnotatedElement component, Class<A> type) {
    return AnnotatedElementUtils.findMergedAnnotation(component, type);
  }

  private static void bound(Schema<?> property, Digits digits) {
    if (digits.fraction() == 0) {
      property.setTypes(Set.of("integer"));
    } else {
      property.setMultipleOf(BigDecimal.ONE.movePointLeft(digits.fraction()));
    }
    if (property.getMaximum() == null) {
      property.setExclusiveMaximumValue(BigDecimal.ONE.movePointRight(digits.integer()));
    }
  }

  private static Schema<?> orNull(Schema<?> property) {
    if (property.get$ref() != null) {
      return new JsonSchema()
          .anyOf(
              List.of(
                  new JsonSchema().$ref(property.get$ref()),
                  new JsonSchema().types(Set.of("null"))));
    }
    if (property.getTypes() != null && !property.getTypes().contains("null")) {
      Set<String> types = new LinkedHashSet<>(property.getTypes());
      types.add("null");
      property.setTypes(types);
      allowNull(property);
    }
    return property;
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private static void allowNull(Schema property) {
    if (property.getEnum() != null) {
      List<Object> values = new ArrayList<>(property.getEnum());
      values.add(null);
      property.setEnum(values);
    }
  }
}
