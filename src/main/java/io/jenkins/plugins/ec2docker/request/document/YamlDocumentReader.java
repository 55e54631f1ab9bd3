package io.jenkins.plugins.ec2docker.request.document;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import io.jenkins.plugins.ec2docker.request.values.ViolationCollector;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads YAML by its node graph alone: nothing is ever constructed from a tag, and no scalar is taken for anything but text or null. */
final class YamlDocumentReader {
    private final String text;
    private final ViolationCollector problems;
    private final Map<Node, Boolean> open = new IdentityHashMap<>();
    private int values;

    YamlDocumentReader(String text, ViolationCollector problems) {
        this.text = text;
        this.problems = problems;
    }

    /** Maps, lists, text and null. */
    @CheckForNull
    Object read() throws InvalidRequestException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(DocumentReader.LONGEST);
        options.setNestingDepthLimit(DocumentReader.DEEPEST);
        // All are refused below, in words of our own: nothing is ever constructed.
        options.setTagInspector(tag -> true);
        try {
            ParserImpl parser = new ParserImpl(new StreamReader(text), options);
            Node root = new Composer(parser, new TextResolver(), options).getSingleNode();
            // There is none where the text has comments alone.
            return root == null ? null : value("", root);
        } catch (MarkedYAMLException damaged) {
            Mark mark = damaged.getProblemMark();
            throw DocumentReader.syntax(DocumentReader.Format.YAML, line(mark), mark.getColumn() + 1,
                    damaged.getProblem().contains("\\t(TAB)")
                            ? "a tab stands where YAML allows only spaces; indent with spaces"
                            : damaged.getProblem());
        } catch (ReaderException unprintable) {
            throw DocumentReader.problem("",
                    String.format(Locale.ROOT, "The YAML text has the character U+%04X, which YAML does not allow as it is;"
                            + " write it as an escape in double quotes.", unprintable.getCodePoint()));
        } catch (YAMLException refused) {
            throw DocumentReader.problem("", "The YAML text cannot be read: it is nested too deeply or has too many aliases.");
        }
    }

    @CheckForNull
    private Object value(String path, Node node) throws InvalidRequestException {
        if (++values > DocumentReader.MOST_VALUES) {
            throw syntax(node, "with its aliases it comes to more than " + DocumentReader.MOST_VALUES + " values");
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar);
        }
        requireTag(node, node instanceof MappingNode ? Tag.MAP : Tag.SEQ);
        if (open.put(node, Boolean.TRUE) != null) {
            throw syntax(node, "an alias here stands for what contains it");
        }
        Object value = node instanceof MappingNode mapping ? map(path, mapping) : list(path, (SequenceNode) node);
        open.remove(node);
        return value;
    }

    /** YAML 1.2, core schema (10.3.2): only a plain scalar can be null. */
    @CheckForNull
    private Object scalar(ScalarNode scalar) throws InvalidRequestException {
        requireTag(scalar, Tag.STR);
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        return plain && scalar.getValue().matches("|~|null|Null|NULL") ? null : scalar.getValue();
    }

    private List<Object> list(String path, SequenceNode sequence) throws InvalidRequestException {
        List<Object> list = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            list.add(value(path + "[" + list.size() + "]", item));
        }
        return list;
    }

    private Map<String, Object> map(String path, MappingNode mapping) throws InvalidRequestException {
        Map<String, Object> map = new LinkedHashMap<>();
        Map<String, Mark> firsts = new LinkedHashMap<>();
        List<Map<String, Object>> merges = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw syntax(tuple.getKeyNode(), "a field's name must be text");
            }
            requireTag(key, Tag.STR);
            String name = key.getValue();
            String field = path.isEmpty() ? name : path + "." + name;
            Mark first = firsts.putIfAbsent(name, key.getStartMark());
            if (first != null) {
                int second = line(key.getStartMark());
                problems.add(field, "", "stands twice, at line " + line(first) + " and at line " + second + "; keep one.");
            }
            boolean own = path.isEmpty() && name.startsWith("x-");
            if (isMerge(key)) {
                merges.addAll(merged(path, tuple.getValueNode()));
            } else if (own) {
                // Compose specification, "Extensions": for anchors. Read to find what is wrong in it.
                value(field, tuple.getValueNode());
            } else {
                map.put(name, value(field, tuple.getValueNode()));
            }
        }
        // What stands beside a merge key goes before what it brings, and the first of a list before the next.
        merges.forEach(merge -> merge.forEach(map::putIfAbsent));
        return map;
    }

    /** yaml.org/type/merge.html. */
    private static boolean isMerge(ScalarNode key) {
        return key.getValue().equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN;
    }

    private List<Map<String, Object>> merged(String path, Node node) throws InvalidRequestException {
        List<Map<String, Object>> maps = new ArrayList<>();
        for (Node each : node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node)) {
            if (!(each instanceof MappingNode)) {
                throw syntax(each, "what << merges must be a map or a list of maps");
            }
            @SuppressWarnings("unchecked") // A mapping comes to a map with text keys.
            Map<String, Object> map = (Map<String, Object>) value(path, each);
            maps.add(map);
        }
        return maps;
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    private static void requireTag(Node node, Tag tag) throws InvalidRequestException {
        if (!node.getTag().equals(tag)) {
            throw syntax(node, "tags (what begins with \"!\") have no meaning here");
        }
    }

    private static InvalidRequestException syntax(Node node, String reason) {
        Mark mark = node.getStartMark();
        return DocumentReader.syntax(DocumentReader.Format.YAML, line(mark), mark.getColumn() + 1, reason);
    }

    /** Knows no implicit types: every scalar without a tag of its own is text. */
    private static final class TextResolver extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            // None: numbers, booleans, dates, merge keys and null are for the reader of a field to see.
        }
    }
}
