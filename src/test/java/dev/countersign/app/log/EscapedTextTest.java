package dev.countersign.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lines as Logback writes them. */
class EscapedTextTest {
  private static final String FORGED = "a\r\nERROR forged\u001b[2J\u2028b\u202etxt\u200b";
  private static final String SHOWN = "a\\r\\nERROR forged\\u001B[2J\\u2028b\\u202Etxt\\u200B";

  private static String written(String message, @Nullable Throwable thrown) {
    EscapedText.inLogs();
    var context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%level %m%n%escapedEx");
    encoder.start();
    var out = new ByteArrayOutputStream();
    var appender = new OutputStreamAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(out);
    appender.start();
    var logger = context.getLogger("test");
    logger.addAppender(appender);
    logger.error(message, "x", thrown);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void messageHasOneLine() {
    assertThat(written(FORGED + " {}", null)).isEqualTo("ERROR " + SHOWN + " x\n");
  }

  @Test
  void whatExceptionsSayHasOneLineEach() {
    var thrown = new IllegalStateException(FORGED, new IllegalArgumentException(FORGED));
    thrown.addSuppressed(new IllegalStateException(FORGED));
    assertThat(written("failed", thrown).lines())
        .contains("java.lang.IllegalStateException: " + SHOWN)
        .contains("Caused by: java.lang.IllegalArgumentException: " + SHOWN)
        .contains("\tSuppressed: java.lang.IllegalStateException: " + SHOWN)
        .noneMatch(line -> line.startsWith("ERROR forged"))
        .anyMatch(line -> line.startsWith("\tat "));
  }

  @Test
  void lineNamesTheWorkflowItIsAboutIfThereIsOne() {
    EscapedText.inLogs();
    var context = new LoggerContext();
    var mdc = new LogbackMDCAdapter();
    context.setMDCAdapter(mdc);
    var layout = new PatternLayout();
    layout.setContext(context);
    layout.setPattern("%workflow%m");
    layout.start();
    var logger = context.getLogger("test");
    var written = new ListAppender<ILoggingEvent>();
    written.start();
    logger.addAppender(written);

    logger.info("of none");
    assertThat(layout.doLayout(written.list.getLast())).isEqualTo("of none");
    mdc.put("WorkflowId", "shop_online-1\nERROR");
    logger.info("of one");
    assertThat(layout.doLayout(written.list.getLast())).isEqualTo("[shop_online-1\\nERROR] of one");
    mdc.put("traceId", "4bf92f35");
    mdc.put("spanId", "00f067aa");
    logger.info("of a trace");
    assertThat(layout.doLayout(written.list.getLast()))
        .isEqualTo("[shop_online-1\\nERROR 4bf92f35 00f067aa] of a trace");
  }

  @Test
  void otherTextIsAsItIs() {
    String text = "Füller 🖋 & <b>\"日本\"</b>";
    assertThat(written(text, null)).isEqualTo("ERROR " + text + "\n");
  }
}
