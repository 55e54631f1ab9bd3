package io.jenkins.plugins.ec2docker.chaos;

import io.jenkins.plugins.ec2docker.testing.Moto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Many runs of the command line, a fault in each, real Terraform and the real provider: whether what is promised holds, whatever happens.
 *
 * <p>Trials are lived through in lives of at most three, several lives at a time.
 */
final class Chaos {

    private final Path evidence;
    private final int workers;
    private final Consumer<String> notes;

    /**
     * @param evidence where that of trials that went wrong is kept, and state directories are while they are needed
     * @param notes is told a line for each trial
     */
    Chaos(Path evidence, int workers, Consumer<String> notes) {
        this.evidence = evidence.toAbsolutePath();
        this.workers = workers;
        this.notes = notes;
    }

    Table run(List<Trial> trials) throws Exception {
        List<Trial> possible = possible(trials);
        ConcurrentLinkedQueue<List<Trial>> lives = new ConcurrentLinkedQueue<>(lives(possible));
        ConcurrentLinkedQueue<Ended> ended = new ConcurrentLinkedQueue<>();
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                all.add(threads.submit(() -> {
                    try (Moto moto = Moto.start()) {
                        for (List<Trial> next = lives.poll(); next != null; next = lives.poll()) {
                            live(moto, next, ended);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return new Table(List.copyOf(ended), trials.size() - possible.size());
    }

    /** Not every system lets its users have a disk of their own. */
    private List<Trial> possible(List<Trial> trials) {
        Optional<String> obstacle = trials.stream().anyMatch(trial -> trial.fault() == Fault.DISK_FULL)
                ? SmallDisk.obstacle(evidence.resolve("scratch"))
                : Optional.empty();
        obstacle.ifPresent(why -> notes.accept("SKIPPED: all runs with a full disk, because there can be no small disk here: " + why));
        return trials.stream().filter(trial -> obstacle.isEmpty() || trial.fault() != Fault.DISK_FULL).toList();
    }

    private static List<List<Trial>> lives(List<Trial> trials) {
        List<List<Trial>> lives = new ArrayList<>();
        for (Trial trial : trials) {
            if (lives.isEmpty() || trial.hit() == Hit.PROVISION) {
                lives.add(new ArrayList<>());
            }
            lives.get(lives.size() - 1).add(trial);
        }
        return lives;
    }

    /** After a trial that went wrong the rest is another deployment's: it could not tell its own faults from those it found. */
    private void live(Moto moto, List<Trial> trials, ConcurrentLinkedQueue<Ended> ended) throws Exception {
        Path directory = evidence.resolve("life-" + trials.get(0).number());
        try (Life life = new Life(moto, place(directory.resolve("state"), trials), directory)) {
            for (int i = 0; i < trials.size(); i++) {
                Ended how = life.live(trials.get(i));
                ended.add(how);
                Findings findings = how.findings();
                notes.accept(how.trial() + " -> " + how.outcome() + ", " + how.seconds() + " s"
                        + (findings.isGood() && findings.toSweep().isEmpty() ? ", good" : ", " + findings));
                if (!findings.isGood() || !findings.toSweep().isEmpty()) {
                    keep(how, life);
                }
                if (!findings.isGood() && i + 1 < trials.size()) {
                    life.close();
                    live(moto, trials.subList(i + 1, trials.size()), ended);
                    return;
                }
            }
        }
        delete(directory);
    }

    private static Place place(Path state, List<Trial> trials) throws IOException {
        return trials.stream().anyMatch(trial -> trial.fault() == Fault.DISK_FULL) ? SmallDisk.mount(state) : Place.ordinary(state);
    }

    private void keep(Ended how, Life life) throws Exception {
        Path kept = evidence.resolve("trial-" + how.trial().number());
        delete(kept);
        Files.createDirectories(kept);
        Files.writeString(kept.resolve("console.txt"), life.console());
        Files.writeString(kept.resolve("findings.txt"), how.findings() + "\n" + life.aws());
        new ProcessBuilder("cp", "-a", life.place().here().toString(), kept.resolve("state").toString()).inheritIO().start().waitFor();
    }

    private static void delete(Path directory) throws IOException, InterruptedException {
        new ProcessBuilder("rm", "-rf", directory.toString()).inheritIO().start().waitFor();
    }
}
