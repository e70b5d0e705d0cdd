package dev.countersign.app.login;

import dev.countersign.app.api.Caller;
import dev.countersign.app.api.IdempotencyKey;
import dev.countersign.app.api.ProblemAdvice;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** One controller with the application's error answers, called by a user of the test's choice. */
public final class SignedInMvc {
  private SignedInMvc() {}

  /** Calls the controller as whoever the functions say. */
  public static MockMvcTester of(
      Object controller,
      Function<NativeWebRequest, Caller> caller,
      Function<NativeWebRequest, IdempotencyKey> key) {
    return MockMvcTester.create(
        MockMvcBuilders.standaloneSetup(controller)
            .setControllerAdvice(new ProblemAdvice())
            .setCustomArgumentResolvers(
                new Parameter<>(Caller.class, caller), new Parameter<>(IdempotencyKey.class, key))
            .build());
  }

  private record Parameter<T>(Class<T> type, Function<NativeWebRequest, T> value)
      implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == type;
    }

    @Override
    public @Nullable Object resolveArgument(
        MethodParameter parameter,
        @Nullable ModelAndViewContainer container,
        NativeWebRequest request,
        @Nullable WebDataBinderFactory binders) {
      return value.apply(request);
    }
  }
}
