package io.jenkins.plugins.ec2docker.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the Auto Scaling group hears of an instance that it launches. */
class BootScriptLaunchTest extends InABox {
    private static final String KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String TOKEN = "IQoJb3JpZ2luX2VjEJ7//////////wEaDGV1+c2Vz=";

    @BeforeEach
    void role() throws IOException {
        box.withDocker().stub("group-status", "200");
        imds.value("services/domain", "amazonaws.com")
                .value("iam/security-credentials/", "shop-role")
                .value("iam/security-credentials/shop-role",
                        "{\n  \"Code\" : \"Success\",\n  \"Type\" : \"AWS-HMAC\",\n  \"AccessKeyId\" : \"ASIAEXAMPLE\",\n"
                                + "  \"SecretAccessKey\" : \"" + KEY + "\",\n  \"Token\" : \"" + TOKEN
                                + "\",\n  \"Expiration\" : \"2026-01-01T00:00:00Z\"\n}");
    }

    @Test
    void a_boot_that_ends_well_completes_the_launch_by_a_signed_call() throws Exception {
        assertThat(launch()).isEqualTo("ready");

        List<String> calls = calls();
        assertThat(calls).hasSize(1);
        String body =
                "Action=CompleteLifecycleAction&AutoScalingGroupName=shop-0a1b2c3d&InstanceId=i-0123456789abcdef0&LifecycleActionResult=CONTINUE"
                        + "&LifecycleHookName=containers-healthy&Version=2011-01-01";
        assertThat(calls.get(0)).contains("\n" + body + "\n", "\nhttps://autoscaling.eu-central-1.amazonaws.com/\n",
                "header = \"X-Amz-Security-Token: " + TOKEN + "\"\n");
        String stamp = calls.get(0).replaceFirst("(?s).*X-Amz-Date: ([0-9TZ]+)\n.*", "$1");
        assertThat(calls.get(0)).contains("header = \"Authorization: AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/" + stamp.substring(0, 8)
                + "/eu-central-1/autoscaling/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature="
                + signature(stamp, body) + "\"\n");
    }

    @Test
    void none_of_the_keys_is_an_argument_of_a_process_or_in_a_log() throws Exception {
        assertThat(launch()).isEqualTo("ready");

        assertThat(box.calls("")).noneMatch(call -> call.contains(KEY) || call.contains(TOKEN));
        assertThat(Files.readString(box.file("/var/log/ec2-docker.log"))).doesNotContain(KEY, TOKEN);
    }

    @Test
    void a_boot_that_fails_has_the_instance_replaced() throws Exception {
        box.looks("/web exited 1 0 no none");

        assertThat(launch()).isEqualTo("failed: container web exited with code 1");
        assertThat(calls()).hasSize(1);
        assertThat(calls().get(0)).contains("LifecycleActionResult=ABANDON");
    }

    @Test
    void a_group_that_does_not_take_it_ends_the_boot_with_its_words() throws Exception {
        box.stub("group-status", "400");

        assertThat(launch()).isEqualTo("failed: telling the Auto Scaling group: CompleteLifecycleAction failed 5 times:"
                + " <Error><Message>No active Lifecycle Action found</Message></Error>");
        assertThat(calls()).hasSize(10);
    }

    @Test
    void docker_has_a_password_for_each_registry_of_amazon_ecr_while_it_pulls() throws Exception {
        String registry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
        box.stub("ecr-answer", "{\"authorizationData\":[{\"authorizationToken\":\""
                + Base64.getEncoder().encodeToString("AWS:a-password".getBytes(StandardCharsets.UTF_8)) + "\",\"expiresAt\":1}]}");

        assertThat(launch(request(registry + "/team/shop:1", ""))).isEqualTo("ready");

        assertThat(Files.readString(box.file("/stub/ecr"))).contains("\nhttps://api.ecr.eu-west-1.amazonaws.com/\n", "\n{}\n",
                "\nX-Amz-Target: AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken\n", "/eu-west-1/ecr/aws4_request,"
                        + " SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target,");
        assertThat(Files.readString(box.file("/stub/password-for-" + registry))).isEqualTo("a-password");
        assertThat(box.calls("docker ").stream()
                .filter(call -> call.matches("docker (login|compose .* pull|logout) .*|docker compose .* pull .*")))
                .extracting(call -> call.replaceFirst(" --project.* pull", " pull"))
                .containsExactly("docker login --username AWS --password-stdin " + registry, "docker compose pull --quiet",
                        "docker logout " + registry);
        assertThat(box.calls("")).noneMatch(call -> call.contains("a-password"));
        assertThat(Files.readString(box.file("/var/log/ec2-docker.log"))).doesNotContain("a-password");
    }

