/**
 * Wrong settings, told as sentences: {@link dev.countersign.settings.SettingsCheck} binds all of
 * them before the first bean is made and ends the start with one sentence for each that is missing
 * or wrong.
 */
@NullMarked
package dev.countersign.settings;

import org.jspecify.annotations.NullMarked;
