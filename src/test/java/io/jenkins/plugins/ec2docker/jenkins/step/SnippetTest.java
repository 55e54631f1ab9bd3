package io.jenkins.plugins.ec2docker.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.jenkins.form.AppContainer;
import io.jenkins.plugins.ec2docker.jenkins.form.AppNetwork;
import io.jenkins.plugins.ec2docker.jenkins.form.AppSchedule;
import io.jenkins.plugins.ec2docker.jenkins.form.Complete;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the Snippet Generator writes, and that its form keeps everything. */
@WithJenkins
class SnippetTest {
    private static JenkinsRule jenkins;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void only_what_differs_from_the_defaults_is_written() throws Exception {
        new SnippetizerTester(jenkins).assertRoundTrip(Complete.minimal(), "provisionEc2Docker containers: [appContainer(image:"
                + " 'nginx:1.27', ports: ['80:80'])], instanceType: 't3.small', region: 'eu-central-1'");
    }

    @Test
    void an_image_alone_needs_no_name() throws Exception {
        ProvisionStep step = new ProvisionStep("eu-central-1", "t3.small");
        step.setContainers(List.of(new AppContainer("nginx:1.27")));
        new SnippetizerTester(jenkins).assertRoundTrip(step,
                "provisionEc2Docker containers: [appContainer('nginx:1.27')], instanceType: 't3.small', region: 'eu-central-1'");
    }

    @Test
    void everything_is_written_as_one_would_write_it() throws Exception {
        new SnippetizerTester(jenkins).assertRoundTrip(Complete.step(), """
                provisionEc2Docker blueprint: 'instance', \
                containers: [appContainer(command: 'nginx -g \\'daemon off;\\'', \
                environment: [PASSWORD: 'pa$$w\\'o"rd', LINES: '''one
                 two''', EMPTY: ''], \
                healthcheck: appHealthcheck(interval: '1m30s', retries: 3, startPeriod: '10s', \
                test: ['CMD', 'curl', '-f', 'http://localhost/a b'], timeout: '500ms'), \
                image: 'registry.example.com:5000/shop/web:1.10', name: 'web', ports: ['8080:80', '5353:53/udp'], restart: 'on-failure:3', \
                volumes: ['/opt/app/data:/data', '/opt/app/users.csv:/etc/users.csv:ro']), appContainer('redis')], \
                credentialsId: 'aws', disk: appDisk(kmsKeyId: 'alias/disks', sizeGiB: 100), expiresAfter: '2d', \
                health: appHealth(path: '/health?full=1', port: 8080, timeout: '90s'), instanceType: 'm7g.large', keyName: 'deployers', \
                machineImage: 'ubuntu-24.04', name: 'web-shop', \
                network: appNetwork(elasticIp: true, ingressCidrs: ['10.0.0.0/8', '2001:db8::/32'], publicIp: true, \
                sshCidrs: ['192.0.2.1/32'], subnetId: 'subnet-01234567', vpcId: 'vpc-0123456789abcdef0'), onFailure: 'keep', \
                onImageChange: 'redeploy', planOnly: true, region: 'eu-central-1', requester: ['jane.doe@example.com', 'ops@example.com'], \
                role: appRole(arn: 'arn:aws:iam::123456789012:role/teams/deployer', durationSeconds: 7200, externalId: 'jenkins@prod:42'), \
                spot: true, tags: [team: 'shop', 'cost centre': '4711'], users: 'users.csv'""");
    }

    @Test
    void working_hours_are_kept_by_the_form_and_written_as_one_would_write_them() throws Exception {
        ProvisionStep step = Complete.minimal();
        step.setSchedule(new AppSchedule("0 8 * * mon-fri", "0 18 * * mon-fri", "Europe/Berlin"));

        ProvisionStep kept = new StepConfigTester(jenkins).configRoundTrip(step);

        assertThat(kept.document()).isEqualTo(step.document()).containsEntry(
                "schedule", Map.of("start", "0 8 * * mon-fri", "stop", "0 18 * * mon-fri", "zone", "Europe/Berlin"));
        new SnippetizerTester(jenkins).assertRoundTrip(step,
                """
                provisionEc2Docker containers: [appContainer(image: 'nginx:1.27', ports: ['80:80'])], instanceType: 't3.small', \
                region: 'eu-central-1', schedule: appSchedule(start: '0 8 * * mon-fri', stop: '0 18 * * mon-fri', zone: 'Europe/Berlin')""");
    }

