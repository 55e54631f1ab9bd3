package io.jenkins.plugins.ec2docker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the tests of permissions rely on: that a call which AWS would refuse is reported, with the reason. */
@ExtendWith(MotoExtension.class)
class PolicyEvaluationWorksTest {

    @Test
    void a_misshapen_call_and_a_call_on_what_has_no_tag_are_reported(Moto moto) throws Exception {
        String key = new AwsAnswers(moto).json("kms", "TrentService.CreateKey", "{}").path("KeyMetadata").path("KeyId").asText();
        try (RecordedCalls calls = new RecordedCalls(moto)) {
            call(calls, "{\"KeyId\": \"" + key + "\", \"PendingWindowInDays\": 400}");

            List<String> refused = PolicyEvaluation.refused(calls, "provisioning-base");

            assertThat(refused).hasSize(2);
            assertThat(refused.get(0)).isEqualTo("kms ScheduleKeyDeletion: PendingWindowInDays is 400, and 365 is the most");
            assertThat(refused.get(1))
                    .startsWith("kms:ScheduleKeyDeletion needs kms:ScheduleKeyDeletion on arn:aws:kms:eu-central-1:123456789012:key/")
                    .contains("with {}, and no statement of provisioning-base allows it",
                            "provisioning-base.json ChangeAndDestroyOwnKeys: ");
        }
    }

    private static void call(RecordedCalls calls, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(calls.endpoint())
                .header("Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20260101/eu-central-1/kms/aws4_request, SignedHeaders=host, Signature=none")
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "TrentService.ScheduleKeyDeletion")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }
}
