package dev.countersign.lease;

/**
 * How many processes there are of this application, as this one knows it: by them is divided what
 * all together may do.
 *
 * @param count this one included; 1 or more
 * @param counted whether the others count this one by now: until then, what it did would come on
 *     top of what they do
 */
public record Replicas(int count, boolean counted) {
  /** One process alone. */
  public static final Replicas ALONE = new Replicas(1, true);
}
