package dev.countersign.app.events;

/**
 * One event of a stream.
 *
 * @param id what the viewer has when it has this event, and not more
 * @param name {@code message}, {@code call}, {@code draft} or {@code ended}
 * @param data becomes JSON
 */
record StreamEvent(EventId id, String name, Object data) {}
