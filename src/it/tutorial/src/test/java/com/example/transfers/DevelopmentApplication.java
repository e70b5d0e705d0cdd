package com.example.transfers;

import dev.countersign.devservices.CountersignDevelopmentServices;
import org.springframework.boot.SpringApplication;

class DevelopmentApplication {
  public static void main(String[] args) {
    SpringApplication.from(TransfersApplication::main)
        .with(CountersignDevelopmentServices.class)
        .run(args);
  }
}
