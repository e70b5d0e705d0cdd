package dev.countersign.app.purchase;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.app.api.ProblemException;
import dev.countersign.app.api.TooManyRequestsException;
import dev.countersign.app.call.Approvers;
import dev.countersign.app.call.Cursors;
import dev.countersign.approval.Approver;
import dev.countersign.guard.CallNotDoneException;
import dev.countersign.guard.KeyUsedException;
import dev.countersign.guard.TooManyQuestionsException;
import jakarta.validation.Valid;
import java.beans.PropertyEditorSupport;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The API of purchases: start one without a model, look, list, take back. */
@RestController
@RequestMapping("/api/purchases")
class PurchaseController {
  private static final String LIST = "purchases";

  private final Purchases purchases;
  private final Approvers approvers;
  private final Cursors cursors;

  PurchaseController(Purchases purchases, Approvers approvers, Cursors cursors) {
    this.purchases = purchases;
    this.approvers = approvers;
    this.cursors = cursors;
  }

  /**
   * One page of a list.
   *
   * @param cursor what to send as {@code cursor} for the next page; null: there is none
   */
  record PurchaseList(List<PurchaseState> purchases, @Nullable String cursor) {}

  @PostMapping
  ResponseEntity<PurchaseState> start(
      Caller caller, IdempotencyKey key, @Valid @RequestBody PurchaseRequest request) {
    Purchase wanted = request.toPurchase();
    Approver approver = approvers.of(caller, request.approverHints());
    PurchaseState state;
    try {
      state = purchases.start(caller, wanted, approver, key);
    } catch (KeyUsedException e) {
      PurchaseState before = PurchaseState.of(e.before());
      throw new ProblemException(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "This Idempotency-Key was used for %d %s before. Use a new one for another purchase."
              .formatted(before.qty(), before.product()));
    } catch (TooManyQuestionsException e) {
      throw new TooManyRequestsException(String.valueOf(e.getMessage()), e.retryAfter());
    } catch (CallNotDoneException e) {
      throw new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(e.getMessage()));
    }
    return ResponseEntity.accepted()
        .location(URI.create("/api/purchases/" + state.id()))
        .body(state);
  }

  @GetMapping("/{id}")
  PurchaseState show(Caller caller, @PathVariable String id) {
    return purchases.find(caller, id).orElseThrow(() -> notFound(id));
  }

  /** An empty status is none that there is, and no parameter that was left out. */
  @InitBinder("status")
  void nameStatuses(WebDataBinder parameter) {
    parameter.registerCustomEditor(
        PurchaseStatus.class,
        new PropertyEditorSupport() {
          @Override
          public void setAsText(String name) {
            setValue(PurchaseStatus.valueOf(name));
          }
        });
  }

  @GetMapping
  PurchaseList list(
      Caller caller,
      @RequestParam(required = false) @Nullable PurchaseStatus status,
      @RequestParam(required = false) @Nullable String cursor) {
    Purchases.Page page = purchases.list(caller, status, cursors.start(caller, LIST, cursor));
    return new PurchaseList(page.purchases(), cursors.next(caller, LIST, page.next()));
  }

  @PostMapping("/{id}/cancel")
  PurchaseState cancel(Caller caller, @PathVariable String id) {
    return purchases.cancel(caller, id).orElseThrow(() -> notFound(id));
  }

  private static ProblemException notFound(String id) {
    return new ProblemException(HttpStatus.NOT_FOUND, "You have no purchase " + id + ".");
  }
}
