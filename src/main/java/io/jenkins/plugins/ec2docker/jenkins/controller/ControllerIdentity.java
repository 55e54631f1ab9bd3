package io.jenkins.plugins.ec2docker.jenkins.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;
import jenkins.model.JenkinsLocationConfiguration;

/**
 * What tells a controller from another one that works with a copy of its home. No host name and no address is in it: those of a container or a pod
 * are others after each restart.
 *
 * @param instance Jenkins' own id, made of its secret key
 * @param home canonical path of Jenkins' home
 * @param url Jenkins' root URL; null where none is configured
 * @param machine see {@link MachineIdentity}; null where nothing lasting is known of it
 */
record ControllerIdentity(String instance, String home, @CheckForNull String url, @CheckForNull String machine) {

    static ControllerIdentity here() throws IOException {
        Jenkins jenkins = Jenkins.get();
        Path home = jenkins.getRootDir().toPath().toRealPath();
        return new ControllerIdentity(jenkins.getLegacyInstanceId(), home.toString(), JenkinsLocationConfiguration.get().getUrl(),
                MachineIdentity.of(Objects.requireNonNull(home.getRoot()), System.getenv()));
    }

    /** How another one differs, a sentence each. What only one of the two knows is no difference. */
    List<String> differences(ControllerIdentity other) {
        List<String> found = new ArrayList<>();
        if (!instance.equals(other.instance)) {
            found.add(Messages.Difference_Instance());
        }
        if (!home.equals(other.home)) {
            found.add(Messages.Difference_Home(home, other.home));
        }
        if (url != null && other.url != null && !url.equals(other.url)) {
            found.add(Messages.Difference_Url(url, other.url));
        }
        if (machine != null && other.machine != null && !machine.equals(other.machine)) {
            found.add(Messages.Difference_Machine(machine, other.machine));
        }
        return found;
    }
}
