package io.jenkins.plugins.ec2docker.request.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import io.jenkins.plugins.ec2docker.request.values.ViolationCollector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON token by token; numbers stay as written. */
final class JsonDocumentReader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DocumentReader.DEEPEST).maxNumberLength(100).build())
            .build();

    private final String text;
    private final ViolationCollector problems;

    JsonDocumentReader(String text, ViolationCollector problems) {
        this.text = text;
        this.problems = problems;
    }

    /** Maps, lists, text and null. */
    @CheckForNull
    Object read() throws InvalidRequestException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            Object value = value("", parser);
            if (parser.nextToken() != null) {
                throw syntax(parser.currentTokenLocation(), "something follows after the end of the document");
            }
            return value;
        } catch (JsonEOFException cut) {
            throw syntax(cut.getLocation(), "the document ends before all brackets and quotes are closed");
        } catch (StreamConstraintsException excess) {
            throw DocumentReader.problem("", "The JSON text cannot be read: it is nested too deeply or has a number that is too long.");
        } catch (JsonProcessingException damaged) {
            // The parser's own words would repeat pieces of the text, which may be secrets.
            throw syntax(damaged.getLocation(), "this is not JSON; look for a missing or misplaced quote, comma, colon or bracket");
        } catch (IOException impossible) {
            throw new UncheckedIOException("text in memory failed to be read", impossible);
        }
    }

    @CheckForNull
    private Object value(String path, JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> map(path, parser);
            case START_ARRAY -> list(path, parser);
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    private List<Object> list(String path, JsonParser parser) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(path + "[" + list.size() + "]", parser));
        }
        return list;
    }

    private Map<String, Object> map(String path, JsonParser parser) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String field = path.isEmpty() ? name : path + "." + name;
            int line = parser.currentTokenLocation().getLineNr();
            parser.nextToken();
            Object value = value(field, parser);
            if (map.containsKey(name)) {
                problems.add(field, "", "stands twice, the second time at line " + line + "; keep one.");
            }
            map.put(name, value);
        }
        return map;
    }

    private static InvalidRequestException syntax(JsonLocation location, String reason) {
        return DocumentReader.syntax(DocumentReader.Format.JSON, location.getLineNr(), location.getColumnNr(), reason);
    }
}
