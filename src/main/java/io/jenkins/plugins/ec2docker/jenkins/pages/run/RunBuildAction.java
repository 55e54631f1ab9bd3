package io.jenkins.plugins.ec2docker.jenkins.pages.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.ec2docker.jenkins.config.Ec2DockerPermissions;
import io.jenkins.plugins.ec2docker.jenkins.store.RunSnapshot;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/**
 * One run of a build: its page, and the little that {@code build.xml} keeps of it.
 *
 * <p>A build has as many of these as it made runs; the first answers at {@code ec2-docker}, the second at {@code ec2-docker-2} and so on.
 * What is bulky (log, plan, request) stays in the run's files and is asked for when somebody looks; when those are gone, the page shows
 * what was kept.
 *
 * <p>All of it needs {@link Item#READ} on the job, as the build's console log does; {@link #doDestroy} needs
 * {@link Ec2DockerPermissions#DESTROY}, {@link #doRollback} {@link Ec2DockerPermissions#MAINTAIN}, {@link #doStop} {@link Item#CANCEL}.
 */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class)
public final class RunBuildAction extends RunApi implements RunAction2 {

    private static final Logger LOGGER = Logger.getLogger(RunBuildAction.class.getName());

    /** How much of a log a page begins with, in bytes. */
    private static final int FIRST_BYTES = 200 * 1024;

    private final int number;
    private volatile StoredRunSummary facts;
    private transient Run<?, ?> build;

    /** @param number from 1, unlike those of the build's other runs */
    RunBuildAction(int number, StoredRunSummary facts) {
        this.number = number;
        this.facts = Objects.requireNonNull(facts);
    }

    @Override
    public void onAttached(Run<?, ?> run) {
        build = run;
    }

    @Override
    public void onLoad(Run<?, ?> run) {
        build = run;
    }

    @Override
    @CheckForNull
    public String getIconFileName() {
        return mayRead() ? "symbol-cloud" : null;
    }

    @Override
    public String getDisplayName() {
        // The request's rules let only such names in; the menus that show this are not ours to trust with more.
        return Messages.ProvisionAction_DisplayName(facts.deployment.replaceAll("[^\\p{L}\\p{N}._-]", "?"));
    }

    @Override
    public String getUrlName() {
        return number == 1 ? "ec2-docker" : "ec2-docker-" + number;
    }

    public Run<?, ?> getBuild() {
        return build;
    }

    public Api getApi() {
        return new Api(this);
    }

    /** A build's page of a run, if it has one. */
    public static Optional<RunBuildAction> of(Run<?, ?> build, String runId) {
        return build.getActions(RunBuildAction.class).stream().filter(action -> action.facts.runId.equals(runId)).findFirst();
    }

    int number() {
        return number;
    }

    @Override
    Run<?, ?> build() {
        return build;
    }

    @Override
    StoredRunSummary facts() {
        return facts;
    }

    /** The run has moved on; whoever calls this saves the build when it matters. */
    void update(StoredRunSummary newer) {
        facts = newer;
    }

    // ---- what the page shows

    /** What there is to see now. */
    public RunPage getPage() {
        build.checkPermission(Item.READ);
        return look(this::recorded);
    }

    @Override
    RunPage glance() {
        return look(Optional::empty);
    }

    private RunPage look(Supplier<Optional<RunSnapshot>> recorded) {
        Optional<RunSnapshot> live = live();
        return new RunPage(live.map(facts::after).orElse(facts), live.or(recorded), live.isPresent(), Instant.now());
    }

    private Optional<RunSnapshot> live() {
        return RunSource.get().live(facts.runId);
    }

    /** Whether the whole log can still be had. */
    public boolean isLogKept() {
        return Files.isRegularFile(log());
    }

    /** Whether the button that destroys is of any use to whoever looks. */
    public boolean isDestroyable() {
        return build.getParent().hasPermission(Ec2DockerPermissions.DESTROY) && live().isEmpty() && DestroyButton.isPossible(build, facts);
    }

    /** Whether the reader may bring back what this run has made. */
    public boolean isRestorable() {
        return build.getParent().hasPermission(Ec2DockerPermissions.MAINTAIN) && live().isEmpty()
                && RollbackButton.isPossible(build, facts);
    }

    /** Whether the reader may stop the run, and no build is under way whose own button would. */
    public boolean isStoppable() {
        return !build.isBuilding() && build.getParent().hasPermission(Item.CANCEL) && live().isPresent();
    }

    /** What waits in the queue for the deployment, or why the last such run could not begin; null for nothing. */
    @CheckForNull
    public String getNotice() {
        build.checkPermission(Item.READ);
        return RunSource.get().notice(build.getParent().getFullName(), facts.deployment).orElse(null);
    }

