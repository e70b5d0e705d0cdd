package dev.countersign.devservices;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Temporal and an identity tenant with a phone, beside an application with guarded tools. While it
 * is developed, by a main class among the tests, which {@code spring-boot:test-run} finds:
 *
 * <pre>{@code
 * SpringApplication.from(MyApplication::main).with(CountersignDevelopmentServices.class).run(args);
 * }</pre>
 *
 * And in its tests, where {@link dev.countersign.devservices.tenant.IdentityTenant} and {@link
 * StandIns} are beans then:
 *
 * <pre>{@code
 * @SpringBootTest
 * @Import(CountersignDevelopmentServices.class)
 * }</pre>
 *
 * <p>They set every setting that the guard needs, over what {@code application.yaml} says of real
 * servers. What is set from outside wins: a test's properties, the command line, a system property,
 * an environment variable. Where that names an issuer ({@code countersign.oidc.issuer}) or a
 * Temporal server ({@code countersign.temporal.address}), nothing stands in for it.
 *
 * <p>A developed application finds the tenant at port 9000 ({@code TENANT_PORT}), Temporal at 7233
 * ({@code TEMPORAL_PORT}) and its Web UI at 8233 ({@code TEMPORAL_UI_PORT}); what they keep is in
 * {@code target/countersign}, or {@code build/countersign} where there is no Maven. A test has free
 * ports, and nothing is kept. Everything listens on this machine only.
 */
@Configuration(proxyBeanMethods = false)
@Import(StandInsImport.class)
public class CountersignDevelopmentServices {}
