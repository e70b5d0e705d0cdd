package dev.countersign.audit;

/** Hears of each event as it is logged, on the thread that does what it tells of: be quick. */
public interface AuditListener {

  /** This was logged. */
  void heard(AuditEntry entry);
}
