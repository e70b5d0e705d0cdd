package dev.countersign.published;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A POM as Maven reads it for whoever depends on the artifact. */
record PublishedPom(Element project) {

  /**
   * A dependency.
   *
   * @param scope empty: compile
   */
  record Dependency(
      String groupId, String artifactId, String version, String scope, boolean optional) {
    String name() {
      return groupId + ":" + artifactId;
    }
  }

  static PublishedPom parse(byte[] xml) {
    try {
      return new PublishedPom(
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(xml))
              .getDocumentElement());
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalArgumentException("No XML", e);
    }
  }

  /** The elements that it has something in. */
  List<String> elements() {
    return children(project)
        .filter(element -> !element.getTextContent().isBlank())
        .map(Node::getNodeName)
        .toList();
  }

  /** What an element says; empty: there is none. */
  String text(String element) {
    return text(project, element);
  }

  List<Dependency> dependencies() {
    return children(project)
        .filter(element -> element.getNodeName().equals("dependencies"))
        .flatMap(PublishedPom::children)
        .map(dependency ->
            new Dependency(
                text(dependency, "groupId"),
                text(dependency, "artifactId"),
                text(dependency, "version"),
                text(dependency, "scope"),
                Boolean.parseBoolean(text(dependency, "optional"))))
        .toList();
  }

  private static String text(Element parent, String child) {
    return children(parent)
        .filter(element -> element.getNodeName().equals(child))
        .map(Node::getTextContent)
        .map(String::strip)
        .findFirst()
        .orElse("");
  }

  private static Stream<Element> children(Element parent) {
    NodeList nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(Element.class::isInstance)
        .map(Element.class::cast);
  }
}
