package io.jenkins.plugins.ec2docker.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/**
 * How stored files are written as JSON: times as ISO-8601 text, absent values left out, fields of newer versions ignored so that a
 * store can be read after a downgrade.
 */
public final class StoredJson {

    private static final ObjectReader DOCUMENT = new ObjectMapper()
            .readerForMapOf(Object.class)
            // 1.10 stays 1.10.
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private StoredJson() {}

    /**
     * A document of any fields: maps, lists, text, numbers, booleans and null.
     *
     * @throws IOException if it is no JSON object; the message is a sentence and repeats nothing of the content, which may be secret
     */
    public static Map<String, Object> document(byte[] json) throws IOException {
        String place = "";
        try {
            Map<String, Object> document = DOCUMENT.readValue(json);
            if (document != null) {
                return document;
            }
        } catch (JsonProcessingException e) {
            place = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
        } catch (IOException undecodable) {
            place = ", and not even text";
        }
        throw new IOException("It is no JSON object of fields and values" + place + ".");
    }

    public static ObjectMapper mapper() {
        SimpleModule times = new SimpleModule();
        times.addSerializer(Instant.class, new JsonSerializer<>() {
            @Override
            public void serialize(Instant value, JsonGenerator generator, SerializerProvider provider) throws IOException {
                generator.writeString(value.toString());
            }
        });
        times.addDeserializer(Instant.class, new JsonDeserializer<>() {
            @Override
            public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                return Instant.parse(parser.getText());
            }
        });
        return new ObjectMapper()
                .registerModule(times)
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(SerializationFeature.INDENT_OUTPUT);
    }
}
