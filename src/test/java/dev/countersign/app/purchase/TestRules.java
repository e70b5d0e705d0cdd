package dev.countersign.app.purchase;

/** The rules of providers that are known. */
final class TestRules {
  private static final String WITH_LIMIT =
      "Do you want to buy {qty} {product}[ for at most {priceLimit}]";

  static final BindingMessageRules AUTH0 =
      new BindingMessageRules(
          BindingMessageRules.DEFAULT_TEMPLATE, "[A-Za-z0-9 +\\-_.,:#]", 64, null);

  static final BindingMessageRules AUTH0_WITH_LIMIT =
      new BindingMessageRules(WITH_LIMIT, "[A-Za-z0-9 +\\-_.,:#]", 64, null);

  static final BindingMessageRules KEYCLOAK =
      new BindingMessageRules("Do_you_want_to_buy_{qty}_{product}", "[a-zA-Z0-9-._+/!?#]", 50, "_");

  static final BindingMessageRules KEYCLOAK_WITH_LIMIT =
      new BindingMessageRules(
          "Buy_{qty}_{product}[_for_{priceLimit}]", "[a-zA-Z0-9-._+/!?#]", 50, "_");

  /** Of a provider that shows whatever it gets. */
  static final BindingMessageRules GENERIC =
      new BindingMessageRules(WITH_LIMIT, "[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]", 100, null);

  private TestRules() {}
}