    /** What has become of what this run made. */
    public RunStanding getStanding() {
        build.checkPermission(Item.READ);
        Optional<RunSnapshot> live = live();
        return new RunStanding(build, live.map(facts::after).orElse(facts), live.isPresent(), DestroyButton.find(build, facts).orElse(null),
                Instant.now());
    }

    /** A run in a few words, for the build's own page. */
    public RunPage getSummary() {
        build.checkPermission(Item.READ);
        return glance();
    }

    /** This clock, in milliseconds since 1970: a browser's may be wrong. */
    public long getNow() {
        return System.currentTimeMillis();
    }

    /** What {@code live} would be marked with. */
    public String getMark() {
        return mark(getPage());
    }

    public long getLogSize() throws IOException {
        Path log = log();
        return Files.isRegularFile(log) ? Files.size(log) : 0;
    }

    private String mark(RunPage page) {
        return Util.getDigestOf(page.mark() + isDestroyable() + isRestorable() + isStoppable() + getNotice() + getStanding().mark())
                .substring(0, 16);
    }

    private Path log() {
        return RunSource.get().log(build, facts.runId);
    }

    /** Empty if the files are gone or cannot be read: then what was kept is shown. */
    private Optional<RunSnapshot> recorded() {
        try {
            return RunSource.get().recorded(build, facts.runId);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The records of run " + facts.runId + " of " + build + " could not be read");
            return Optional.empty();
        }
    }

    /** The request as asked, for reading, with all that may be secret as {@code ****}; null where it is not kept. */
    @CheckForNull
    public String getRequestText() {
        build.checkPermission(Item.READ);
        try {
            return RunSource.get().request(build, facts.runId).filter(document -> !document.isEmpty()).map(RequestYaml::of).orElse(null);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The request of run " + facts.runId + " of " + build + " could not be read");
            return null;
        }
    }

    // ---- what the page asks for while it is open

    /** The part of the page that changes, as HTML; 304 while it would be the same. Headers tell how long the log is and what time it is here. */
    @GET
    @WebMethod(name = "live")
    public void doLive(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        build.checkPermission(Item.READ);
        RunPage page = getPage();
        String mark = "\"" + mark(page) + "\"";
        response.setHeader("ETag", mark);
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("X-Log-Size", String.valueOf(getLogSize()));
        response.setHeader("X-Now", String.valueOf(System.currentTimeMillis()));
        response.setHeader("X-Status", page.getStatus().getText());
        if (mark.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(StaplerResponse2.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType("text/html;charset=UTF-8");
        request.getView(this, "live.jelly").forward(request, response);
    }

    /**
     * Lines of the log as JSON.
     *
     * @param start offset in bytes that an earlier answer gave as {@code next}; without it, the last lines
     */
    @GET
    @WebMethod(name = "lines")
    public HttpResponse doLines(@CheckForNull @QueryParameter String start) throws IOException {
        build.checkPermission(Item.READ);
        boolean complete = live().isEmpty();
        if (Util.fixEmptyAndTrim(start) == null) {
            return LogResponse.of(LogSlice.tail(log(), FIRST_BYTES, complete));
        }
        try {
            return LogResponse.of(LogSlice.from(log(), Long.parseLong(start.trim()), LogSlice.MOST, complete));
        } catch (NumberFormatException e) {
            return HttpResponses.errorWithoutStack(400, Messages.ProvisionAction_BadOffset());
        }
    }

    /** The whole log as a text file. */
    @GET
    @WebMethod(name = "log.txt")
    public HttpResponse doLog() {
        build.checkPermission(Item.READ);
        return isLogKept()
                ? new LogDownload(log(), build.getParent().getName() + "-" + build.getNumber() + "-" + facts.deployment)
                : HttpResponses.notFound();
    }

    /** Destroys what this run's deployment has in AWS, by a run of its own, which gets a page beside this one when it has an executor. */
    @RequirePOST
    @WebMethod(name = "destroy")
    public HttpResponse doDestroy() throws IOException, InterruptedException {
        build.getParent().checkPermission(Ec2DockerPermissions.DESTROY);
        DestroyButton.ask(build, facts);
        return HttpResponses.redirectToDot();
    }

    /** Brings the deployment back to what this run was given, likewise. */
    @RequirePOST
    @WebMethod(name = "rollback")
    public HttpResponse doRollback() throws InterruptedException {
        build.getParent().checkPermission(Ec2DockerPermissions.MAINTAIN);
        RollbackButton.ask(build, facts);
        return HttpResponses.redirectToDot();
    }

    /** Asks the run to stop, as an abort of its build would. */
    @RequirePOST
    @WebMethod(name = "stop")
    public HttpResponse doStop() {
        build.getParent().checkPermission(Item.CANCEL);
        RunSource.stop(facts.runId);
        return HttpResponses.redirectToDot();
    }
}
