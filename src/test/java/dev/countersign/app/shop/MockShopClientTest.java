package dev.countersign.app.shop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MockShopClientTest {
  @Test
  void orderedInWordsWhenThereIsNoShop() {
    OrderAnswer answer =
        new MockShopClient()
            .order(new Order("headphones", 2, null), new BearerToken("t"), "purchase-1");

    assertThat(answer).isEqualTo(new OrderAnswer.Ordered("Ordered 2 headphones"));
  }
}
