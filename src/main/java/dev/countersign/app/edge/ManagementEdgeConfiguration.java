package dev.countersign.app.edge;

import java.util.List;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;

/** The edge of health and metrics, which have a server of their own. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnBean(EdgeProperties.class)
class ManagementEdgeConfiguration {

  @Bean
  @ConditionalOnMissingBean(value = EdgeServer.class, search = SearchStrategy.CURRENT)
  EdgeServer managementEdge(EdgeProperties properties) {
    return new EdgeServer(properties, List.of());
  }
}
