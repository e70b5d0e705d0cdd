package dev.countersign.devservices.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a sentence wants to be transferred.
 *
 * @param amount in EUR
 */
record Transfer(BigDecimal amount, String recipient) {
  static final String TOOL = "transfer_money";

  private static final Pattern SENTENCE =
      Pattern.compile(
          "(?iU).*?\\b(?:transfer|send|pay) *(?:€|eur|euros?)? *(\\d{1,9}(?:[.,]\\d{1,2})?) *(?:€|eur|euros?)?"
              + " +to +(.+?)[.!?,]*(?: *please)?[.!?]*");

  /** Empty: nothing. */
  static Optional<Transfer> in(String words) {
    Matcher matcher = SENTENCE.matcher(words.strip());
    return matcher.matches()
        ? Optional.of(
            new Transfer(
                new BigDecimal(matcher.group(1).replace(',', '.')), matcher.group(2).strip()))
        : Optional.empty();
  }

  /** For the tool. */
  String arguments() {
    return new ObjectMapper()
        .createObjectNode()
        .put("amount", amount)
        .put("recipient", recipient)
        .toString();
  }
}
