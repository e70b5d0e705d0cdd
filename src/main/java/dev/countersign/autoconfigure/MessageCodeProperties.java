package dev.countersign.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is added to the messages of all tools.
 *
 * @param code whether the message that asks a user ends in a short code that tells equal questions
 *     apart, where the provider's rules leave room for it
 */
@ConfigurationProperties("countersign.message")
public record MessageCodeProperties(@DefaultValue("false") boolean code) {}
