package dev.countersign.devservices.tenant;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The people of the tenant. A password is the user's name. */
enum TenantUser {
  ALICE(true),
  BOB(true),
  /** Has no phone: she can be asked by e-mail only. */
  CAROL(false),
  /** Is an operator. */
  OLIVIA(true);

  private final boolean device;

  TenantUser(boolean device) {
    this.device = device;
  }

  static Optional<TenantUser> bySub(String sub) {
    return Arrays.stream(values()).filter(user -> user.sub().equals(sub)).findAny();
  }

  /** Finds a user by name or by sub. */
  static Optional<TenantUser> find(String nameOrSub) {
    return Arrays.stream(values())
        .filter(user -> user.login().equals(nameOrSub) || user.sub().equals(nameOrSub))
        .findAny();
  }

  String sub() {
    return "auth0|" + login();
  }

  String login() {
    return name().toLowerCase(Locale.ROOT);
  }

  String email() {
    return login() + "@example.com";
  }

  String displayName() {
    return name().charAt(0) + login().substring(1);
  }

  /**
   * What the user may do beside what everybody may, as {@link IdentityTenant#ROLES_CLAIM} has it.
   */
  List<String> roles() {
    return this == OLIVIA ? List.of(IdentityTenant.OPERATOR_ROLE) : List.of();
  }

  boolean hasDevice() {
    return device;
  }
}
