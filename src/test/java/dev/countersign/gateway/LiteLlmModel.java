package dev.countersign.gateway;

import java.util.Map;
import java.util.TreeMap;

/**
 * An entry of the proxy's list of models.
 *
 * @param name by which it is asked for
 * @param parameters {@code litellm_params}
 */
record LiteLlmModel(String name, Map<String, Object> parameters) {
  private static final String CLAUDE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

  LiteLlmModel {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Of a server that is called at an address.
   *
   * @param provider as the proxy names it, such as {@code openai} for any server of OpenAI's kind
   */
  static LiteLlmModel at(String provider, String url, String name) {
    return new LiteLlmModel(
        name, Map.of("model", provider + "/a-model", "api_base", url, "api_key", "sk-upstream"));
  }

  /** Of Amazon Bedrock's API {@code Converse}. */
  static LiteLlmModel bedrock(String url, String name) {
    return new LiteLlmModel(
        name,
        Map.of(
            "model",
            "bedrock/converse/" + CLAUDE,
            "aws_bedrock_runtime_endpoint",
            url,
            "aws_region_name",
            "us-east-1",
            "aws_access_key_id",
            "an-id",
            "aws_secret_access_key",
            "a-secret"));
  }

  /** Of which nothing but words come, from the proxy itself. */
  static LiteLlmModel mock(String name, String model, String words) {
    return new LiteLlmModel(name, Map.of("model", model, "mock_response", words));
  }

  /** With another parameter. */
  LiteLlmModel with(String parameter, Object value) {
    Map<String, Object> more = new TreeMap<>(parameters);
    more.put(parameter, value);
    return new LiteLlmModel(name, more);
  }
}
