package dev.countersign.approval;

import java.time.Duration;

/**
 * The places in which a delayed request for approval is to be made. They travel with the request,
 * so that whichever process gets it next lets it through where another has reserved its place.
 *
 * @param ago how long ago it was to come, negative: it is still to come; told as a duration, since
 *     the clocks of two processes differ
 * @param user whether it has just waited for its place among its user's requests
 * @param all whether it has its place among all requests
 */
public record Reserved(Duration ago, boolean user, boolean all) {

  /** How long it is still to wait; negative or zero: it may come. */
  Duration left() {
    return ago.negated();
  }

  /** The same, when some time has passed. */
  Reserved after(Duration time) {
    return new Reserved(ago.plus(time), user, all);
  }
}
