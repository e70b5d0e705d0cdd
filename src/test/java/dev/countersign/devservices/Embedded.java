package dev.countersign.devservices;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The services that run here because nothing else is configured, and where people see them.
 *
 * @param model whether the offline model answers
 * @param tenant the identity tenant's issuer, with a slash at its end; null: another one logs in
 * @param orders the demo shop's orders; null: another shop, or mocked orders
 * @param mocked whether orders are mocked: nothing takes them
 * @param workflows Temporal's Web UI; null: another server, or one without it
 */
record Embedded(
    boolean model,
    @Nullable String tenant,
    @Nullable String orders,
    boolean mocked,
    @Nullable String workflows) {

  /** Properties that let the chat page say so. */
  Map<String, Object> page() {
    Map<String, Object> page = new HashMap<>();
    int n = 0;
    if (model) {
      page.put(property(n++, "service"), "model");
    }
    n = add(page, n, "tenant", tenant == null ? null : tenant + "phone");
    n = add(page, n, "shop", orders);
    if (mocked) {
      page.put(property(n++, "service"), "shop");
    }
    add(page, n, "temporal", workflows);
    return page;
  }

  private static int add(Map<String, Object> page, int n, String service, @Nullable String url) {
    if (url == null) {
      return n;
    }
    page.put(property(n, "service"), service);
    page.put(property(n, "url"), url);
    return n + 1;
  }

  private static String property(int n, String name) {
    return "countersign.page.embedded[" + n + "]." + name;
  }

  /**
   * The few lines that a newcomer needs next.
   *
   * @param app the application's own address
   */
  String welcome(String app) {
    StringBuilder lines = new StringBuilder("\nCountersign is ready.\n\n");
    lines.append("Open %s, %s\n".formatted(app, tenant == null ? "sign in" : "sign in as alice"));
    lines.append("and say:                  Buy an XYZ phone\n");
    if (tenant != null) {
      lines
          .append("Approve it on her phone:  ")
          .append(tenant)
          .append("phone?user=alice")
          .append('\n');
    }
    if (workflows != null) {
      lines.append("Watch it in Temporal:     ").append(workflows).append('\n');
    }
    if (orders != null) {
      lines.append("See the order:            ").append(orders).append('\n');
    }
    if (tenant != null) {
      lines.append("What operators see:       ").append(app).append("/operator, as olivia\n");
    }
    lines.append("The API:                  ").append(app).append("/swagger-ui/index.html\n");
    if (tenant != null) {
      lines.append(
          """

          Or without the page:
            TOKEN=$(curl -s -X POST '%1$sdev/token?user=alice')
            curl -s %2$s/api/chat -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
              -d '{"message": "Buy an XYZ phone"}'
          """
              .formatted(tenant, app));
    }
    return lines
        .append("\nCtrl-C ends all of it; what is pending goes on at the next start.\n")
        .toString();
  }
}
