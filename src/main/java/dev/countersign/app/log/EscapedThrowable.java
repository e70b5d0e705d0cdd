package dev.countersign.app.log;

import ch.qos.logback.classic.pattern.ExtendedThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.CoreConstants;

/** A stack trace on lines of its own; what exceptions say begins none. */
final class EscapedThrowable extends ExtendedThrowableProxyConverter {

  @Override
  protected String throwableProxyToString(IThrowableProxy thrown) {
    return CoreConstants.LINE_SEPARATOR
        + super.throwableProxyToString(new OneLine(thrown))
        + CoreConstants.LINE_SEPARATOR;
  }
}
