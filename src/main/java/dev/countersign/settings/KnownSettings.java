package dev.countersign.settings;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * All settings that there are.
 *
 * @param single have one value
 * @param trees have values below them, whose names aren't known here
 */
record KnownSettings(
    List<ConfigurationPropertyName> single, List<ConfigurationPropertyName> trees) {

  /** Those that these records take, and what else there is. */
  static KnownSettings of(Collection<CheckedSettings> all) {
    var single = new TreeSet<ConfigurationPropertyName>(Comparator.naturalOrder());
    var trees = new TreeSet<ConfigurationPropertyName>(Comparator.naturalOrder());
    for (CheckedSettings checked : all) {
      checked.more().forEach(name -> trees.add(ConfigurationPropertyName.of(name)));
      for (Class<?> record : checked.records()) {
        String prefix = record.getAnnotation(ConfigurationProperties.class).value();
        add(ConfigurationPropertyName.of(prefix), record, single, trees);
      }
    }
    return new KnownSettings(List.copyOf(single), List.copyOf(trees));
  }

  private static void add(
      ConfigurationPropertyName prefix,
      Class<?> record,
      Collection<ConfigurationPropertyName> single,
      Collection<ConfigurationPropertyName> trees) {
    for (RecordComponent component : record.getRecordComponents()) {
      Class<?> type = component.getType();
      ConfigurationPropertyName name =
          prefix.append(DataObjectPropertyName.toDashedForm(component.getName()));
      if (type.isRecord()) {
        add(name, type, single, trees);
      } else if (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
        trees.add(name);
      } else {
        single.add(name);
      }
    }
  }

  /** Whether there is a setting of this name; dashes and case don't count. */
  boolean has(ConfigurationPropertyName name) {
    return single.contains(name)
        || trees.stream().anyMatch(tree -> tree.equals(name) || tree.isAncestorOf(name));
  }

  /**
   * Whether a variable sets one, as Spring Boot reads it too: with {@code _} for dashes, instead of
   * without them.
   *
   * @param name into which the variable was made, each {@code _} a dot
   */
  boolean hasVariable(ConfigurationPropertyName name) {
    String variable = variable(name);
    return single.stream().anyMatch(known -> variable(known).equals(variable))
        || trees.stream()
            .map(KnownSettings::variable)
            .anyMatch(tree -> variable.equals(tree) || variable.startsWith(tree + "_"));
  }

  private static String variable(ConfigurationPropertyName name) {
    return name.toString().replaceAll("[.\\[-]", "_").replace("]", "");
  }

  /** Names of those that there are. */
  List<String> names() {
    return Stream.concat(single.stream(), trees.stream())
        .map(ConfigurationPropertyName::toString)
        .toList();
  }
}
