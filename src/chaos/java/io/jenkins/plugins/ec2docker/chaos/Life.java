package io.jenkins.plugins.ec2docker.chaos;

import io.jenkins.plugins.ec2docker.aws.access.AwsSettings;
import io.jenkins.plugins.ec2docker.aws.cleanup.Ec2AndIamResources;
import io.jenkins.plugins.ec2docker.aws.pricing.PriceList;
import io.jenkins.plugins.ec2docker.aws.session.EnvironmentCredentials;
import io.jenkins.plugins.ec2docker.cli.EngineProcess;
import io.jenkins.plugins.ec2docker.platform.Encryption;
import io.jenkins.plugins.ec2docker.run.store.DeploymentStore;
import io.jenkins.plugins.ec2docker.testing.ApiProxy;
import io.jenkins.plugins.ec2docker.testing.Moto;
import io.jenkins.plugins.ec2docker.testing.WorkingProcess;
import io.jenkins.plugins.ec2docker.testing.WorkingProcess.Role;
import io.jenkins.plugins.ec2docker.upkeep.sweep.OrphanedResource;
import io.jenkins.plugins.ec2docker.upkeep.sweep.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One deployment and the faults that come over it, one after the other: what a recovery leaves is what the next trial begins with.
 *
 * <p>The AWS is this life's alone, and empty when it begins.
 */
final class Life implements AutoCloseable {

    private static final String NAME = "web";
    /** A run that takes longer hangs. */
    private static final Duration LIMIT = Duration.ofMinutes(6);

    private final Moto moto;
    private final Place place;
    private final Path directory;
    private final FaultyAws faulty = new FaultyAws();
    private final ApiProxy aws;

    /** The tag of the image that was asked for last, as a number; what is there may be of the one before. */
    private int version = 27;
    private boolean there;
    /** What earlier trials left to a sweep. */
    private final Set<AwsView.Thing> toSweep = new HashSet<>();
    private String console = "";

    /** @param directory for requests and for what is found */
    Life(Moto moto, Place place, Path directory) throws IOException {
        this.moto = moto;
        this.place = place;
        this.directory = Files.createDirectories(directory);
        this.aws = new ApiProxy(moto.endpoint(), faulty);
    }

    /** What was said by the engines of the last trial, for people. */
    String console() {
        return console + "\n== calls\n" + String.join("\n", faulty.log()) + "\n";
    }

    /** What is in AWS now. */
    AwsView aws() throws Exception {
        return AwsView.of(moto);
    }

    Place place() {
        return place;
    }

    Ended live(Trial trial) throws Exception {
        long begin = System.nanoTime();
        console = trial + "\n-- " + faulty.log().size() + " calls of AWS before\n";
        if (!there && trial.hit() != Hit.PROVISION) {
            end(provision(version), "undisturbed provision");
        }
        int before = version;
        version += trial.hit() == Hit.UPDATE ? 1 : 0;
        EngineProcess hit = start(trial);
        int code = end(hit, "the run that is hit");
        boolean come = faulty.disarm();
        console += "-- " + faulty.log().size() + " calls of AWS so far\n";
        place.empty();
        Kept kept = Kept.of(place.here(), NAME);

        int recovered = end(recovery(trial, before), "recovery");
        Findings all = Findings.of(AwsView.of(moto), kept, Kept.of(place.here(), NAME), sweep(), leftAtWork(), recovered, there);
        Findings findings = all.without(toSweep);
        toSweep.addAll(all.toSweep());
        return new Ended(trial, code, come, (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin), findings);
    }

    private EngineProcess start(Trial trial) throws IOException {
        CompletableFuture<EngineProcess> engine = new CompletableFuture<>();
        faulty.arm(trial, () -> strike(trial, engine.join()));
        EngineProcess started = trial.hit() == Hit.DESTROY ? destroy() : provision(version);
        engine.complete(started);
        return started;
    }

    private EngineProcess recovery(Trial trial, int before) throws IOException {
        boolean destroys =
                trial.recovery() == Trial.Recovery.DESTROY || trial.hit() == Hit.DESTROY && trial.recovery() == Trial.Recovery.AGAIN;
        there = !destroys;
        version = trial.recovery() == Trial.Recovery.BACK ? before : version;
        return destroys ? destroy() : provision(version);
    }

