/**
 * Model servers of many kinds, played on loopback: each refuses what the real one refuses, in its
 * words, and answers in its shape. What a model would say comes from one {@code Brain} behind all
 * of them. {@code docs/models.md} says where each rule comes from. Start at {@code ModelServer}.
 */
@NullMarked
package dev.countersign.app.chat.model.server;

import org.jspecify.annotations.NullMarked;
