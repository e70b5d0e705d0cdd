package dev.countersign.devservices.shop;

/** An error answer (RFC 9457). */
final class Problem extends Exception {
  private final int status;

  Problem(int status, String detail) {
    super(detail);
    this.status = status;
  }

  int status() {
    return status;
  }
}
