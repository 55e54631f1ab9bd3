package io.jenkins.plugins.ec2docker.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** When a request's instance is started and stopped. */
public final class AppSchedule extends RequestBean<AppSchedule> {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private final String start;
    @CheckForNull
    private final String stop;
    @CheckForNull
    private final String zone;

    @DataBoundConstructor
    public AppSchedule(@CheckForNull String start, @CheckForNull String stop, @CheckForNull String zone) {
        this.start = Util.fixEmptyAndTrim(start);
        this.stop = Util.fixEmptyAndTrim(stop);
        this.zone = Util.fixEmptyAndTrim(zone);
    }

    @CheckForNull
    public String getStart() {
        return start;
    }

    @CheckForNull
    public String getStop() {
        return stop;
    }

    @CheckForNull
    public String getZone() {
        return zone;
    }

    @Override
    public Map<String, Object> document() {
        return new DocumentBuilder()
                .text("start", start)
                .text("stop", stop)
                .text("zone", zone)
                .map();
    }

    @Extension
    @Symbol("appSchedule")
    public static final class DescriptorImpl extends RequestBeanDescriptor<AppSchedule> {
        @Override
        public String getDisplayName() {
            return Messages.AppSchedule_DisplayName();
        }

        @POST
        public FormValidation doCheckStart(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("schedule.start", value);
        }

        @POST
        public FormValidation doCheckStop(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("schedule.stop", value);
        }

        @POST
        public FormValidation doCheckZone(@CheckForNull @AncestorInPath Item item, @CheckForNull @QueryParameter String value) {
            return FieldValidation.in(item).text("schedule.zone", value);
        }
    }
}
