package io.jenkins.plugins.ec2docker.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerConfiguration;
import io.jenkins.plugins.ec2docker.jenkins.config.GuardrailsConfig;
import java.util.List;
import java.util.Locale;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a person reads who wrote something wrong into a Jenkinsfile: field, value and rule, and no stack trace. */
@WithJenkins
class RefusedArgumentsTest {
    private static JenkinsRule jenkins;

    @BeforeAll
    static void one_jenkins_for_all(JenkinsRule rule) {
        jenkins = rule;
    }
    /** Arguments beside region, instance type and one container, and what the console says. */
    private static final List<List<String>> REFUSED = List.of(
            List.of("name: 'Web'", "name \"Web\": must be 1 to 32 lower-case letters"),
            List.of("blueprint: 'cluster'", "blueprint \"cluster\": must be a bundled blueprint"),
            List.of("region: 'eu-central-1a'", "region \"eu-central-1a\": is an Availability Zone"),
            List.of("instanceType: 'huge'", "instanceType \"huge\": must be an EC2 instance type"),
            List.of("instanceType: null", "instanceType: is required"),
            List.of("role: [arn: 'deployer']", "role.arn \"deployer\": must be the ARN"),
            List.of("role: appRole('deployer')", "role.arn \"deployer\": must be the ARN"),
            List.of("role: 'deployer'", "role: must be a section with fields"),
            List.of("role: [arn: 'arn:aws:iam::123456789012:role/d', durationSeconds: 60]", "role.durationSeconds \"60\": must be a whole"),
            List.of("containers: []", "containers: has no container"),
            List.of("containers: 'nginx'", "containers: must be a section"),
            List.of("containers: [[image: 'nginx', ports: '80']]", "containers[0].ports \"80\": must be written as host:container"),
            List.of("network: [sshCidrs: '10.0.0.1/8']", "network.sshCidrs \"10.0.0.1/8\": has host bits"),
            List.of("containers: ['nginx']", "containers[0]: must be a section"),
            List.of("containers: [[imgae: 'nginx']]", "containers[0].imgae: is not a known field; did you mean \"image\"?"),
            List.of("containers: [appDisk(sizeGiB: 10)]", "containers[0].sizeGiB: is not a known field"),
            List.of("containers: [[image: 'nGinx']]", "containers[0].image \"nGinx\""),
            List.of("containers: [[image: 'nginx', ports: [8080:80]]]", "containers[0].ports: must be a list"),
            List.of("containers: [[image: 'nginx', ports: ['80']]]", "containers[0].ports[0] \"80\": must be written as host:container"),
            List.of("containers: [[image: 'nginx', environment: ['A']]]", "containers[0].environment[0]: must be written as NAME=value"),
            List.of("containers: [[image: 'nginx', volumes: ['/etc:/x']]]", "containers[0].volumes[0] \"/etc:/x\": has a host path"),
            List.of("containers: [[image: 'nginx', command: 'a \"b']]", "containers[0].command: has a double quote"),
            List.of("containers: [[image: 'nginx', restart: 'maybe']]", "containers[0].restart \"maybe\": must be no"),
            List.of("containers: [[image: 'nginx', healthcheck: [test: ['curl']]]]", "containers[0].healthcheck.test: must be one line"),
            List.of("images: ['nginx']", "images: cannot stand beside containers"),
            List.of("usersText: 'a', users: 'b'", "usersText: cannot stand beside users"),
            List.of("usersText: ['a']", "usersText: must be text"),
            List.of("credentialsId: [1]", "credentialsId: must be text"),
            List.of("planOnly: 'yes'", "planOnly \"yes\": must be true or false"),
            List.of("spot: 'perhaps'", "spot \"perhaps\": must be true or false"),
            List.of("requester: 'jane'", "requester \"jane\""),
            List.of("machineImage: 'windows'", "machineImage \"windows\": must be ubuntu-22.04"),
            List.of("network: [ingressCidrs: ['10.0.0.1/8']]", "network.ingressCidrs[0] \"10.0.0.1/8\""),
            List.of("network: appNetwork(elasticIp: 'maybe')", "network.elasticIp \"maybe\": must be true or false"),
            List.of("disk: [sizeGiB: 1]", "disk.sizeGiB \"1\": must be a whole number from 8"),
            List.of("sshPublicKey: 'ssh-dss AAAA'", "sshPublicKey:"),
            List.of("expiresAfter: 'tomorrow'", "expiresAfter \"tomorrow\": must be a duration"),
            List.of("tags: ['aws:x': 'y']", "has a key beginning with aws:"),
            List.of("tags: 'team=shop'", "tags: must be a map"),
            List.of("health: [port: 81]", "health.port \"81\": is not published"),
            List.of("onFailure: 'ignore'", "onFailure \"ignore\": must be destroy or keep"),
            List.of("onImageChange: 'restart'", "onImageChange \"restart\": must be replace or redeploy"),
            List.of("sections: 'scaling: [1'", "sections: The YAML text cannot be read"),
            List.of("sections: [region: 'eu-west-1']", "region: stands in sections and beside it; give it in one of the two."),
            List.of("sections: 'scaling: {min: 1}'", "scaling: is not known to blueprint instance, only to autoscaled and fargate"),
            List.of("containers: [[image: 'nginx', ports: ['80:80']]], blueprint: 'autoscaled', sections: 'scaling: {min: 9}'",
                    "scaling: has a min of 9 above its max of 3"),
            List.of("containers: [[image: 'nginx', ports: ['80:80']]], blueprint: 'autoscaled', network: [zones: 3]",
                    "network.zones: has no parameter of its own here; write it in sections."),
            List.of("blueprint: 'fargate', instanceType: null, containers: [[image: 'nginx', ports: ['80:80'], readOnly: true]]",
                    "containers[0].readOnly: has no parameter of its own here; write it in sections, with all of containers."),
            List.of("expireAfter: '8h'", "expireAfter: is not a known parameter; did you mean \"expiresAfter\"?"),
            List.of("wholly: 'else'", "wholly: is not a known parameter; known here: blueprint, containers"));

