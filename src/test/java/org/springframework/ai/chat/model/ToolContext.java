package org.springframework.ai.chat.model;

/** Stands for Spring AI's class of that name, which isn't on this class path. */
public final class ToolContext {}
