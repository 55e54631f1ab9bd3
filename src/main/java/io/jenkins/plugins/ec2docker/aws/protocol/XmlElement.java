package io.jenkins.plugins.ec2docker.aws.protocol;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** An element of an answer, or none: what is not there has no text and no children. */
public record XmlElement(@CheckForNull Element element) {

    public XmlElement child(String name) {
        List<XmlElement> found = children(name);
        return found.isEmpty() ? new XmlElement(null) : found.get(0);
    }

    /** The entries of a list, each an element {@code member}. */
    public List<XmlElement> members(String list) {
        return child(list).children("member");
    }

    /** Without white space around it; empty where there is none. */
    public String text(String name) {
        Element child = child(name).element;
        return child == null ? "" : child.getTextContent().strip();
    }

    /** Zero for what is no number. */
    public int number(String name) {
        String text = text(name);
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }

    boolean isThere() {
        return element != null;
    }

    private List<XmlElement> children(String name) {
        List<XmlElement> found = new ArrayList<>();
        for (Node node = element == null ? null : element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getTagName().equals(name)) {
                found.add(new XmlElement(child));
            }
        }
        return found;
    }
}
