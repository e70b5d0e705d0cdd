package dev.countersign.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** Nothing of Countersign is there where {@code countersign.enabled} is {@code false}. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnProperty(name = "countersign.enabled", havingValue = "true", matchIfMissing = true)
public @interface ConditionalOnCountersign {}
