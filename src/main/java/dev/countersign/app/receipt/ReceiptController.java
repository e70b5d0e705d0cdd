package dev.countersign.app.receipt;

import dev.countersign.app.api.Caller;
import dev.countersign.guard.GuardedCalls;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The receipts of what the caller has approved, and the keys that everybody verifies them with. */
@RestController
class ReceiptController {
  static final String KEYS = "/.well-known/countersign-receipts.json";

  private static final Duration KEYS_LIFE = Duration.ofMinutes(5);

  private final GuardedCalls calls;
  private final Receipts receipts;

  ReceiptController(GuardedCalls calls, Receipts receipts) {
    this.calls = calls;
    this.receipts = receipts;
  }

  @GetMapping(path = "/api/approvals/{id}/receipt", produces = "application/jwt")
  ResponseEntity<String> receipt(Caller caller, @PathVariable String id) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(receipts.of(id, calls.evidence(caller.sub(), id)));
  }

  @GetMapping(path = KEYS, produces = "application/json")
  ResponseEntity<Map<String, Object>> keys() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.maxAge(KEYS_LIFE).cachePublic())
        .body(receipts.keys());
  }
}
