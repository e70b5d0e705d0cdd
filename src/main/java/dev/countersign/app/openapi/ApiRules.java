package dev.countersign.app.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What holds for every operation below {@code /api}: who may call it, and the answers that don't
 * depend on what it does. {@code api.yaml} has the words of these answers.
 */
final class ApiRules {
  private static final String SCHEMA = "#/components/schemas/";

  /** For sessions only, and without Temporal: {@code api.yaml} has all of its answers. */
  private static final String SESSION = "/api/session";

  private final URI issuer;

  ApiRules(URI issuer) {
    this.issuer = issuer;
  }

  void apply(OpenAPI document) {
    document
        .getComponents()
        .addSecuritySchemes(
            "bearer",
            new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .bearerFormat("JWT")
                .description(
                    "An access token of the issuer for this application's audience"
                        + " (`API_AUDIENCE`). Who issues it: `%s/.well-known/openid-configuration`."
                            .formatted(issuer.toString().replaceFirst("/$", ""))));
    document
        .getPaths()
        .forEach((path, item) ->
            item.readOperationsMap()
                .forEach((method, operation) -> {
                  if (path.startsWith("/api/") && !path.equals(SESSION)) {
                    apply(method, path, operation);
                  }
                }));
    answersAreWhole(document);
  }

  private static void apply(HttpMethod method, String path, Operation operation) {
    operation.setSecurity(ways(method));
    answer(operation, "401", "Unauthorized");
    answer(operation, "503", "Unavailable");
    answer(operation, "429", "TooManyRequests");
    if (method != HttpMethod.GET) {
      answer(operation, "403", "Forbidden");
    }
    if (path.contains("{")) {
      answer(operation, "400", "BadRequest");
      answer(operation, "404", "NotFound");
    }
    if (operation.getRequestBody() != null) {
      answer(operation, "400", "BadRequest");
      answer(operation, "413", "TooLong");
      answer(operation, "415", "UnsupportedMediaType");
    }
    if (parameters(operation).anyMatch(parameter -> "query".equals(parameter.getIn()))) {
      answer(operation, "400", "BadRequest");
    }
    if (operation.getResponses().values().stream().anyMatch(it -> it.getContent() != null)) {
      answer(operation, "406", "NotAcceptable");
    }
  }

  /** A session's cookie is sent by browsers unasked, so that what changes something needs more. */
  private static List<SecurityRequirement> ways(HttpMethod method) {
    var session = new SecurityRequirement().addList("session");
    return List.of(
        new SecurityRequirement().addList("bearer"),
        method == HttpMethod.GET ? session : session.addList("csrf"));
  }

  private static void answer(Operation operation, String status, String name) {
    operation
        .getResponses()
        .addApiResponse(status, new ApiResponse().$ref("#/components/responses/" + name));
  }

  private static Stream<Parameter> parameters(Operation operation) {
    return operation.getParameters() == null ? Stream.of() : operation.getParameters().stream();
  }

  /** An answer has every member, those without a value as null; a request may leave these out. */
  private static void answersAreWhole(OpenAPI document) {
    Set<String> asked = new HashSet<>();
    document.getPaths().values().stream()
        .flatMap(item -> item.readOperations().stream())
        .filter(operation -> operation.getRequestBody() != null)
        .flatMap(operation -> operation.getRequestBody().getContent().values().stream())
        .map(MediaType::getSchema)
        .forEach(schema -> asked.add(String.valueOf(schema.get$ref())));
    schemas(document)
        .forEach((name, schema) -> {
          if (!asked.contains(SCHEMA + name) && schema.getProperties() != null) {
            schema.setRequired(new ArrayList<>(schema.getProperties().keySet()));
          }
        });
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // swagger's own maps are raw
  private static Map<String, Schema<?>> schemas(OpenAPI document) {
    return (Map) document.getComponents().getSchemas();
  }
}
