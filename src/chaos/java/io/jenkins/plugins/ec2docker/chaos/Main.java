package io.jenkins.plugins.ec2docker.chaos;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** What {@code bin/chaos} starts. */
public final class Main {

    private Main() {}

    /** @param args as the script explains */
    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        long seed = System.currentTimeMillis() % 1_000_000;
        int workers = 2;
        int only = 0;
        for (Iterator<String> rest = Arrays.asList(args).subList(1, args.length).iterator(); rest.hasNext();) {
            switch (rest.next()) {
                case "--seed" -> seed = Long.parseLong(rest.next());
                case "--workers" -> workers = Integer.parseInt(rest.next());
                case "--only" -> only = Integer.parseInt(rest.next());
                default -> throw new IllegalArgumentException("bin/chaos explains its arguments");
            }
        }
        int wanted = only;
        List<Trial> trials =
                Trial.draw(seed, Math.max(count, only)).stream().filter(trial -> wanted == 0 || trial.number() == wanted).toList();
        System.out.println("Seed " + seed + ", " + trials.size() + " runs, " + workers + " at a time.");
        Table table = new Chaos(Path.of("target", "chaos", String.valueOf(seed)), workers, System.out::println).run(trials);
        System.out.println("\n" + table.text() + "\n\nSeed " + seed + ": " + table.closingLine() + ".");
        System.exit(table.isGood() ? 0 : 1);
    }
}
