package io.jenkins.plugins.ec2docker.jenkins.form;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import io.jenkins.plugins.ec2docker.jenkins.step.DefaultDeploymentName;
import io.jenkins.plugins.ec2docker.jenkins.step.ProvisionStep;
import io.jenkins.plugins.ec2docker.jenkins.step.Scripts;
import io.jenkins.plugins.ec2docker.request.document.DocumentReader;
import io.jenkins.plugins.ec2docker.request.model.ProvisionRequest;
import io.jenkins.plugins.ec2docker.request.parse.RequestParser;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.flow.StepListener;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whichever way a Jenkinsfile writes a request, the same one comes out. */
@WithJenkins
class GroovyArgumentsTest {
    private static JenkinsRule jenkins;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void plain_maps_say_the_same_as_symbols() throws Exception {
        new SnippetizerTester(jenkins).assertParseStep(Complete.step(), """
                provisionEc2Docker(
                  name: 'web-shop', blueprint: 'instance', region: 'eu-central-1', instanceType: 'm7g.large',
                  role: [arn: 'arn:aws:iam::123456789012:role/teams/deployer', externalId: 'jenkins@prod:42', durationSeconds: 7200],
                  containers: [
                    [image: "registry.example.com:5000/shop/${'web'}:1.10", name: 'web', ports: ['8080:80', '5353:53/udp'],
                     environment: [PASSWORD: 'pa$$w\\'o"rd', LINES: 'one\\n two', EMPTY: ''],
                     volumes: ['/opt/app/data:/data', '/opt/app/users.csv:/etc/users.csv:ro'],
                     command: ['nginx', '-g', 'daemon off;'], restart: 'on-failure:3',
                     healthcheck: [test: ['CMD', 'curl', '-f', 'http://localhost/a b'], interval: '1m30s', timeout: '500ms', retries: 3,
                                   startPeriod: '10s']],
                    [image: 'redis']],
                  credentialsId: 'aws', users: 'users.csv', requester: ['jane.doe@example.com', 'ops@example.com'],
                  machineImage: 'ubuntu-24.04',
                  network: [vpcId: 'vpc-0123456789abcdef0', subnetId: 'subnet-01234567', ingressCidrs: ['10.0.0.0/8', '2001:db8::/32'],
                            sshCidrs: ['192.0.2.1/32'], publicIp: true, elasticIp: true],
                  disk: [sizeGiB: 100, kmsKeyId: 'alias/disks'], keyName: 'deployers', spot: true, expiresAfter: '2d',
                  tags: [team: 'shop', 'cost centre': 4711], health: [port: 8080, path: '/health?full=1', timeout: '90s'],
                  onFailure: 'keep', onImageChange: 'redeploy', planOnly: true)""");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "containers: [appContainer(image: 'nginx:1.27')]", "containers: [appContainer('nginx:1.27')]",
        "containers: [[image: 'nginx:1.27']]",
        "images: ['nginx:1.27']", "images: [\"nginx:${1.27}\"]"
    })
    void a_container_is_written_as_one_likes(String containers) throws Exception {
        assertThat(step(containers).document().get("containers")).isEqualTo(List.of(Map.of("image", "nginx:1.27")));
    }

    @Test
    void a_text_does_where_a_list_has_one_item() throws Exception {
        assertThat(step("images: ['nginx'], requester: 'jane@example.com'").document())
                .containsEntry("requester", List.of("jane@example.com"));
    }

    @Test
    void a_port_is_written_in_any_form_of_compose() throws Exception {
        assertThat(step("containers: [[image: 'nginx', ports: [[target: 80, published: 8080, protocol: 'udp'], '81-82:81-82']]]").document()
                .get("containers")).isEqualTo(List.of(Map.of("image", "nginx", "ports", List.of("8080:80/udp", "81-82:81-82"))));
    }

    @Test
    void a_health_check_may_be_a_line_for_a_shell() throws Exception {
        ProvisionStep step = step("containers: [[image: 'nginx', healthcheck: [test: 'curl localhost']]]");
        assertThat(step.getContainers().get(0).getHealthcheck().getTest()).containsExactly("CMD-SHELL", "curl localhost");
    }

    @Test
    void what_the_step_makes_of_it_is_the_engines_request() throws Exception {
        Map<String, Object> yaml = DocumentReader.read("""
                name: web-shop
                region: eu-central-1
                instanceType: m7g.large
                containers:
                  - image: nginx
                    command: [sh, -c, "echo \\"it's\\"", ""]
                    environment: {A: "x=y", B: ""}
                network: {ingressCidrs: []}
                tags: {team: shop, flag: ""}
                """, DocumentReader.Format.YAML);
        ProvisionStep step = step("instanceType: 'm7g.large', name: 'web-shop', containers: [[image: 'nginx', command: ['sh', '-c',"
                + " 'echo \"it\\'s\"', ''], environment: [A: 'x=y', B: '']]], network: [ingressCidrs: []], tags: [team: 'shop', flag: '']");
        assertThat(RequestParser.parse(step.document()).orElseThrow()).isEqualTo(RequestParser.parse(yaml).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "sections: [environment: 'staging', network: [zones: 3], scaling: [max: 5]]",
        "sections: '{environment: staging, network: {zones: 3}, scaling: {max: 5}}'",
        "sections: '''environment: staging\nnetwork: {zones: 3}\nscaling:\n  max: 5'''"
    })
    void sections_may_be_a_map_or_text(String sections) throws Exception {
        ProvisionStep step = step("name: 'web', blueprint: 'autoscaled', containers: [[image: 'nginx', ports: ['80:80']]],"
                + " network: [ingressCidrs: ['10.0.0.0/8']], " + sections);

        ProvisionRequest request = RequestParser.parse(SectionsParameter.merged(step.document())).orElseThrow();
        assertThat(request.section("scaling")).isEqualTo(Map.of("min", 2, "max", 5));
        assertThat(request.section("network")).containsEntry("zones", 3);
        assertThat(request.network().ingressCidrs()).containsExactly("10.0.0.0/8");
    }

    @Test
    void text_in_a_map_of_sections_stays_text() throws Exception {
        ProvisionStep step = step("instanceType: null, name: 'web', blueprint: 'fargate', containers: [[image: 'nginx', ports: ['80:80']]],"
                + " sections: [task: [policy: '{\"Version\": \"2012-10-17\", \"Statement\": []}']]");

        assertThat(RequestParser.parse(SectionsParameter.merged(step.document())).orElseThrow().section("task"))
                .containsEntry("policy", "{\"Version\": \"2012-10-17\", \"Statement\": []}");
    }

    @Test
    void a_task_needs_no_instance_type() throws Exception {
        ProvisionStep step = step("instanceType: null, name: 'web', blueprint: 'fargate',"
                + " sections: '''containers: [{image: nginx, ports: [\"80:80\"], readOnly: true}]'''");

        ProvisionRequest request = RequestParser.parse(SectionsParameter.merged(step.document())).orElseThrow();
        assertThat(request.containers().get(0).task()).containsEntry("readOnly", true);
    }

    private static ProvisionStep step(String arguments) throws Exception {
        String type = arguments.contains("instanceType") ? "" : "instanceType: 't3.small', ";
        WorkflowRun build = Scripts.run(jenkins, "provisionEc2Docker(region: 'eu-central-1', " + type + arguments + ")");
        assertThat(Catch.step).as(build.getLog(100).toString()).isNotNull();
        return Catch.step;
    }

    /** Takes the step as Pipeline has made it, instead of having it run. */
    @TestExtension
    public static final class Catch implements StepListener {
        private static ProvisionStep step;

        @Override
        public void notifyOfNewStep(Step made, StepContext context) {
            if (made instanceof ProvisionStep provision) {
                step = provision;
                context.onFailure(new AbortException("Caught."));
            }
        }
    }

    @BeforeEach
    void nothing_is_caught() {
        Catch.step = null;
    }

    @Test
    void a_name_is_made_of_the_jobs() {
        assertThat(Stream.of("web", "Team/Web shop", "web/feature%2Fa_b", "42", "1st", "team/" + "x".repeat(40), "sg", "SG/portal")
                .map(DefaultDeploymentName::of))
                .containsExactly("web", "team-web-shop", "web-feature-a-b", "deployment", "st", "x".repeat(32), "my", "my-portal");
    }
}
