package dev.countersign.devservices.model;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a sentence asks of the purchases that are there already. */
record Question(String words) {
  private static final String BUY = "(?:buy|order|purchase|get)";
  private static final Pattern CANCEL =
      Pattern.compile("(?is)(?!.*\\b" + BUY + "\\b.*\\bcancel).*\\bcancel\\b.*");
  private static final Pattern PENDING =
      Pattern.compile("(?is)(?!.*\\b" + BUY + "\\b).*\\b(?:pending|waiting)\\b.*");
  private static final Pattern BOUGHT =
      Pattern.compile(
          "(?is).*\\bwhat\\b.*\\bI\\b.*\\b(?:buy|bought|order|ordered|purchased?)\\b.*"
              + "|.*\\b(?:show|list|what are|which are)\\b.*\\b(?:orders|purchases)\\b.*");
  private static final Pattern ALL = Pattern.compile("(?is).*\\b(?:all|everything|both|them)\\b.*");
  private static final Pattern THE_ONE =
      Pattern.compile(
          "(?is).*\\bcancel(?:\\s+(?:it|that|this|(?:the|my|that|this)\\s+(?:last\\s+)?"
              + "(?:one|order|purchase|request)))?[\\s,]*(?:please)?[\\s.!?]*");

  boolean isToCancel() {
    return CANCEL.matcher(words).matches();
  }

  boolean isAboutPending() {
    return PENDING.matcher(words).matches();
  }

  boolean isAboutBought() {
    return BOUGHT.matcher(words).matches();
  }

  /** Those of the purchases that it means; all, where it names none and several may be meant. */
  List<ListedCall> meant(List<ListedCall> purchases) {
    String lower = words.toLowerCase(Locale.ROOT);
    List<ListedCall> named =
        purchases.stream().filter(purchase -> purchase.isNamedIn(lower)).toList();
    return named.isEmpty() && (isForAll() || THE_ONE.matcher(words).matches()) ? purchases : named;
  }

  boolean isForAll() {
    return ALL.matcher(words).matches();
  }
}
