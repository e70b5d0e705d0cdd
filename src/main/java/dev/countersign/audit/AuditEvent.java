package dev.countersign.audit;

import java.util.Locale;

/** What happened. The names are what searches and alarms are made of: never change one. */
public enum AuditEvent {
  /** Somebody has signed in. */
  LOGIN,
  /** Somebody was not let in. */
  LOGIN_REFUSED,
  /** Somebody has signed out, or was signed out by the identity provider. */
  LOGOUT,
  /** A request came with a token that is not accepted. */
  TOKEN_REFUSED,
  /** Somebody was, or had others, asked too often. */
  LIMIT_REACHED,
  /** The identity provider was told to ask a user. */
  QUESTION_ASKED,
  /** What came of a question. */
  DECIDED,
  /** An approval is not of what was asked, or not of whom. */
  GRANT_MISMATCH,
  /** The access token of an approval is here, sealed. */
  TOKEN_OBTAINED,
  /** Nobody is asked, because an earlier approval covers the call. */
  COVERED,
  /** A method is about to run. */
  RUN_BEGUN,
  /** What came of a run, or why there was none. */
  RUN_ENDED,
  /** Something that this application had sealed was changed, or used in another place. */
  SEAL_BROKEN,
  /** A user has taken a call back, or was too late. */
  CANCELLED,
  /** An operator has looked at other users' calls, or changed something. */
  OPERATOR_ACT;

  /** As it is logged. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
