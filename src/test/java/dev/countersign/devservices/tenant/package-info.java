/**
 * An identity provider for development and tests, with Auth0's wire format: login by code and PKCE,
 * CIBA in poll mode, JWT access tokens, and the phone on which the user approves. Start at {@link
 * dev.countersign.devservices.tenant.IdentityTenant}. Has a Spring context of its own; its classes
 * carry no stereotype, so that the application's scan doesn't pick them up.
 */
@NullMarked
package dev.countersign.devservices.tenant;

import org.jspecify.annotations.NullMarked;
