package dev.countersign.app.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Writes server-sent events (HTML Standard 9.2.6). Each write blocks until the viewer takes it. */
final class EventWriter {
  private final OutputStream out;
  private final JsonMapper json;

  EventWriter(OutputStream out, JsonMapper json) {
    this.out = out;
    this.json = json;
  }

  /** Says how long a client is to wait before it connects again. */
  void begin(Duration reconnectAfter) throws IOException {
    write("retry: " + reconnectAfter.toMillis() + "\n\n");
    out.flush();
  }

  void write(List<StreamEvent> events) throws IOException {
    for (StreamEvent event : events) { // JSON has no line break outside of escapes
      write("id: " + event.id() + "\nevent: " + event.name() + "\ndata: ");
      out.write(json.writeValueAsBytes(event.data()));
      write("\n\n");
    }
    out.flush();
  }

  /** A comment, which tells both sides whether the connection still is one. */
  void heartbeat() throws IOException {
    write(":\n\n");
    out.flush();
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(UTF_8));
  }
}