    @Test
    void a_registry_that_does_not_let_the_role_in_ends_the_boot_with_its_words() throws Exception {
        assertThat(launch(request("123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/shop:1", "")))
                .isEqualTo("failed: logging in to Amazon ECR: logging in to 123456789012.dkr.ecr.eu-west-1.amazonaws.com failed 5 times:"
                        + " {\"__type\":\"AccessDeniedException\"}");
    }

    @Test
    void containers_are_told_of_the_database_and_its_password_is_nowhere_else() throws Exception {
        box.stub("ssm-answer",
                "{\"Parameter\": {\"Value\": \"{\\\"host\\\":\\\"db.example\\\",\\\"name\\\":\\\"app\\\",\\\"port\\\":\\\"5432\\\","
                        + "\\\"secret\\\":\\\"arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-1\\\"}\"}}");
        box.stub("secretsmanager-answer", "{\"SecretString\": \"{\\\"password\\\":\\\"p&w$d\\\\\\\\#\\\",\\\"username\\\":\\\"me\\\"}\"}");

        assertThat(launch(request("nginx:1.27", ", database: {}"))).isEqualTo("ready");

        assertThat(Files.readString(box.file("/stub/ssm"))).contains("\nX-Amz-Target: AmazonSSM.GetParameter\n",
                "\n{\"Name\":\"/ec2-docker/shop-0a1b2c3d/database\"}\n", "\nhttps://ssm.eu-central-1.amazonaws.com/\n");
        assertThat(Files.readString(box.file("/stub/secretsmanager"))).contains("\nX-Amz-Target: secretsmanager.GetSecretValue\n",
                "\n{\"SecretId\":\"arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-1\"}\n");
        assertThat(Files.readString(box.file("/opt/app/.env")).lines())
                .contains("INSTANCE_ID='i-0123456789abcdef0'", "DATABASE_HOST='db.example'",
                        "DATABASE_PORT='5432'", "DATABASE_NAME='app'", "DATABASE_USERNAME='me'", "DATABASE_PASSWORD='p&w$d\\#'")
                .noneMatch(line -> line.contains("secret:rds"));
        assertThat(Files.getPosixFilePermissions(box.file("/opt/app/.env"))).hasSize(2);
        assertThat(Files.readString(box.file("/opt/app/docker-compose.yml"))).contains("\"DATABASE_PASSWORD\": \"${DATABASE_PASSWORD}\"");
        assertThat(box.calls("")).noneMatch(call -> call.contains("p&w"));
        assertThat(Files.readString(box.file("/var/log/ec2-docker.log"))).doesNotContain("p&w");
    }

    @Test
    void without_a_database_and_images_of_amazon_ecr_neither_is_asked_for() throws Exception {
        assertThat(launch()).isEqualTo("ready");
        assertThat(List.of(box.file("/stub/ecr"), box.file("/stub/ssm"), box.file("/stub/secretsmanager")))
                .noneMatch(file -> Files.exists(file));
        assertThat(Files.readString(box.file("/opt/app/docker-compose.yml"))).doesNotContain("DATABASE");
    }

    @Test
    void the_instance_of_no_group_calls_nobody() throws Exception {
        assertThat(boot(Requests.of(Requests.container("web")))).isEqualTo("ready");
        assertThat(box.file("/stub/group")).doesNotExist();
    }

    private static ProvisionRequest request(String image, String more) throws Exception {
        String text = "{name: shop, blueprint: autoscaled, region: eu-central-1, instanceType: t3.small, containers: [{name: web, image: \""
                + image
                + "\", ports: [\"8080:80\"]}]" + more + "}";
        return RequestParser.parse(DocumentReader.read(text, DocumentReader.Format.YAML)).orElseThrow();
    }

    private String launch() throws Exception {
        return launch(Requests.of(Requests.container("web")));
    }

    private String launch(ProvisionRequest request) throws Exception {
        BootstrapInput input = new BootstrapInput(request, null, "r-1", "shop-0a1b2c3d");
        return closing(box.boot(Bootstrap.render(input).bootScript()));
    }

    private List<String> calls() throws IOException {
        return Arrays.asList(Files.readString(box.file("/stub/group")).split("(?<=\n)end\n"));
    }

    /** Signature Version 4, as the IAM user guide has it. */
    private static String signature(String stamp, String body) throws Exception {
        String canonical =
                "POST\n/\n\ncontent-type:application/x-www-form-urlencoded\nhost:autoscaling.eu-central-1.amazonaws.com\nx-amz-date:"
                        + stamp
                        + "\nx-amz-security-token:" + TOKEN + "\n\ncontent-type;host;x-amz-date;x-amz-security-token\n" + sha256(body);
        String date = stamp.substring(0, 8);
        byte[] key = ("AWS4" + KEY).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(date, "eu-central-1", "autoscaling", "aws4_request")) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(
                hmac(key, "AWS4-HMAC-SHA256\n" + stamp + "\n" + date + "/eu-central-1/autoscaling/aws4_request\n" + sha256(canonical)));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
