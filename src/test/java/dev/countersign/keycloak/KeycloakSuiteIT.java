package dev.countersign.keycloak;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * All tests with a Keycloak as one class: so they run in one JVM, which starts one Keycloak, beside
 * the JVMs that run the other tests.
 */
@Suite
@SelectPackages({"dev.countersign.keycloak", "dev.countersign.e2e"})
@IncludeClassNamePatterns(".*KeycloakIT")
class KeycloakSuiteIT {}
