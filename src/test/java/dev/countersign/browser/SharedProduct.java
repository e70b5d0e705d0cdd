package dev.countersign.browser;

import dev.countersign.devservices.tenant.IdentityTenant;
import dev.countersign.e2e.Product;
import dev.countersign.e2e.StandingOrders;
import dev.countersign.e2e.VagueTool;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The one {@link Product} of all browser tests of a JVM that neither configure nor kill it. They
 * buy different things, so that they don't meet.
 */
final class SharedProduct implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedProduct.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Product.class;
  }

  @Override
  public Product resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(Product.class, _ -> start(), Product.class);
  }

  /**
   * Beside the shop, with a tool whose approvals are remembered and one that never knows what it
   * did; operators are whom the tenant calls so.
   */
  private static Product start() {
    return new Product()
        .with(application -> application.registerBean(StandingOrders.class))
        .with(application -> application.registerBean(VagueTool.class))
        .startApplication(
            "countersign.receipts.key=" + Product.receiptsKey(),
            "countersign.operators.claim=" + IdentityTenant.ROLES_CLAIM,
            "countersign.operators.value=" + IdentityTenant.OPERATOR_ROLE);
  }
}
