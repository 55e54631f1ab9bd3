package io.jenkins.plugins.ec2docker.chaos;

import io.jenkins.plugins.ec2docker.testing.ApiProxy;
import io.jenkins.plugins.ec2docker.testing.ApiProxy.Answer;
import io.jenkins.plugins.ec2docker.testing.ApiProxy.Call;
import io.jenkins.plugins.ec2docker.testing.ApiProxy.Passage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** An AWS that is as good as the one behind it until the moment of a fault. */
public final class FaultyAws implements ApiProxy.Hand {

    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private volatile Charge charge;

    /** What is done at the moment of a fault that is not of AWS. */
    @FunctionalInterface
    public interface Deed {
        /** @return whether there was anything to do it to */
        boolean strike() throws IOException, InterruptedException;
    }

    /** From now on the calls are counted. */
    void arm(Trial trial, Deed deed) {
        charge = new Charge(trial.moment(), trial.fault(), deed);
    }

    /** From now on the calls are counted; the fault is the deed. */
    public void arm(Moment moment, Deed deed) {
        charge = new Charge(moment, null, deed);
    }

    /**
     * From now on nothing is done to any call.
     *
     * @return whether the fault has come
     */
    public boolean disarm() throws InterruptedException {
        Charge had = charge;
        charge = null;
        return had.hasCome();
    }

    /** Each call so far, and what became of it. */
    public List<String> log() {
        return List.copyOf(log);
    }

    @Override
    public void on(Call call, Passage passage) throws IOException, InterruptedException {
        Charge now = charge;
        Charge.Part part = now == null ? Charge.Part.NONE : now.take(call);
        log.add(Instant.now() + " " + call.name() + (part == Charge.Part.NONE ? "" : " " + part));
        switch (part) {
            case NONE -> passage.answer(passage.forward());
            case SPOILED -> spoil(now, call, passage);
            case STRUCK -> {
                Answer answer = passage.forward();
                if (now.moment.held()) {
                    now.strike();
                    passage.answer(answer);
                } else {
                    passage.answer(answer);
                    CompletableFuture.delayedExecutor(now.moment.delayMillis(), TimeUnit.MILLISECONDS).execute(now::strike);
                }
            }
        }
    }

    private static void spoil(Charge charge, Call call, Passage passage) throws IOException, InterruptedException {
        switch (charge.fault) {
            case THROTTLED -> passage.answer(ErrorAnswers.throttled(call.service()));
            case EXPIRED -> passage.answer(ErrorAnswers.expired(call.service()));
            case CUT -> passage.forward();
            case SERVER_ERROR -> {
                if (charge.moment.held()) {
                    passage.forward();
                }
                passage.answer(ErrorAnswers.unavailable(call.service()));
            }
            default -> throw new IllegalArgumentException(charge.fault + " is not AWS's");
        }
    }

    /** One fault, waiting for its moment. */
    private static final class Charge {

        enum Part {
            NONE,
            SPOILED,
            STRUCK
        }

        private final Moment moment;
        /** Of AWS; null where something else strikes. */
        private final Fault fault;
        private final Deed deed;
        private int counted;
        private int spoiled;
        private Boolean come;
        private boolean due;

        Charge(Moment moment, Fault fault, Deed deed) {
            this.moment = moment;
            this.fault = fault != null && fault.isOfAws() ? fault : null;
            this.deed = deed;
        }

        synchronized Part take(Call call) {
            boolean first = counted < moment.call() && moment.counts(call) && ++counted == moment.call();
            if (fault == null) {
                due |= first;
                return first ? Part.STRUCK : Part.NONE;
            }
            boolean on = counted >= moment.call() && (moment.lasts() == 0 || spoiled < moment.lasts());
            if (!on) {
                return Part.NONE;
            }
            spoiled++;
            return Part.SPOILED;
        }

        void strike() {
            boolean struck;
            try {
                struck = deed.strike();
            } catch (IOException e) {
                struck = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                struck = false;
            }
            synchronized (this) {
                come = struck;
                notifyAll();
            }
        }

        /** One that is on its way is waited for: it must not hit what comes next. */
        synchronized boolean hasCome() throws InterruptedException {
            while (due && come == null) {
                wait();
            }
            return spoiled > 0 || Boolean.TRUE.equals(come);
        }
    }
}
