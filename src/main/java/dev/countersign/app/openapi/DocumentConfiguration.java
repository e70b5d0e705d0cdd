package dev.countersign.app.openapi;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.autoconfigure.OidcProperties;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.jackson.ModelResolver;
import java.util.Objects;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes springdoc's document say what the application does. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("countersign.api.documentation")
class DocumentConfiguration {
  static {
    // made from the login and a header; KeyHeader describes the latter
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, IdempotencyKey.class);
    ModelResolver.enumsAsRef = true;
  }

  @Bean
  ModelConverter recordSchemas() {
    return new RecordModelConverter();
  }

  @Bean
  IdempotencyKeyCustomizer keyHeader() {
    return new IdempotencyKeyCustomizer();
  }

  /** One after the other: the words may name what the rules have added. */
  @Bean
  GlobalOpenApiCustomizer document(OidcProperties oidc) {
    var rules = new ApiRules(oidc.issuer());
    var words = DocumentPatch.of("api.yaml");
    return document -> {
      document.getInfo().setVersion(version());
      rules.apply(document);
      words.apply(document);
    };
  }

  /** The jar's; classes of a directory have none. */
  private static String version() {
    return Objects.requireNonNullElse(
        DocumentConfiguration.class.getPackage().getImplementationVersion(), "development");
  }
}
