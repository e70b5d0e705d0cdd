package com.example.bank;

/** Started once for all tests. */
final class RunningServices {
  static final Services FOR_TESTS = Services.temporary();

  private RunningServices() {}
}
