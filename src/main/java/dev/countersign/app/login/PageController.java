package dev.countersign.app.login;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Serves the page at {@code /}, and the operators' one, whatever the request's {@code Accept} says
 * or fails to say. Both are the same for everybody: what is shown there, they ask the API for.
 */
@Controller
class PageController {
  static final String OPERATORS = "/operator";

  @GetMapping("/")
  void page(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.getRequestDispatcher("/index.html").forward(request, response);
  }

  @GetMapping(OPERATORS)
  void operators(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.getRequestDispatcher("/operator.html").forward(request, response);
  }
}
