package io.jenkins.plugins.ec2docker.jenkins.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.access.SessionCredentials;
import io.jenkins.plugins.ec2docker.aws.cleanup.Ec2AndIamResources;
import io.jenkins.plugins.ec2docker.aws.cleanup.TaggedResource;
import io.jenkins.plugins.ec2docker.chaos.AwsView;
import io.jenkins.plugins.ec2docker.chaos.FaultyAws;
import io.jenkins.plugins.ec2docker.chaos.Findings;
import io.jenkins.plugins.ec2docker.chaos.Moment;
import io.jenkins.plugins.ec2docker.testing.ApiProxy;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.WorkingProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Rounds in which a controller, its agent or both die at a moment drawn at random, while a first provision, an update and a destruction run
 * side by side in Pipelines on that agent; what died is started again, and the same step is run once more. {@code bin/chaos jenkins} gives more
 * rounds.
 */
@Tag("long")
class KilledJenkinsTest {

    private static final String DEPLOYMENT = "web";
    private static final List<String> JOBS = List.of("one", "two", "three");
    /** What the three runs of a round call of AWS together, and how many of those change something. */
    private static final int CALLS = 170;
    private static final int CHANGES = 24;
    /** A moment that has not come by then does not come. */
    private static final int PATIENCE_SECONDS = 120;

    /** What dies; Terraform dies where its machine does. */
    enum Death {
        CONTROLLER,
        AGENT,
        MACHINE_OF_AGENT,
        BOTH_MACHINES
    }

    private final Moto moto = Moto.start();
    private final FaultyAws faulty = new FaultyAws();
    private final ApiProxy aws = new ApiProxy(moto.endpoint(), faulty);
    private final InboundAgentExtension.Options options = InboundAgentExtension.Options.newBuilder().name(Controller.AGENT).build();
    private final ArrayList<String> jobs = new ArrayList<>(JOBS);
    private final Map<String, Integer> versions = new HashMap<>();
    private Path agent;

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension()
            .extraEnv("AWS_ENDPOINT_URL", aws.endpoint().toString())
            .withTimeout(0)
            // Pipeline's own patience with an agent after a restart, which the harness cuts down to 15 seconds.
            .javaOptions("-Dhudson.model.UpdateCenter.never=true",
                    "-Dorg.jenkinsci.plugins.workflow.support.pickles.ExecutorPickle.timeoutForNodeMillis=300000");

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @AfterEach
    void stop() {
        aws.close();
        moto.close();
    }

