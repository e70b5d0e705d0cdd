package dev.countersign.faults;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants to buy and how they answer their phone.
 *
 * @param number from 1
 * @param conversation in which of the user's conversations it is said, from 1; 0: through the API
 * @param priceLimit null: none
 * @param at when it is said, from the beginning of the run
 * @param after the answer: from the ring of the phone; {@link Answer#CANCEL}: from the start of the
 *     purchase; {@link Answer#LATE}: from a second before the question expires
 */
record Wish(
    int number,
    String user,
    int conversation,
    int qty,
    @Nullable BigDecimal priceLimit,
    Duration at,
    Answer answer,
    Duration after,
    ModelWay model) {

  /** What the user does. */
  enum Answer {
    APPROVE,
    DENY,
    NOTHING,
    CANCEL,
    LATE
  }

  /** How the model goes about it. */
  enum ModelWay {
    ONE_CALL,
    TWO_CALLS_AT_ONCE,
    REPEATED_CALL
  }

  boolean byChat() {
    return conversation > 0;
  }

  String product() {
    return "lamp" + number;
  }

  /** What the model calls its tool with, call by call. */
  List<Item> items() {
    List<Item> items = new ArrayList<>(List.of(new Item(product(), qty, priceLimit)));
    switch (model) {
      case ONE_CALL -> {}
      case TWO_CALLS_AT_ONCE -> items.add(new Item("bulb" + number, 1, null));
      case REPEATED_CALL -> items.add(items.getFirst());
    }
    return items;
  }

  /** What is said in the chat. */
  String words() {
    return "Buy " + number;
  }

  /** One call of the model's tool. */
  record Item(String product, int qty, @Nullable BigDecimal priceLimit) {
    /** What the phone shows. */
    String message() {
      return "Do you want to buy "
          + qty
          + " "
          + product
          + (priceLimit == null ? "" : " for at most " + priceLimit.toPlainString());
    }
  }
}
