package io.jenkins.plugins.ec2docker.jenkins.upkeep;

import hudson.Extension;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import io.jenkins.plugins.ec2docker.jenkins.store.AllDeployments;
import java.util.List;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * Says of a job, or a folder of jobs, that is about to be deleted what it still has in AWS. A person has to destroy that first; what Jenkins
 * deletes by itself, such as the jobs of branches that are gone, stays known in the {@link AllDeployments}.
 */
@Extension
public final class JobDeletionGuard extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(JobDeletionGuard.class.getName());
    private static final int MOST_NAMED = 5;

    @Override
    public void onCheckDelete(Item item) {
        List<AllDeployments.Entry> living =
                AllDeployments.entries(item.getFullName()).stream().filter(entry -> !entry.deployment().isGone()).toList();
        if (living.isEmpty()) {
            return;
        }
        String sentence = item.getFullDisplayName() + " still has in AWS: " + named(living)
                + ". Destroy that first, on the page Deployments of the job, or of all jobs for one that was deleted.";
        if (ACL.SYSTEM2.equals(Jenkins.getAuthentication2())) {
            LOGGER.warning(() -> sentence + " Jenkins deletes it by itself; its deployments stay in the list of all.");
        } else {
            throw new Failure(sentence);
        }
    }

    private static String named(List<AllDeployments.Entry> living) {
        String names = living.stream()
                .limit(MOST_NAMED)
                .map(entry -> "deployment \"" + entry.deployment().name() + "\" in " + entry.deployment().region())
                .collect(Collectors.joining(", "));
        return names + (living.size() > MOST_NAMED ? " and " + (living.size() - MOST_NAMED) + " more" : "");
    }
}
