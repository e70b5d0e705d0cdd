package dev.countersign.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Countersign: the API, the Temporal workers and the chat. */
@SpringBootApplication(scanBasePackages = "dev.countersign")
public class CountersignApplication {
  /** Starts it with the settings of the environment and of {@code .env}. */
  public static void main(String[] args) {
    SpringApplication.run(CountersignApplication.class, args);
  }
}
