package dev.countersign.faults;

/** What can misbehave, by its name in the stand-ins. */
enum Endpoint {
  ASK("bc-authorize", "tenant, asking"),
  TOKEN("token", "tenant, polls"),
  ORDERS("orders", "shop"),
  MODEL("completions", "model");

  final String name;
  final String words;

  Endpoint(String name, String words) {
    this.name = name;
    this.words = words;
  }
}