    private boolean strike(Trial trial, EngineProcess engine) throws IOException, InterruptedException {
        return switch (trial.fault()) {
            case INTERRUPT -> {
                engine.interrupt();
                yield true;
            }
            case KILL_ENGINE -> kill(EnumSet.of(Role.ENGINE));
            case KILL_TERRAFORM -> kill(EnumSet.of(Role.TERRAFORM));
            case KILL_PROVIDER -> kill(EnumSet.of(Role.PROVIDER));
            case KILL_ALL -> kill(EnumSet.allOf(Role.class));
            case DISK_FULL -> {
                place.fill();
                if (trial.moment().lasts() > 0) {
                    CompletableFuture.delayedExecutor(trial.moment().lasts() * 100L, TimeUnit.MILLISECONDS).execute(this::empty);
                }
                yield true;
            }
            default -> throw new IllegalArgumentException(trial.fault() + " is AWS's");
        };
    }

    private void empty() {
        try {
            place.empty();
        } catch (IOException e) {
            // It was emptied after the run.
        }
    }

    /** All in one go, before one of them can do anything about the death of another. */
    private boolean kill(Set<Role> roles) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-KILL"));
        for (WorkingProcess process : place.processes()) {
            if (roles.contains(process.role())) {
                command.add(String.valueOf(process.pid()));
            }
        }
        if (command.size() == 2) {
            return false;
        }
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        return true;
    }

    private EngineProcess provision(int tag) throws IOException {
        Path request = directory.resolve("request.yml");
        Files.writeString(request, """
                name: %s
                region: eu-central-1
                instanceType: t3.small
                containers: [{image: "nginx:1.%s", ports: ["80:80"]}]
                """.formatted(NAME, tag));
        return engine("provision", request.toAbsolutePath().toString());
    }

    private EngineProcess destroy() throws IOException {
        return engine("destroy", NAME);
    }

    private EngineProcess engine(String command, String what) throws IOException {
        Map<String, String> environment = new HashMap<>(moto.environment());
        environment.put("AWS_ENDPOINT_URL", aws.endpoint().toString());
        return EngineProcess.startBy(
                place.entrance(), environment, command, what, "--state-dir", place.directory().toString(), "--max-retries", "3");
    }

    private int end(EngineProcess engine, String what) throws IOException, InterruptedException {
        CompletableFuture<Void> limit = CompletableFuture.runAsync(
                () -> ProcessHandle.of(engine.pid()).ifPresent(ProcessHandle::destroyForcibly),
                CompletableFuture.delayedExecutor(LIMIT.toSeconds(), TimeUnit.SECONDS));
        int code = engine.end();
        limit.cancel(false);
        console += "\n== " + what + "\n" + engine.said() + "\n-- exit code " + code + "\n";
        return code;
    }

    /** The ids that a sweep of the state directory would find. */
    private Set<String> sweep() throws Exception {
        Sweep sweep = new Sweep(new DeploymentStore(place.here(), Encryption.NONE),
                new Ec2AndIamResources(AwsSettings.of(Moto.REGION.id(), moto.environment())),
                new PriceList(Moto.REGION.id(), moto.environment()), "chaos", Clock.systemUTC(), note -> {});
        return sweep.run(new EnvironmentCredentials(moto.environment()).find(), Duration.ofHours(24), Sweep.Act.LOOK).stream()
                .map(OrphanedResource::resource)
                .map(resource -> resource.id())
                .collect(Collectors.toSet());
    }

    /** Processes that are about to end are given a moment. */
    private List<String> leftAtWork() throws IOException, InterruptedException {
        List<WorkingProcess> left = place.processes();
        for (int looks = 0; !left.isEmpty() && looks < 20; looks++) {
            TimeUnit.MILLISECONDS.sleep(100);
            left = place.processes();
        }
        return left.stream().map(process -> process.role() + " " + process.pid() + ": " + process.commandLine()).toList();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kill(EnumSet.allOf(Role.class));
        aws.close();
        place.close();
        moto.reset();
    }
}
