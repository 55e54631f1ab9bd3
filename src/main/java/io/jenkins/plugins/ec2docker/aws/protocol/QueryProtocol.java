package io.jenkins.plugins.ec2docker.aws.protocol;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.errors.AwsException;
import io.jenkins.plugins.ec2docker.aws.protocol.SignedRequests.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.SAXException;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Asks a service of AWS's query protocol (smithy.io/2.0/aws/protocols/aws-query-protocol.html), for which no API plugin brings a client. */
public final class QueryProtocol {
    private final AwsSettings settings;
    private final String service;
    private final String prefix;
    private final String version;
    private final URI endpoint;

    /**
     * @param service its name in addresses, signatures and IAM actions
     * @param variable the end of the variable of the environment that names another endpoint, {@code AWS_ENDPOINT_URL_…}
     * @param version of its interface, a date
     */
    public QueryProtocol(String region, Map<String, String> environment, String service, String variable, String version) {
        this(region, environment, service, service, variable, version);
    }

    /** @param prefix its name in IAM actions, where that is another */
    public QueryProtocol(String region, Map<String, String> environment, String service, String prefix, String variable, String version) {
        this.prefix = prefix;
        this.settings = AwsSettings.of(region, environment);
        this.service = service;
        this.version = version;
        this.endpoint = endpoint(region, environment, service, variable);
    }

    /** Where a service is asked, by its usual name unless the environment says otherwise. */
    public static URI endpoint(String region, Map<String, String> environment, String host, String variable) {
        URI custom = AwsSettings.endpoint(environment, variable);
        return custom != null ? custom.resolve("/") : AwsSettings.of(region, environment).own(host);
    }

    /** The answer's result, such as what stands in {@code DescribeTargetHealthResult}. */
    public XmlElement ask(SessionCredentials credentials, String action, Map<String, String> parameters) throws AwsException {
        SignedRequests calls = new SignedRequests(settings, credentials, service, prefix);
        Map<String, String> form = new TreeMap<>(parameters);
        form.put("Action", action);
        form.put("Version", version);
        String body = form.entrySet().stream().map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        Answer answer = calls.call(action, SdkHttpMethod.POST, endpoint,
                Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"), body.getBytes(StandardCharsets.UTF_8));
        if (!answer.ok()) {
            throw calls.refusal(action, answer, null);
        }
        try {
            return new XmlElement(parsed(answer.body())).child(action + "Result");
        } catch (IOException | SAXException e) {
            throw new AwsException(AwsException.Reason.OTHER,
                    "AWS " + service + " in " + settings.region() + " gave no answer of AWS to " + action + ".", e);
        }
    }

    private static org.w3c.dom.Element parsed(byte[] body) throws IOException, SAXException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(body)).getDocumentElement();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
