package dev.countersign.guard;

import java.util.List;

/**
 * Offers tools that are known only when it is asked, such as those of a remote server. Which of
 * them are guarded, settings say. Equal ones are the same source.
 */
@FunctionalInterface
public interface ToolSource {
  /**
   * All that it offers right now.
   *
   * @throws RuntimeException if that can't be known right now
   */
  List<OfferedTool> ask();
}
