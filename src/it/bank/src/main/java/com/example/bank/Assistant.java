package com.example.bank;

import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;

/** The bank's assistant, which LangChain4j implements. */
interface Assistant {
  @SystemMessage("You help a customer of a bank. What a tool says of a call is the truth of it.")
  String answer(@MemoryId String user, @UserMessage String message);
}
