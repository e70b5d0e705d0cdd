package dev.countersign.app.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/** Breaks off bodies of answers that are longer than any that is right, while they come. */
final class BoundedBodyInterceptor implements ClientHttpRequestInterceptor {
  private static final int MOST_BYTES = 1 << 20;

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    return new Bounded(execution.execute(request, body));
  }

  private record Bounded(ClientHttpResponse response) implements ClientHttpResponse {
    @Override
    public HttpStatusCode getStatusCode() throws IOException {
      return response.getStatusCode();
    }

    @Override
    public String getStatusText() throws IOException {
      return response.getStatusText();
    }

    @Override
    public HttpHeaders getHeaders() {
      return response.getHeaders();
    }

    @Override
    public InputStream getBody() throws IOException {
      return new Counted(response.getBody());
    }

    @Override
    public void close() {
      response.close();
    }
  }

  private static final class Counted extends FilterInputStream {
    private long left = MOST_BYTES;

    Counted(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      count(Math.max(0, read));
      return read;
    }

    @Override
    public boolean markSupported() {
      return false; // what was read again would be counted again
    }

    private void count(int read) throws IOException {
      left -= read;
      if (left < 0) {
        throw new IOException("the answer is longer than " + MOST_BYTES + " bytes");
      }
    }
  }
}