    @Test
    void whatever_dies_and_whenever_the_next_build_recovers_and_nothing_is_lost() throws Throwable {
        int rounds = Integer.getInteger("chaos.rounds", 2);
        long seed = Long.getLong("chaos.seed", System.currentTimeMillis() % 1_000_000);
        System.out.println("Seed " + seed + ", " + rounds + " rounds of " + JOBS.size() + " runs.");
        Random random = new Random(seed);
        controller.startJenkins();
        agents.createAgent(controller, options);
        agent = Path.of(controller.runRemotely(Controller::prepare, aws.endpoint().toString(), JOBS.size()));
        // So that the first round hits one of each kind already.
        undisturbed(Map.of("two", provision("two"), "three", provision("three")));

        Map<Death, Map<String, Integer>> outcomes = new TreeMap<>();
        List<Findings> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Death death = Death.values()[(round + (int) Math.floorMod(seed, Death.values().length)) % Death.values().length];
            Moment moment = Moment.draw(random, CALLS, CHANGES);
            HashMap<String, String> steps = steps(round);
            Round lived = round(death, moment, steps);
            lived.outcomes()
                    .forEach((job, outcome) -> outcomes.computeIfAbsent(death, none -> new TreeMap<>()).merge(outcome, 1, Integer::sum));
            all.add(lived.findings());
            System.out.println("round " + (round + 1) + ": " + death + " at " + moment + " -> " + new TreeMap<>(lived.outcomes()) + ", "
                    + (lived.findings().isGood() && lived.findings().toSweep().isEmpty() ? "good" : lived.findings()));
            if (!lived.findings().isGood()) {
                for (String job : JOBS) {
                    System.out.println("== " + job + "\n" + controller.runRemotely(Controller::log, job));
                }
            }
        }
        System.out.println(outcomes);
        System.out.println("Seed " + seed + ": " + closingLine(all, rounds) + ".");
        assertThat(all).allMatch(Findings::isGood);
    }

    private record Round(Map<String, String> outcomes, Findings findings) {}

    private Round round(Death death, Moment moment, HashMap<String, String> steps) throws Throwable {
        CountDownLatch struck = new CountDownLatch(1);
        List<byte[]> inWorkspaces = new ArrayList<>();
        Map<Path, byte[]> inStore = new HashMap<>();
        FaultyAws.Deed deed = () -> {
            strike(death);
            inWorkspaces.addAll(workspaceStates().values());
            inStore.putAll(storedStates());
            struck.countDown();
            return true;
        };
        faulty.arm(moment, deed);
        controller.runRemotely(Controller::begin, steps);
        boolean come = struck.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        come |= faulty.disarm();
        if (!come) {
            deed.strike();
        }

        boolean controllerDied = death == Death.CONTROLLER || death == Death.BOTH_MACHINES;
        if (controllerDied) {
            controller.startJenkins();
        }
        if (death != Death.CONTROLLER) {
            agents.start(controller, options);
        }
        HashMap<String, String> hit = controller.runRemotely(Controller::settle, jobs);
        HashMap<String, String> outcomes = new HashMap<>();
        hit.forEach((job, result) -> outcomes.put(job, come(struck, result)));
        for (String job : JOBS) {
            // Terraform has lived on, and so should the build.
            if (!hit.get(job).equals("SUCCESS") && (death == Death.CONTROLLER || death == Death.AGENT)) {
                System.out.println("== the build of " + job + " that was hit\n" + controller.runRemotely(Controller::log, job));
            }
        }

        controller.runRemotely(Controller::begin, steps);
        HashMap<String, String> recovered = controller.runRemotely(Controller::settle, jobs);

        List<String> failures = new ArrayList<>();
        recovered.forEach((job, result) -> {
            if (!result.equals("SUCCESS")) {
                failures.add("the recovery of job " + job + " ended with " + result);
            }
        });
        Controller.Held held = controller.runRemotely(Controller::held, jobs, DEPLOYMENT);
        Map<Path, byte[]> now = storedStates();
        int lost = Controller.lost(held, inWorkspaces)
                + (int) inStore.entrySet().stream().filter(each -> !Arrays.equals(each.getValue(), now.get(each.getKey()))).count();
        int serving = (int) steps.values().stream().filter(step -> step.startsWith("provision")).count();
        return new Round(outcomes, Findings.of(AwsView.of(moto), held.known(), lost, tagged(), leftAtWork(), failures, serving));
    }

    private static String come(CountDownLatch struck, String result) {
        return struck.getCount() == 0 ? result : "MISSED";
    }

    private void undisturbed(Map<String, String> steps) throws Throwable {
        controller.runRemotely(Controller::begin, new HashMap<>(steps));
        assertThat(controller.runRemotely(Controller::settle, new ArrayList<>(steps.keySet()))).hasSize(2).containsValue("SUCCESS")
                .doesNotContainValue("FAILURE");
    }

    /** Each job goes from provision to update to destruction and round again; each is one step further than the one before. */
    private HashMap<String, String> steps(int round) {
        HashMap<String, String> steps = new HashMap<>();
        for (int i = 0; i < JOBS.size(); i++) {
            String job = JOBS.get(i);
            boolean destroys = (round + i) % 3 == 2;
            if (!destroys) {
                versions.merge(job, 1, Integer::sum);
            }
            steps.put(job, destroys ? "destroyEc2Docker(deployment: '" + DEPLOYMENT + "')" : provision(job));
        }
        return steps;
    }

    private String provision(String job) {
        return "provisionEc2Docker(name: '" + DEPLOYMENT + "', region: 'eu-central-1', instanceType: 't3.small', credentialsId: 'aws', "
                + "images: ['nginx:1." + (20 + versions.getOrDefault(job, 0)) + "'])";
    }

    private void strike(Death death) throws IOException, InterruptedException {
        if (death == Death.CONTROLLER || death == Death.BOTH_MACHINES) {
            controller.stopJenkinsForcibly();
        }
        if (death == Death.AGENT) {
            agents.stop(Controller.AGENT);
        }
        if (death == Death.MACHINE_OF_AGENT || death == Death.BOTH_MACHINES) {
            List<String> command = new ArrayList<>(List.of("kill", "-KILL"));
            WorkingProcess.in(agent).forEach(process -> command.add(String.valueOf(process.pid())));
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
            agents.stop(Controller.AGENT);
        }
    }

    /** Sealed, as they lie on the controller's disk. */
    private Map<Path, byte[]> storedStates() throws IOException {
        return files(controller.getHome().toPath().resolve("ec2-docker").resolve("deployments"), ".*/states/[^/]*\\.tfstate[^/]*");
    }

    /** As Terraform wrote them, on the agent's. */
    private Map<Path, byte[]> workspaceStates() throws IOException {
        return files(agent, ".*/(terraform|errored)\\.tfstate");
    }

    private static Map<Path, byte[]> files(Path directory, String pattern) throws IOException {
        Map<Path, byte[]> found = new HashMap<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(path -> path.toString().matches(pattern)).toList()) {
                    found.put(file, Files.readAllBytes(file));
                }
            }
        }
        return found;
    }

    /** What a sweep would find: all with the plugin's tags. */
    private Set<String> tagged() throws Exception {
        return new Ec2AndIamResources(AwsSettings.of(Moto.REGION.id(), moto.environment()))
                .find(SessionCredentials.ofUser("AKIATESTTESTTEST4711", "secret")).stream()
                .map(TaggedResource::id)
                .collect(Collectors.toSet());
    }

    private List<String> leftAtWork() {
        return WorkingProcess.in(agent).stream()
                .filter(process -> process.role() != WorkingProcess.Role.ENGINE)
                .map(process -> process.role() + " " + process.pid() + ": " + process.commandLine())
                .toList();
    }

    private static String closingLine(List<Findings> all, int rounds) {
        return String.format(Locale.ROOT,
                "%d runs: %d resources unknown to state and sweep, %d states lost, %d double creations, %d processes left,"
                        + " %d recoveries failed; %d resources left to a sweep",
                rounds * JOBS.size(), all.stream().mapToInt(each -> each.orphans().size()).sum(),
                all.stream().mapToInt(Findings::statesLost).sum(), all.stream().mapToInt(Findings::doubled).sum(),
                all.stream().mapToInt(each -> each.processes().size()).sum(),
                all.stream().mapToInt(each -> each.unrecovered().size()).sum(),
                all.stream().mapToInt(each -> each.toSweep().size()).sum());
    }
}
