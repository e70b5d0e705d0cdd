/**
 * Logs people in at the identity provider (OpenID Connect Core 3.1) and keeps their session in a
 * sealed cookie, so that a restart or another replica knows them too: nothing is kept on the
 * server, but who has signed out. Start at {@link dev.countersign.app.login.LoginConfiguration}.
 * Knows nothing of purchases or chats.
 */
@NullMarked
package dev.countersign.app.login;

import org.jspecify.annotations.NullMarked;
