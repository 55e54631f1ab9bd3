package io.jenkins.plugins.ec2docker.request.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.values.InvalidRequestException;
import io.jenkins.plugins.ec2docker.request.values.ParseResult;
import io.jenkins.plugins.ec2docker.request.values.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Documents of chance, near good ones and far from them: reading them ends in a request or in violations, never in anything else. */
class RequestFuzzTest {
    private static final Pattern INSIDES = Pattern.compile("Exception|java\\.|\\.java|jackson|snakeyaml|\\bnull\\b");
    private static final String MARKS = "{}[]:,&*!|>'\"%@`#-? \n\t\u0007\ud800é";
    private static final List<String> FIELDS = List.of(("name blueprint region instanceType role containers users requester machineImage"
            + " schedule start stop zone onImageChange"
            + " network disk sshPublicKey keyName spot expiresAfter tags health onFailure arn externalId durationSeconds image ports"
            + " environment volumes command restart healthcheck test interval retries vpcId ingressCidrs sshCidrs publicIp elasticIp sizeGiB"
            + " kmsKeyId port path timeout a.b[0]").split(" "));
    /** Documents of the blueprints with sections; only what is stored is read from them. */
    private static final List<String> WITH_SECTIONS = List.of("autoscaled", "fargate", "cluster");
    private static final List<String> SECTION_FIELDS =
            List.of(("environment scaling loadBalancer database monitoring backup edge registry bastion"
                    + " imageRelease instancePolicy task blueprint min max desired steps schedules cron responseTime threshold eventPatterns healthCheck"
                    + " mails spot cpu memory secrets entrypoint vpcId publicSubnetIds containers disk network").split(" "));
    private static final List<String> TEXTS = List.of("", " ", "web", "nginx", "80:80", "10.0.0.0/8", "::/0", "true", "2d", "eu-central-1",
            "t3.small", "m7g.large", "/opt/app/a:/a", "'", "\"", "\\", "\0", "\n", "\ud800", "🚀", "a@b.cd", "ami-01234567",
            "x".repeat(500),
            "%00", "${jndi:x}", "$(id)", "CMD", "-1", "99999999999999999999", "1e9", "ssh-rsa AAAA", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5",
            "arn:aws:iam::1:role/x", "a=b", "=");

