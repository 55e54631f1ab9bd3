package io.jenkins.plugins.ec2docker.jenkins.form;

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

    private final String start;
    private final String stop;
    private final String zone;

    @DataBoundConstructor
    public AppSchedule(String start, String stop, String zone) {
        this.start = Util.fixEmptyAndTrim(start);
        this.stop = Util.fixEmptyAndTrim(stop);
        this.zone = Util.fixEmptyAndTrim(zone);
    }

    public String getStart() {
        return start;
    }

    public String getStop() {
        return stop;
    }

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
        public FormValidation doCheckStart(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldValidation.in(item).text("schedule.start", value);
        }

        @POST
        public FormValidation doCheckStop(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldValidation.in(item).text("schedule.stop", value);
        }

        @POST
        public FormValidation doCheckZone(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldValidation.in(item).text("schedule.zone", value);
        }
    }
}
