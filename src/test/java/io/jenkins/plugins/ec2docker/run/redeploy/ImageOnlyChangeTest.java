package io.jenkins.plugins.ec2docker.run.redeploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageOnlyChangeTest {

    private static final byte[] USERS = "username\nana\n".getBytes(UTF_8);
    private static final String REQUEST = """
            name: web
            region: eu-central-1
            instanceType: t3.small
            containers:
              - {name: web, image: "nginx:1.27", ports: ["80:80"], environment: {LEVEL: info}}
              - {name: db, image: "postgres:16"}
            health: {port: 80, timeout: 1m}
            tags: {release: first}
            """;

    @Test
    void other_images_and_what_nothing_in_aws_shows_are_no_obstacle() throws Exception {
        String wanted = REQUEST.replace("1.27", "1.28") + "expiresAfter: 2h\nrequester: jane.doe@example.com\nonFailure: keep\n"
                + "onImageChange: redeploy\nrole: {arn: \"arn:aws:iam::123456789012:role/deployer\"}\nusers: users.csv\n";

        assertThat(ImageOnlyChange.obstacle(request(REQUEST), USERS, request(wanted), USERS)).isEmpty();
        assertThat(ImageOnlyChange.changed(request(REQUEST), request(wanted))).containsExactly("web (nginx:1.28)");
        assertThat(ImageOnlyChange.withImagesOf(request(REQUEST), request(wanted)).containers()).isEqualTo(request(REQUEST).containers());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "LEVEL: info|LEVEL: debug|more than the image of container web has changed",
        "80:80|8080:80|of the request, health has changed",
        "first|second|of the request, tags has changed",
        "t3.small|t3.medium|of the request, instanceType has changed",
        "timeout: 1m|timeout: 2m|of the request, health has changed",
        "name: db|name: database|containers have come, gone or another order",
        "region: eu-central-1|region: eu-central-1, disk: {sizeGiB: 30}, spot: true|of the request, disk, spot have changed",
    })
    void everything_else_is_and_is_named(String before, String after, String obstacle) throws Exception {
        String wanted = REQUEST.replace("1.27", "1.28").replace(before, after.replace(", disk", "\ndisk").replace(", spot", "\nspot"));
        wanted = before.equals("80:80") ? wanted.replace("port: 80", "port: 8080") : wanted;

        assertThat(ImageOnlyChange.obstacle(request(REQUEST), null, request(wanted), null)).contains(obstacle);
    }

    @Test
    void another_users_file_is_one_and_an_empty_one_is_none() throws Exception {
        assertThat(ImageOnlyChange.obstacle(request(REQUEST), USERS, request(REQUEST), null)).contains("the users file has changed");
        assertThat(ImageOnlyChange.obstacle(request(REQUEST), new byte[0], request(REQUEST), null)).isEmpty();
    }

    private static ProvisionRequest request(String yaml) throws Exception {
        return RequestParser.parse(DocumentReader.read(yaml, DocumentReader.Format.YAML)).orElseThrow();
    }
}
