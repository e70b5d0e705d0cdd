/**
 * Puts a {@link dev.countersign.guard.Gate} before the guarded methods of Spring beans. A bean that
 * Spring makes of its class is made of a subclass instead, as {@code @Configuration} classes are,
 * so that its own calls come to the gate too; any other, and one with aspects, is wrapped. Start at
 * {@link dev.countersign.guard.proxy.GuardedBeans}.
 */
@NullMarked
package dev.countersign.guard.proxy;

import org.jspecify.annotations.NullMarked;
