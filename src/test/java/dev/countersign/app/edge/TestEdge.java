package dev.countersign.app.edge;

import dev.countersign.ForeignAutoConfiguration;
import dev.countersign.app.api.TestApi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The application's edge as it is, before controllers that only say what they were given. */
@ForeignAutoConfiguration
@Import({TestApi.class, EdgeConfiguration.class})
class TestEdge {

  @Bean
  Form form() {
    return new Form();
  }

  /** Takes a form; not static, for a static one would be scanned. */
  @RestController
  @SuppressWarnings("ClassCanBeStatic")
  class Form {

    @PostMapping("/api/form")
    int form(@RequestParam String field) {
      return field.length();
    }
  }
}