    @Test
    void the_form_keeps_a_minimal_step() throws Exception {
        ProvisionStep step = Complete.minimal();
        ProvisionStep kept = new StepConfigTester(jenkins).configRoundTrip(step);
        jenkins.assertEqualDataBoundBeans(step, kept);
        assertThat(kept.document()).isEqualTo(step.document());
    }

    @Test
    void the_form_keeps_every_parameter() throws Exception {
        ProvisionStep step = Complete.step();
        ProvisionStep kept = new StepConfigTester(jenkins).configRoundTrip(step);
        jenkins.assertEqualDataBoundBeans(step, kept);
        assertThat(kept.document()).isEqualTo(step.document());
    }

    @Test
    void the_form_keeps_that_nobody_may_come_in() throws Exception {
        ProvisionStep step = Complete.minimal();
        AppNetwork closed = new AppNetwork();
        closed.setIngressCidrs(List.of());
        step.setNetwork(closed);
        assertThat(new StepConfigTester(jenkins).configRoundTrip(step).getNetwork().getIngressCidrs()).isEmpty();
    }

    @Test
    void sections_are_kept_by_the_form_and_written_as_a_map() throws Exception {
        ProvisionStep step = new ProvisionStep("eu-central-1", null);
        AppContainer container = new AppContainer("nginx:1.27");
        container.setPorts(List.of("80:80"));
        step.setContainers(List.of(container));
        step.setBlueprint("fargate");
        step.setSections(
                "environment: staging\nscaling:\n  max: 5\ntask:\n  exec: true\ndatabase:\n  engineVersion: 16.3\nmonitoring: {mails: [a@example.com]}");

        ProvisionStep kept = new StepConfigTester(jenkins).configRoundTrip(step);

        assertThat(kept.document()).isEqualTo(step.document());
        assertThat(Snippetizer.object2Groovy(step)).isEqualTo("""
                provisionEc2Docker blueprint: 'fargate', containers: [appContainer(image: 'nginx:1.27', ports: ['80:80'])], region: 'eu-central-1', \
                sections: [environment: 'staging', scaling: [max: 5], task: [exec: true], database: [engineVersion: '16.3'], \
                monitoring: [mails: ['a@example.com']]]""");
    }

    @Test
    void a_destruction_names_its_deployment() throws Exception {
        new SnippetizerTester(jenkins).assertRoundTrip(new DestroyStep("web"), "destroyEc2Docker deployment: 'web'");
        new SnippetizerTester(jenkins).assertRoundTrip(new DestroyStep(null), "destroyEc2Docker()");
        DestroyStep step = new DestroyStep("web");
        step.setFailIfMissing(true);
        new SnippetizerTester(jenkins).assertRoundTrip(step, "destroyEc2Docker deployment: 'web', failIfMissing: true");
        jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
    }

    @Test
    void a_rollback_names_its_deployment_and_perhaps_a_run() throws Exception {
        new SnippetizerTester(jenkins).assertRoundTrip(new RollbackStep("web"), "rollbackEc2Docker deployment: 'web'");
        RollbackStep step = new RollbackStep("web");
        step.setTo("20261121-035112-1f3a9c02");
        new SnippetizerTester(jenkins).assertRoundTrip(step, "rollbackEc2Docker deployment: 'web', to: '20261121-035112-1f3a9c02'");
        jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
    }

    @Test
    void every_parameter_is_described() throws Exception {
        SnippetizerTester.assertDocGeneration(ProvisionStep.class);
        SnippetizerTester.assertDocGeneration(DestroyStep.class);
        SnippetizerTester.assertDocGeneration(RollbackStep.class);
    }
}
