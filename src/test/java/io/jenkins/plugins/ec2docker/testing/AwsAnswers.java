package io.jenkins.plugins.ec2docker.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** AWS' own view of things, of any service and region, by calls as its API references show them; for the services that have no client here. */
public final class AwsAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI endpoint;
    private final String region;

    public AwsAnswers(Moto moto) {
        this(moto.endpoint(), Moto.REGION.id());
    }

    private AwsAnswers(URI endpoint, String region) {
        this.endpoint = endpoint;
        this.region = region;
    }

    /** The same AWS in another region. */
    public AwsAnswers in(String otherRegion) {
        return new AwsAnswers(endpoint, otherRegion);
    }

    /** An answer in XML; paths are XPath without namespaces. */
    public record Xml(Document document) {

        public List<String> all(String path) {
            try {
                NodeList nodes = (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < nodes.getLength(); i++) {
                    texts.add(nodes.item(i).getTextContent().strip());
                }
                return texts;
            } catch (Exception e) {
                throw new IllegalArgumentException(path, e);
            }
        }

        /** The text of the one node there; an error where there are others, or none. */
        public String one(String path) {
            List<String> all = all(path);
            if (all.size() != 1) {
                throw new AssertionError(path + " leads to " + all);
            }
            return all.get(0);
        }
    }

    /** Of the services whose calls are forms. */
    public Xml query(String service, String version, String action, String... namesAndValues) {
        StringBuilder form = new StringBuilder("Action=" + action + "&Version=" + version);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append('&').append(encoded(namesAndValues[i])).append('=').append(encoded(namesAndValues[i + 1]));
        }
        return xml(send(request(service, "/")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.toString()))));
    }

    /** Of the services whose calls are JSON with a target, such as {@code AmazonEC2ContainerServiceV20141113.DescribeServices}. */
    public JsonNode json(String service, String target, String body) {
        return parsed(send(request(service, "/")
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", target)
                .POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    /** Of the services whose calls are paths and answers JSON. */
    public JsonNode get(String service, String path) {
        return parsed(send(request(service, path).GET()));
    }

    /** Sends JSON to such a path. */
    public JsonNode post(String service, String path, String body) {
        return parsed(
                send(request(service, path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    /** Of the services whose calls are paths and answers XML. */
    public Xml getXml(String service, String path) {
        return xml(send(request(service, path).GET()));
    }

    /** Sends XML to such a path. */
    public Xml postXml(String service, String path, String body) {
        return xml(send(request(service, path).POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    /** moto reads from a signature which service and region are meant, and never checks it. */
    private HttpRequest.Builder request(String service, String path) {
        return HttpRequest.newBuilder(endpoint.resolve(path)).header("Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/" + region + "/"
                        + service + "/aws4_request, SignedHeaders=host, Signature=none");
    }

    private static String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new AssertionError("moto answered " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + text, e);
        }
    }

    private static Xml xml(String text) {
        try {
            return new Xml(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
        } catch (Exception e) {
            throw new IllegalArgumentException("not XML: " + text, e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
