package io.jenkins.plugins.ec2docker.chaos;

import io.jenkins.plugins.ec2docker.testing.ApiProxy.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How AWS's services word what went wrong; each has a form of its own (EC2, IAM and SSM API references, common errors). */
final class ErrorAnswers {

    private static final String EC2 = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors><RequestID>chaos</RequestID></Response>";
    private static final String QUERY = "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>"
            + "<RequestId>chaos</RequestId></ErrorResponse>";
    private static final String JSON = "{\"__type\": \"%s\", \"message\": \"%s\"}";

    private ErrorAnswers() {}

    static Answer throttled(String service) {
        return service.equals("ec2")
                ? error(service, 503, "RequestLimitExceeded", "Request limit exceeded.")
                : error(service, 400, service.equals("ssm") ? "ThrottlingException" : "Throttling", "Rate exceeded");
    }

    static Answer unavailable(String service) {
        return error(service, 503, service.equals("ec2") ? "Unavailable" : "ServiceUnavailable",
                "The service is unavailable. Please try again shortly.");
    }

    static Answer expired(String service) {
        return service.equals("ec2")
                ? error(service, 400, "RequestExpired", "Request has expired.")
                : error(service, 403, service.equals("ssm") ? "ExpiredTokenException" : "ExpiredToken",
                        "The security token included in the request is expired");
    }

    private static Answer error(String service, int status, String code, String message) {
        boolean json = service.equals("ssm");
        String form = json ? JSON : service.equals("ec2") ? EC2 : QUERY;
        return new Answer(status, Map.of("Content-Type", List.of(json ? "application/x-amz-json-1.1" : "text/xml")),
                String.format(Locale.ROOT, form, code, message).getBytes(StandardCharsets.UTF_8));
    }
}