    @Test
    void the_console_names_field_and_rule() throws Exception {
        StringBuilder script = new StringBuilder();
        for (List<String> refused : REFUSED) {
            script.append("""
                    echo 'case %d'
                    try {
                      provisionEc2Docker([region: 'eu-central-1', instanceType: 't3.small', containers: [[image: 'nginx']]] + [%s])
                      error 'was taken'
                    } catch (Exception refused) {
                      echo refused.message
                    }
                    """.formatted(REFUSED.indexOf(refused), refused.get(0)));
        }
        String console = console(Scripts.run(jenkins, script.toString()), Result.SUCCESS);
        for (List<String> refused : REFUSED) {
            String told = console.substring(console.indexOf("case " + REFUSED.indexOf(refused) + "\n"));
            int next = told.indexOf("case " + (REFUSED.indexOf(refused) + 1) + "\n");
            assertThat(next < 0 ? told : told.substring(0, next)).as(refused.get(0)).contains(refused.get(1));
        }
    }

    @Test
    void a_refused_build_fails_with_all_problems_and_no_stack_trace() throws Exception {
        WorkflowRun build = Scripts.run(jenkins, "provisionEc2Docker region: 'here', instanceType: 'huge', images: ['nGinx', 'redis:?']");
        String console = console(build, Result.FAILURE);
        assertThat(console)
                .contains("ERROR: Request is not valid: 4 problems", "region \"here\"", "instanceType \"huge\"", "images[0] \"nGinx\"",
                        "images[1] \"redis:?\"")
                .doesNotContain("\tat ", "Exception");
    }

    @Test
    void what_the_guardrails_refuse_is_told_together_with_what_is_wrong() throws Exception {
        GuardrailsConfig guardrails = new GuardrailsConfig();
        guardrails.setRegions(List.of("us-east-1"));
        guardrails.setInstanceTypes(List.of("t2.*"));
        guardrails.setImages(List.of("redis"));
        Ec2DockerConfiguration.get().setGuardrails(guardrails);
        try {
            WorkflowRun build = Scripts.run(jenkins, "provisionEc2Docker region: 'eu-central-1', instanceType: 't3.small',"
                    + " containers: [appContainer(image: 'nginx', ports: '80=80')]");
            assertThat(console(build, Result.FAILURE))
                    .contains("ERROR: Request is not valid: 1 problem", "containers[0].ports", "Request is refused by the guardrails:",
                            "region \"eu-central-1\"", "instanceType \"t3.small\"", "containers[0].image \"nginx\"")
                    .doesNotContain("\tat ");
        } finally {
            Ec2DockerConfiguration.get().setGuardrails(new GuardrailsConfig());
        }
    }

