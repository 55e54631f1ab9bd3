package io.jenkins.plugins.ec2docker.jenkins;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Action;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.ec2docker.jenkins.controller.PluginDirectory;
import io.jenkins.plugins.ec2docker.platform.DirectoryTree;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.stapler.MetaClass;

/** The Jenkins of all tests of a class, see {@link OneJenkins}. */
public final class SharedJenkins implements BeforeAllCallback, AfterAllCallback {

    /** The harness has Jenkins read and compile every view again for each page, for those who change views while a test waits. */
    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Class.forName(JenkinsRule.class.getName());
        MetaClass.NO_CACHE = false;
    }

    /** For the next test: without jobs, deployments, permissions, credentials and a proxy. Settings stay. */
    public static void empty() throws Exception {
        Jenkins jenkins = Jenkins.get();
        jenkins.disableSecurity();
        jenkins.setProxy(null);
        DirectoryTree.delete(PluginDirectory.path());
        for (TopLevelItem item : jenkins.getItems()) {
            item.delete();
        }
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        SystemCredentialsProvider.getInstance().save();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        for (Action action : jenkins == null ? List.<Action>of() : List.copyOf(jenkins.getActions())) {
            // The harness's rule is an action of its Jenkins.
            if (action instanceof JenkinsRule rule) {
                rule.after();
            }
        }
    }
}
