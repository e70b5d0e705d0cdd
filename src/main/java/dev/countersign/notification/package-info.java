/**
 * Where a provider says in ping mode that a user has decided (CIBA Core 10.2). Start at {@link
 * dev.countersign.notification.NotificationController}: it checks the bearer token and tells the
 * workflow that waits.
 */
@NullMarked
package dev.countersign.notification;

import org.jspecify.annotations.NullMarked;