    @Test
    void what_is_wrong_with_a_destruction_is_a_sentence() throws Exception {
        assertThat(console(Scripts.run(jenkins, "destroyEc2Docker(deployment: ' ')"), Result.FAILURE))
                .contains("ERROR: deployment: is empty; give a deployment's name")
                .doesNotContain("\tat ");
        assertThat(console(Scripts.run(jenkins, "destroyEc2Docker(deployment: 'web', force: true)"), Result.FAILURE))
                .contains("ERROR: force: is not a known parameter")
                .doesNotContain("\tat ");
        assertThat(console(Scripts.run(jenkins, "destroyEc2Docker(name: 'web', failIfMissing: 'perhaps')"), Result.FAILURE))
                .contains("ERROR: failIfMissing \"perhaps\": must be true or false")
                .doesNotContain("\tat ");
    }

    @Test
    void destroying_what_never_existed_is_a_success_that_says_so() throws Exception {
        String console = console(Scripts.run(jenkins, """
                echo "returned: ${destroyEc2Docker()}"
                destroyEc2Docker 'web'
                destroyEc2Docker(deployment: null)
                """), Result.SUCCESS);
        assertThat(console).contains("has no deployment \"test", "nothing was destroyed. It has none at all.", "changed:false",
                "has no deployment \"web\"", "has no deployment \"(null)\"");
        assertThat(console(Scripts.run(jenkins, "destroyEc2Docker(name: 'web', failIfMissing: true)"), Result.FAILURE))
                .contains("ERROR: deployment \"web\": job test", "has no deployment of that name")
                .doesNotContain("\tat ");
        assertThat(console(Scripts.run(jenkins, "rollbackEc2Docker()"), Result.FAILURE))
                .contains("ERROR: deployment \"test", "has no deployment of that name")
                .doesNotContain("\tat ");
    }

    @Test
    void in_a_declarative_pipeline_the_refusal_stands_alone_although_the_post_section_destroys() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "declared");
        job.setDefinition(new CpsFlowDefinition("""
                pipeline {
                  agent any
                  stages { stage('Provision') { steps { provisionEc2Docker(region: 'here', instanceType: 't3.small', images: ['nginx']) } } }
                  post {
                    always {
                      destroyEc2Docker()
                      destroyEc2Docker(name: 'web')
                      destroyEc2Docker(deployment: 'test', failIfMissing: false)
                    }
                    failure { rollbackEc2Docker(name: 'web') }
                  }
                }
                """, true));
        assertThat(console(job.scheduleBuild2(0).get(), Result.FAILURE))
                .contains("region \"here\"", "Job declared has no deployment \"declared\"", "Job declared has no deployment \"web\"",
                        "Job declared has no deployment \"test\"", "deployment \"web\": job declared has no deployment of that name")
                .doesNotContain("WorkflowScript");
    }

    @Test
    void two_branches_of_one_parallel_that_name_nothing_do_not_share_a_deployment() throws Exception {
        String step = "provisionEc2Docker(region: 'eu-central-1', instanceType: 't3.small', images: ['nginx'], credentialsId: 'none')";
        String script = """
                def told = { name, step ->
                  try {
                    step()
                  } catch (Exception refused) {
                    echo name + ' says ' + refused.message
                  }
                }
                told('before') { %1$s }
                parallel api: {
                  told('first') { %1$s }
                  told('again') { %1$s }
                }, web: {
                  stage('inner') {
                    parallel one: { told('second') { %1$s } }, two: { echo 'nothing' }
                  }
                }, db: {
                  told('named') { %2$s }
                }
                parallel later: { told('later') { %1$s } }, other: { echo 'nothing' }
                """;
        WorkflowRun build = Scripts.run(jenkins, String.format(Locale.ROOT, script, step, step.replace("(region", "(name: 'db', region")));
        String console = console(build, Result.SUCCESS);
        assertThat(console)
                .contains("second says name: is missing, as it is in branch \"api\" of the same parallel, so that both would work on"
                        + " one deployment, \"" + DefaultDeploymentName.of(build)
                        + "\". Give each branch's deployment a name of its own, such as name: 'web'.");
        for (String taken : List.of("before", "first", "again", "named", "later")) {
            assertThat(console).contains(taken + " says credentialsId \"none\"");
        }
    }

    private static String console(WorkflowRun build, Result result) throws Exception {
        String console = JenkinsRule.getLog(build);
        assertThat(build.getResult()).as(console).isEqualTo(result);
        return console;
    }
}
