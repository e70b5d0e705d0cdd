package dev.countersign.devservices.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ports of the server that a person runs. */
class LauncherSettingsTest {
  @TempDir Path home;

  @Test
  void areTheWellKnownPortsWhenNothingIsSet() {
    assertThat(LauncherSettings.wellKnown(home.resolve("db"), new FakeMachine(home)::variable))
        .isEqualTo(new LauncherSettings(home.resolve("db"), 7233, 8233, "warn"));
  }

  @Test
  void areOtherPortsWhenTheirVariablesSaySo() {
    Machine machine =
        new FakeMachine(home).with("TEMPORAL_PORT", 7333).with("TEMPORAL_UI_PORT", 8333);

    assertThat(LauncherSettings.wellKnown(home.resolve("db"), machine::variable))
        .isEqualTo(new LauncherSettings(home.resolve("db"), 7333, 8333, "warn"));
  }

  @Test
  void nameTheVariableWhenItIsNoPort() {
    Machine machine = new FakeMachine(home).with("TEMPORAL_UI_PORT", 70_000);

    assertThatThrownBy(() -> LauncherSettings.wellKnown(home, machine::variable))
        .hasMessage("TEMPORAL_UI_PORT must be a port from 0 (a free one) to 65535, but is 70000");
  }
}
