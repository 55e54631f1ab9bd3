package io.jenkins.plugins.ec2docker.jenkins.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import io.jenkins.plugins.ec2docker.request.parse.StoredRequest;
import org.junit.jupiter.api.Test;

class OrderSecretsTest {

    @Test
    void values_of_environments_the_external_id_and_what_users_are_is_hidden_and_nothing_that_stands_in_the_open() throws Exception {
        String request = """
                name: web
                region: eu-central-1
                instanceType: t3.small
                role: {arn: "arn:aws:iam::123456789012:role/deployer", externalId: external-id}
                containers:
                  - image: nginx:1.27
                    environment: {TOKEN: "s3cret", KEY: "-----BEGIN\\nabcdef", PORT: "8080", DEBUG: "true", AWS_REGION: eu-central-1, N: "12"}
                """;
        byte[] users = "username,email\nada,\"ada@example.com\"\ngrace,grace@example.com\n".getBytes(UTF_8);
        EncryptedOrder order = new EncryptedOrder(
                StoredRequest.of(RequestParser.parse(DocumentReader.read(request, DocumentReader.Format.YAML)).orElseThrow()), users, null,
                null);

        assertThat(OrderSecrets.of(order))
                .contains("s3cret", "-----BEGIN\nabcdef", "-----BEGIN", "abcdef", "external-id", "ada@example.com", "grace",
                        "grace@example.com")
                .doesNotContain("8080", "true", "eu-central-1", "12", "username", "email", "");
    }
}
