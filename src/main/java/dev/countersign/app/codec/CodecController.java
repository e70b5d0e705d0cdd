package dev.countersign.app.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.countersign.app.api.ProblemException;
import dev.countersign.audit.AuditEntry;
import dev.countersign.audit.AuditEvent;
import dev.countersign.guard.UserDigest;
import dev.countersign.payload.PayloadSeal;
import dev.countersign.temporal.PayloadSettings;
import dev.countersign.temporal.TemporalSettings;
import dev.countersign.vault.SealBrokenException;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Temporal's protocol of codec servers: {@code {"payloads": […]}} comes in, and goes out opened, or
 * sealed. What can't be opened, or isn't sealed, goes out as it came: the Web UI asks for all that
 * it shows at once.
 */
@RestController
@Conditional(ServesPayloads.class)
@RequestMapping(path = CodecController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class CodecController {
  /** Where the server is: what {@code --codec-endpoint} ends in. */
  static final String PATH = "/codec";

  /** Names the namespace whose payloads they are. */
  static final String NAMESPACE_HEADER = "X-Namespace";

  private static final Logger log = LoggerFactory.getLogger(CodecController.class);

  /** Twice the largest payload that Temporal keeps, as Base64 in JSON. */
  static final int MOST_BYTES = 8 * 1024 * 1024;

  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private final PayloadSeal seal;
  private final String namespace;
  private final boolean encoding;
  private final boolean sealing;
  private final UserDigest users;

  /** Of one namespace; the digests stand for operators in the log. */
  CodecController(
      PayloadSeal seal,
      TemporalSettings temporal,
      PayloadSettings payloads,
      CodecServerProperties settings,
      UserDigest users) {
    this.seal = seal;
    this.namespace = temporal.namespace();
    this.encoding = settings.encode();
    this.sealing = payloads.mode() == PayloadSettings.Mode.SEALED;
    this.users = users;
  }

  /** Opens what is sealed. */
  @PostMapping("/decode")
  String decode(
      HttpServletRequest request,
      @RequestHeader(name = NAMESPACE_HEADER, required = false) @Nullable String of,
      @AuthenticationPrincipal Jwt operator)
      throws IOException {
    return answer("Opened", request, of, operator, this::opened);
  }

  /** Seals what is to be sent to a workflow. */
  @PostMapping("/encode")
  String encode(
      HttpServletRequest request,
      @RequestHeader(name = NAMESPACE_HEADER, required = false) @Nullable String of,
      @AuthenticationPrincipal Jwt operator)
      throws IOException {
    if (!encoding) {
      throw new ProblemException(
          HttpStatus.FORBIDDEN,
          "This codec server opens payloads, and seals none (countersign.codec-server.encode).");
    }
    return answer("Sealed", request, of, operator, sealing ? seal::seal : UnaryOperator.identity());
  }

  private String answer(
      String what,
      HttpServletRequest request,
      @Nullable String of,
      Jwt operator,
      UnaryOperator<Payload> change)
      throws IOException {
    if (!namespace.equals(of)) {
      throw new ProblemException(
          HttpStatus.FORBIDDEN,
          "The header "
              + NAMESPACE_HEADER
              + " must name the one namespace whose payloads this codec server knows.");
    }
    Payloads asked = read(request);
    Payloads.Builder answer = Payloads.newBuilder();
    int changed = 0;
    for (Payload payload : asked.getPayloadsList()) {
      Payload after = change.apply(payload);
      answer.addPayloads(after);
      changed += after.equals(payload) ? 0 : 1;
    }
    log.info(
        "{} {} of {} payloads for operator {}",
        what,
        changed,
        asked.getPayloadsCount(),
        users.of(String.valueOf(operator.getSubject())));
    AuditEntry.of(AuditEvent.OPERATOR_ACT)
        .operator(users.of(String.valueOf(operator.getSubject())), what.toLowerCase(Locale.ROOT))
        .outcome("payloads")
        .write();
    return PRINTER.print(answer);
  }

  private Payload opened(Payload payload) {
    if (!PayloadSeal.isSealed(payload)) {
      return payload;
    }
    try {
      return seal.open(payload);
    } catch (SealBrokenException e) {
      log.debug("A payload can't be opened for an operator", e);
      return payload;
    }
  }

  private static Payloads read(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      throw new ProblemException(
          HttpStatus.CONTENT_TOO_LARGE, "The body must have at most " + MOST_BYTES + " bytes.");
    }
    Payloads.Builder payloads = Payloads.newBuilder();
    try {
      PARSER.merge(new String(body, StandardCharsets.UTF_8), payloads);
    } catch (InvalidProtocolBufferException e) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "The body must be JSON: {\"payloads\": [{\"metadata\": …, \"data\": …}]}, with Base64.");
    }
    return payloads.build();
  }
}
