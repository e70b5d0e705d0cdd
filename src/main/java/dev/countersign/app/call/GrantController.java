package dev.countersign.app.call;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.ProblemException;
import dev.countersign.guard.RememberedApprovals;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API of the caller's approvals that cover later calls. */
@RestController
@RequestMapping("/api/grants")
class GrantController {
  private final RememberedApprovals remembered;

  GrantController(RememberedApprovals remembered) {
    this.remembered = remembered;
  }

  /** All of the caller's, oldest first: there are never many. */
  record GrantList(List<GrantView> grants) {}

  @GetMapping
  GrantList list(Caller caller) {
    return new GrantList(remembered.of(caller.sub()).stream().map(GrantView::of).toList());
  }

  /** Ends one: from now on the caller is asked again for such calls. */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void end(Caller caller, @PathVariable String id) {
    if (!remembered.forget(caller.sub(), id)) {
      throw new ProblemException(
          HttpStatus.NOT_FOUND, "No approval of yours that is remembered is named " + id + ".");
    }
  }
}
