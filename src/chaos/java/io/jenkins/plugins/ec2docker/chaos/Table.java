package io.jenkins.plugins.ec2docker.chaos;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Faults against what came of them, and all of it in one line.
 *
 * @param skipped how many trials were not possible on this machine
 */
record Table(List<Ended> trials, int skipped) {

    private static final Map<String, ToIntFunction<Ended>> COUNTS = new LinkedHashMap<>();

    static {
        for (Ended.Outcome outcome : Ended.Outcome.values()) {
            COUNTS.put(outcome.name().toLowerCase(Locale.ROOT), ended -> ended.outcome() == outcome ? 1 : 0);
        }
        COUNTS.put("recovered", ended -> ended.findings().unrecovered().isEmpty() ? 1 : 0);
        COUNTS.put("to sweep", ended -> ended.findings().toSweep().size());
        COUNTS.put("unknown", ended -> ended.findings().orphans().size());
        COUNTS.put("states lost", ended -> ended.findings().statesLost());
        COUNTS.put("doubled", ended -> ended.findings().doubled());
        COUNTS.put("processes", ended -> ended.findings().processes().size());
    }

    /** A row for each kind of fault and each kind of run that it hit. */
    String text() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-24s%-10s%5s", "fault", "hit", "runs"));
        COUNTS.keySet().forEach(name -> text.append(String.format(Locale.ROOT, "%13s", name)));
        Map<Fault, Map<Hit, List<Ended>>> rows = trials.stream().collect(Collectors.groupingBy(ended -> ended.trial().fault(),
                () -> new EnumMap<>(Fault.class),
                Collectors.groupingBy(ended -> ended.trial().hit(), () -> new EnumMap<>(Hit.class), Collectors.toList())));
        rows.forEach((fault, hits) -> hits.forEach((hit, row) -> {
            text.append(String.format(Locale.ROOT, "%n%-24s%-10s%5d", fault.text(), hit.name().toLowerCase(Locale.ROOT), row.size()));
            COUNTS.values().forEach(count -> text.append(String.format(Locale.ROOT, "%13d", row.stream().mapToInt(count).sum())));
        }));
        return text.toString();
    }

    String closingLine() {
        return String.format(Locale.ROOT,
                "%d runs: %d resources unknown to state and sweep, %d states lost, %d double creations, %d processes left,"
                        + " %d recoveries failed; %d resources left to a sweep, %d faults came too late, %d runs skipped",
                trials.size(), sum("unknown"), sum("states lost"), sum("doubled"), sum("processes"), trials.size() - sum("recovered"),
                sum("to sweep"), sum("missed"), skipped);
    }

    boolean isGood() {
        return trials.stream().allMatch(ended -> ended.findings().isGood());
    }

    private int sum(String name) {
        return trials.stream().mapToInt(COUNTS.get(name)).sum();
    }
}
