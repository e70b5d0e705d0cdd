package dev.countersign.devservices.shop;

import dev.countersign.devservices.loopback.CallLog;
import dev.countersign.devservices.loopback.Faults;
import dev.countersign.devservices.loopback.JsonFiles;
import dev.countersign.devservices.loopback.LoopbackServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A running shop: {@code POST /api/orders} with a bearer token, {@code GET} without. */
public final class DemoShop implements AutoCloseable {
  /** The environment variable that moves the shop's port. */
  public static final String PORT_SETTING = "SHOP_PORT";

  private static final String PATH = "/api/orders";
  private static final String ENDPOINT = "orders";
  private final LoopbackServer server;
  private final OrderBook book;
  private final Faults faults;
  private final CallLog calls;

  private DemoShop(LoopbackServer server, OrderBook book, Faults faults, CallLog calls) {
    this.server = server;
    this.book = book;
    this.faults = faults;
    this.calls = calls;
  }

  /**
   * Returns when the shop answers.
   *
   * @throws IllegalStateException if the port is taken; the message names it and {@value
   *     #PORT_SETTING}
   */
  public static DemoShop start(ShopSettings settings) {
    Path data = settings.dataDirectory();
    Path directory = data == null ? null : data.resolve("orders");
    var book = new OrderBook(new JsonFiles<>(directory, OrderRecord.class), Clock.systemUTC());
    var tokens = new TokenCheck(settings.issuer(), settings.audience());
    var faults = new Faults(Set.of(ENDPOINT));
    var calls = new CallLog(request -> request.getHeader("Idempotency-Key"));
    LoopbackServer server =
        LoopbackServer.start(
            new LoopbackServer.Address("demo shop", settings.port(), PORT_SETTING),
            faults,
            Map.of("POST " + PATH, ENDPOINT),
            calls,
            (servlets, _) ->
                servlets.addServlet(ENDPOINT, new OrdersServlet(book, tokens)).addMapping(PATH));
    return new DemoShop(server, book, faults, calls);
  }

  /** Where orders go: {@code http://localhost:9001/api/orders}. */
  public String url() {
    return "http://localhost:" + port() + PATH;
  }

  /** The port that the shop listens on. */
  public int port() {
    return server.port();
  }

  /** Every order, oldest first. */
  public List<PlacedOrder> orders() {
    return book.orders();
  }

  /** How many orders there are. */
  public int orderCount() {
    return book.size();
  }

  /** Every order with what it came with, oldest first. */
  public List<OrderRecord> records() {
    return book.records();
  }

  /** The calls of the endpoint {@code orders} by their {@code Idempotency-Key}. */
  public List<CallLog.Call> calls() {
    return calls.calls();
  }

  /** Misbehaviour on demand, of the endpoint {@code orders} ({@code POST} only). */
  public Faults faults() {
    return faults;
  }

  @Override
  public void close() {
    server.close();
  }
}
