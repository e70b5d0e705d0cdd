package dev.countersign.app.purchase;

import dev.countersign.app.shop.MockShopClient;
import dev.countersign.autoconfigure.ParameterConstraints;
import dev.countersign.guard.CallTerms;
import dev.countersign.guard.RunTerms;
import dev.countersign.guard.ToolRegistry;
import dev.countersign.guard.ToolRules;
import dev.countersign.guard.proxy.BeanTools;
import dev.countersign.message.MessageRules;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.List;

/** The tool {@code shop_online} as the application has it, where all is frozen and nothing runs. */
public final class ShopTool {
  private static final Validator VALIDATOR =
      Validation.buildDefaultValidatorFactory().getValidator();

  private ShopTool() {}

  /** A registry with that tool, whose users see Latin letters only, as Auth0's do. */
  public static ToolRegistry registry() {
    ToolRegistry tools =
        new ToolRegistry(
            new MessageRules("[A-Za-z0-9 +\\-_.,:#]", 64, null),
            new CallTerms(
                List.of("openid"),
                null,
                null,
                Duration.ofMinutes(5),
                null,
                Duration.ZERO,
                new RunTerms(
                    false,
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(15),
                    Duration.ofSeconds(30),
                    true,
                    null,
                    null)),
            ToolRules.Settings.NONE,
            false);
    ShopOnline bean = new ShopOnline(new MockShopClient(), PurchaseWorld.SHOP.properties());
    BeanTools.add(tools, bean, method -> new ParameterConstraints(VALIDATOR, bean, method));
    if (!tools.faults().isEmpty()) {
      throw new IllegalStateException(tools.faults().toString());
    }
    return tools;
  }
}
