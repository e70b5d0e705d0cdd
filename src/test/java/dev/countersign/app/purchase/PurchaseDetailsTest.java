package dev.countersign.app.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.app.purchase.PurchaseDetails.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurchaseDetailsTest {
  private static final String GUARDIAN_TYPE = "urn:auth0:schemas:authorization-details:v1:purchase";
  private static final Purchase TEA = new Purchase("日本 \"tea\"", 2, new BigDecimal("99.90"));

  @Test
  void sendsNothingWithoutAType() {
    assertThat(PurchaseDetails.OFF.of(TEA)).isEmpty();
  }

  @Test
  void namesTheProductInItsOwnLetters() {
    assertThat(new PurchaseDetails("purchase", Schema.PURCHASE, "EUR", "Tea & Co").of(TEA))
        .hasValue(
            "[{\"type\":\"purchase\",\"product\":\"日本 \\\"tea\\\"\",\"qty\":2,\"priceLimit\":99.90,\"currency\":\"EUR\","
                + "\"shop\":\"Tea & Co\"}]");
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    assertThat(
            new PurchaseDetails("purchase", Schema.PURCHASE, null, null)
                .of(new Purchase("lamp", 1, null)))
        .hasValue("[{\"type\":\"purchase\",\"product\":\"lamp\",\"qty\":1}]");
  }

  @Test
  void writesWhatTheGuardianAppShows() {
    assertThat(
            new PurchaseDetails(GUARDIAN_TYPE, Schema.GUARDIAN, null, null)
                .of(new Purchase("lamp", 1, new BigDecimal("5"))))
        .hasValue(
            """
            [{"type":"urn:auth0:schemas:authorization-details:v1:purchase",\
            "instruction":"Do you want to buy this?","properties":{\
            "product":{"display":true,"name":"Product","display_order":1,"value":"lamp"},\
            "qty":{"display":true,"name":"Quantity","display_order":2,"value":1},\
            "priceLimit":{"display":true,"name":"Price limit","display_order":3,"value":5}}}]\
            """);
  }

  @Test
  void staysBelowAuth0sFiveKilobytesAtItsLargest() {
    String most = "語".repeat(255);
    String type = GUARDIAN_TYPE + "x".repeat(255 - GUARDIAN_TYPE.length());
    var details = new PurchaseDetails(type, Schema.GUARDIAN, "EUR", most);
    var purchase = new Purchase("語".repeat(100), 1000, new BigDecimal("999999999999.99"));

    assertThat(details.of(purchase).orElseThrow().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThan(5_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          purchase                                    | GUARDIAN |     |   | type must be "urn:auth0:schemas:authorization-details:v1:" and a name
          urn:auth0:schemas:authorization-details:v1: | GUARDIAN |     |   | type must be
          purchase                                    | PURCHASE | EURO |  | currency must be a code of ISO 4217, such as EUR, but is "EURO"
          purchase                                    | PURCHASE | eur |   | currency must be
          256                                         | PURCHASE |     |   | type must have 1 to 255 characters, but has 256
          purchase                                    | PURCHASE |     | 256 | shop must have 1 to 255 characters, but has 256
          ' '                                         | PURCHASE |     |   | type must have 1 to 255 characters, but has 0
          """)
  void refusesASettingAndSaysWhy(
      String type, Schema schema, String currency, String shop, String sentence) {
    assertThatThrownBy(() ->
            new PurchaseDetails(inFull(type), schema, currency, shop == null ? null : inFull(shop)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  private static String inFull(String text) {
    return text.equals("256") ? "x".repeat(256) : text;
  }
}