    @RepeatedTest(8)
    void ends_in_a_request_or_in_violations(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int round = 0; round < 250; round++) {
            Map<String, Object> document = random.nextBoolean() ? Requests.document("complete.yaml") : Requests.document("minimal.yaml");
            int changes = 1 + random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                change(document, random, 0);
            }
            expectDeclaredResult(document);
        }
    }

    @RepeatedTest(4)
    void text_of_chance_ends_in_a_document_or_in_violations(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        String yaml = Requests.text("complete.yaml");
        for (int round = 0; round < 250; round++) {
            StringBuilder text = new StringBuilder(yaml);
            for (int i = random.nextInt(6); i >= 0; i--) {
                int at = random.nextInt(Math.max(1, text.length() - 1));
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, MARKS.charAt(random.nextInt(MARKS.length())));
                    default -> text.setLength(Math.max(10, at));
                }
            }
            for (DocumentReader.Format format : DocumentReader.Format.values()) {
                try {
                    expectDeclaredResult(DocumentReader.read(text.toString(), format));
                } catch (InvalidRequestException e) {
                    expectFit(e.violations());
                }
            }
        }
    }

    @RepeatedTest(8)
    void what_is_stored_with_sections_is_always_read(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int round = 0; round < 250; round++) {
            Map<String, Object> document = Requests.yaml("""
                    {name: shop, region: eu-central-1, instanceType: t3.small, environment: staging,
                     containers: [{image: nginx, ports: ["8080:80"], cpu: 256, secrets: {A: arn:aws:ssm:eu-central-1:123456789012:parameter/a}}],
                     scaling: {min: 1, max: 4, steps: {up: 1, down: 1}, schedules: {night: {cron: 0 19 * * *, min: 0, max: 0, desired: 0}}},
                     monitoring: {mails: [a@b.cd], responseTime: {threshold: 0.5}, eventPatterns: {all: "{}"}}, backup: none, database: {},
                     loadBalancer: {healthCheck: {path: /, port: 80}}, network: {cidr: 10.0.0.0/16}, task: {cpu: 256, memory: 512}}
                    """);
            document.put("blueprint", pick(WITH_SECTIONS, random));
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                if (random.nextBoolean()) {
                    document.put(pick(SECTION_FIELDS, random), value(random, 1));
                } else {
                    change(document, random, 0);
                }
            }
            expectDeclaredResult(document);
        }
    }

    /** Whatever is stored: a request comes of it, and all that strict reading rejects is noted. */
    private static void expectStoredResult(Map<String, Object> document, ParseResult<ProvisionRequest> strict) {
        StoredRequest stored = StoredRequest.read(document, "web", "instance", "eu-central-1");
        assertThat(stored.document()).isEqualTo(document);
        assertThat(stored.request().architecture()).isNotNull();
        ProvisionRequest again = StoredRequest.read(RequestWriter.of(stored.request()), "web", "instance", "eu-central-1").request();
        assertThat(RequestWriter.of(again)).isEqualTo(RequestWriter.of(stored.request()));
        if (strict instanceof ParseResult.Valid<ProvisionRequest> valid) {
            assertThat(StoredRequest.read(RequestWriter.of(valid.value()), "web", "instance", "eu-central-1"))
                    .isEqualTo(StoredRequest.of(valid.value()));
        } else {
            assertThat(stored.notes()).isNotEmpty()
                    .allSatisfy(note -> assertThat(note.toString()).doesNotContainPattern("[\\p{Cntrl}]").doesNotContainPattern(INSIDES));
        }
    }

    private static void expectDeclaredResult(Map<String, Object> document) throws InvalidRequestException {
        ParseResult<ProvisionRequest> parsed = RequestParser.parse(document);
        expectStoredResult(document, parsed);
        if (parsed instanceof ParseResult.Valid<ProvisionRequest> valid) {
            assertThat(RequestParser.parse(RequestWriter.of(valid.value())).orElseThrow()).isEqualTo(valid.value());
            assertThat(valid.value().architecture()).isNotNull();
        } else {
            expectFit(parsed.violations());
        }
    }

    private static void expectFit(List<Violation> violations) {
        assertThat(violations).isNotEmpty().allSatisfy(violation -> {
            assertThat(violation.message()).endsWith(violation.message().contains("did you mean") ? "?" : ".").hasSizeLessThan(400)
                    .doesNotContainPattern(INSIDES);
            assertThat(violation.toString()).doesNotContainPattern("[\\p{Cntrl}]");
            assertThat(violation.value().codePointCount(0, violation.value().length())).isLessThan(80 * 6 + 2);
        });
    }

    @SuppressWarnings("unchecked") // Documents consist of such maps and lists only.
    private static void change(Object at, Random random, int depth) {
        boolean deeper = depth < 4 && random.nextInt(4) > 0;
        if (at instanceof Map<?, ?> map) {
            List<Object> keys = new ArrayList<>(map.keySet());
            Object key = keys.isEmpty() || random.nextInt(6) == 0 ? pick(FIELDS, random) : keys.get(random.nextInt(keys.size()));
            Object child = map.get(key);
            if (deeper && (child instanceof Map || child instanceof List)) {
                change(child, random, depth + 1);
            } else if (random.nextInt(8) == 0) {
                map.remove(key);
            } else {
                ((Map<Object, Object>) map).put(key, value(random, depth));
            }
        } else if (at instanceof List<?> list) {
            if (deeper && !list.isEmpty() && !(list.get(0) instanceof String)) {
                change(list.get(random.nextInt(list.size())), random, depth + 1);
            } else {
                ((List<Object>) list).add(value(random, depth));
            }
        }
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 6 : 9)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextDouble();
            case 2 -> random.nextBoolean();
            case 3 -> null;
            case 4, 5 -> pick(TEXTS, random);
            case 6 -> new StringBuilder(pick(TEXTS, random));
            case 7 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(random, depth + 1));
                }
                yield list;
            }
            default -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(random.nextInt(9) == 0 ? (Object) random.nextInt() : pick(FIELDS, random), value(random, depth + 1));
                }
                yield map;
            }
        };
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
