package io.jenkins.plugins.ec2docker.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One run with one fault, and what follows it.
 *
 * @param number from 1
 * @param recovery the command that comes next, with nothing mended in between
 */
record Trial(int number, Hit hit, Fault fault, Moment moment, Recovery recovery) {

    enum Recovery {
        /** The very command that was hit. */
        AGAIN,
        /** The request that was there before the update that was hit. */
        BACK,
        PROVISION,
        DESTROY
    }

    /**
     * The first of an endless row that follows from a seed alone: the kinds of runs in turn, each with all faults before any comes again.
     */
    static List<Trial> draw(long seed, int count) {
        Random random = new Random(seed);
        Map<Hit, Deque<Fault>> decks = new EnumMap<>(Hit.class);
        List<Trial> trials = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            Hit hit = Hit.values()[(number - 1) % Hit.values().length];
            Deque<Fault> deck = decks.computeIfAbsent(hit, none -> new ArrayDeque<>());
            if (deck.isEmpty()) {
                List<Fault> faults = Arrays.asList(Fault.values());
                Collections.shuffle(faults, random);
                deck.addAll(faults);
            }
            trials.add(new Trial(number, hit, deck.pop(), Moment.draw(random, hit), recovery(hit, random.nextInt(4))));
        }
        return trials;
    }

    private static Recovery recovery(Hit hit, int die) {
        return switch (hit) {
            case PROVISION -> die == 0 ? Recovery.DESTROY : Recovery.AGAIN;
            case UPDATE -> die == 0 ? Recovery.DESTROY : die == 1 ? Recovery.BACK : Recovery.AGAIN;
            case DESTROY -> die == 0 ? Recovery.PROVISION : Recovery.AGAIN;
        };
    }

    @Override
    public String toString() {
        return "trial " + number + ": " + hit + ", " + fault.text() + " at " + moment + "; then " + recovery;
    }
}
