/**
 * What the development services stand on: {@link
 * dev.countersign.devservices.loopback.LoopbackServer}, a web server on 127.0.0.1 that misbehaves
 * on demand ({@link dev.countersign.devservices.loopback.Faults}), and {@link
 * dev.countersign.devservices.loopback.JsonFiles}, which survive {@code kill -9}. Independent of
 * the application's Spring context, settings and logging.
 */
@NullMarked
package dev.countersign.devservices.loopback;

import org.jspecify.annotations.NullMarked;
