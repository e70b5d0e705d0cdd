package dev.countersign.browser;

import dev.countersign.browser.ToldConversation.ToldCall;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Every state in which a call can be, of a purchase and of another tool. */
enum CallStories {
  REQUESTED("Asking your phone"),
  AWAITING_APPROVAL("Waiting for you"),
  UNANSWERED("No answer"),
  RUNNING("In progress"),
  DONE("Done"),
  DONE_WITHOUT_RESULT("Done"),
  SETTLED("Done"),
  DENIED("Denied"),
  EXPIRED("Expired"),
  CANCELLED("Taken back"),
  FAILED("Not done"),
  REFUSED("Refused"),
  NO_PHONE("No phone enrolled"),
  OUTCOME_UNKNOWN("Outcome unknown"),
  UNASKED_RUNNING("In progress"),
  UNASKED_DONE("Done"),
  COVERED_REQUESTED("In progress"),
  COVERED_DONE("Done");

  /** How the card names it. */
  final String label;

  CallStories(String label) {
    this.label = label;
  }

  private ToldCall tell(ToldCall call) {
    return switch (this) {
      case REQUESTED -> call.with("status", "REQUESTED");
      case AWAITING_APPROVAL -> call.awaiting(Duration.ofMinutes(4));
      case UNANSWERED ->
          call.with("status", "AWAITING_APPROVAL")
              .with("code", "no_answer")
              .with(
                  "reason",
                  "The time to approve this is over, and what became of it can't be known right"
                      + " now.");
      case RUNNING -> call.approved();
      case DONE -> call.approved().done("Order 7Q-2203 was taken");
      case DONE_WITHOUT_RESULT -> call.approved().done(null);
      case SETTLED ->
          call.approved()
              .done(null)
              .with("reason", "It is clear now that it was done: found in the shop's list.");
      case DENIED ->
          call.approved()
              .ended("DENIED", "access_denied", "You denied the request; nothing was done.");
      case EXPIRED ->
          call.awaiting(Duration.ofMinutes(-1))
              .ended(
                  "EXPIRED",
                  "authorization_request_expired",
                  "No approval arrived in time; nothing was done.");
      case CANCELLED ->
          call.awaiting(Duration.ofMinutes(3))
              .ended("CANCELLED", "cancelled", "It was cancelled; nothing was done.");
      case FAILED ->
          call.approved()
              .ended(
                  "FAILED",
                  "not_done",
                  "It was given up: the shop was busy (503). Nothing was done.");
      case REFUSED ->
          call.approved()
              .ended(
                  "REJECTED",
                  "refused",
                  "This can't be done: the account covers up to 10,000 EUR. Nothing was done.");
      case NO_PHONE ->
          call.ended(
              "REJECTED",
              "user_does_not_have_push_notifications",
              "You have no device on which you can be asked; enrol one with your identity provider,"
                  + " then ask again. Nothing was done.");
      case OUTCOME_UNKNOWN ->
          call.approved()
              .ended(
                  "OUTCOME_UNKNOWN",
                  "outcome_unknown",
                  "There was no clear answer, so it is unknown whether it was done. Please check"
                      + " before you ask again.");
      case UNASKED_RUNNING -> call.with("unasked", true).with("status", "RUNNING");
      case UNASKED_DONE -> call.with("unasked", true).done(trip());
      case COVERED_REQUESTED -> call.covered().with("status", "REQUESTED");
      case COVERED_DONE -> call.covered().done("Order 7Q-2204 was taken");
    };
  }

  /** As a purchase: short, plain arguments. */
  UnaryOperator<ToldCall> asPurchase() {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("product", "headphones");
    arguments.put("qty", 2);
    arguments.put("priceLimit", "300");
    String message = "Do you want to buy 2 headphones for at most 300";
    return call -> tell(call.of("shop-" + name(), "shop_online", message, arguments));
  }

  /** As another tool with short, plain arguments. */
  UnaryOperator<ToldCall> asTransfer() {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("amount", "50.00");
    arguments.put("recipientIBAN", "DE89370400440532013000");
    String message = "Transfer 50.00 EUR to DE89370400440532013000";
    return call -> tell(call.of("bank-" + name(), "transfer_money", message, arguments));
  }

  /** As a tool that takes all kinds of things: lists, objects, long texts, another script. */
  UnaryOperator<ToldCall> asTrip() {
    return call -> tell(call.of("trip-" + name(), "bookTrip", "京都への旅行 2 名を予約しますか? (K7QX)", trip()));
  }

  private static Map<String, Object> trip() {
    Map<String, Object> trip = new LinkedHashMap<>();
    trip.put("destination", "京都市東山区祇園町南側五百七十番地");
    trip.put("travellers", List.of("Aiko Tanaka", "Zo\u00eb O’Brien-Featherstonehaugh"));
    trip.put(
        "legs",
        List.of(leg("VIE", "KIX", "2026-11-03T09:40"), leg("KIX", "VIE", "2026-11-17T22:05")));
    trip.put("vegetarian", true);
    trip.put("bookingID", "3f9a1c7e-".repeat(6) + "0b");
    trip.put("extras", List.of());
    trip.put("note", "Please seat us together, away from the galley. ".repeat(12).strip());
    return trip;
  }

  private static Map<String, Object> leg(String from, String to, String at) {
    Map<String, Object> leg = new LinkedHashMap<>();
    leg.put("from", from);
    leg.put("to", to);
    leg.put("departsAt", at);
    return leg;
  }
}
