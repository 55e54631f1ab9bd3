package io.jenkins.plugins.ec2docker.jenkins.runs;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.FreeStyleBuild;
import hudson.model.TaskListener;
import io.jenkins.plugins.ec2docker.run.model.RunReport;
import io.jenkins.plugins.ec2docker.testing.Moto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

/** What the tests of runs have in common. */
public final class Runs {

    public static final String CREDENTIALS = "aws";
    /** Appear nowhere but in what is sealed. */
    public static final String SECRET_KEY = "sentinelSecretKeyOfTheStore0123456789abcd";
    static final String SECRET_VALUE = "sentinel-value-of-a-container-variable";
    static final String SECRET_USER = "sentinel-user";

    private Runs() {}

    public static void addCredentials() throws Exception {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials()
                .add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, CREDENTIALS, "AKIAIOSFODNN7EXAMPLE", SECRET_KEY, "test"));
        store.save();
    }

    public static Map<String, Object> request(String name) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("name", name);
        request.put("region", Moto.REGION.id());
        request.put("instanceType", "t3.small");
        request.put("containers", List.of(Map.of(
                "image", "nginx:1.27", "ports", List.of("80:80"), "environment", Map.of("TOKEN", SECRET_VALUE))));
        return request;
    }

    public static RunOrder provision(Map<String, Object> request) {
        return RunOrder.provision(request, null, "username,email\n" + SECRET_USER + ",a@example.com\n", CREDENTIALS);
    }

    public static RunHandle start(RunOrder order, FreeStyleBuild build, TaskListener console) throws Exception {
        FilePath workspace = build.getWorkspace();
        return ActiveRuns.get().start(order, build, workspace, null, new EnvVars(), console);
    }

    public static RunReport end(RunHandle run) throws Exception {
        CompletableFuture<RunReport> report = new CompletableFuture<>();
        run.onEnd(report::complete);
        return report.get(3, TimeUnit.MINUTES);
    }

    public static List<Instance> instances(Moto aws) {
        try (Ec2Client ec2 = aws.ec2()) {
            return ec2.describeInstances(r -> r.filters(Filter.builder().name("instance-state-name").values("pending", "running").build()))
                    .reservations().stream().flatMap(reservation -> reservation.instances().stream()).toList();
        }
    }

    /** How often instances were launched, the terminated ones included. */
    static int launches(Moto aws) {
        try (Ec2Client ec2 = aws.ec2()) {
            return ec2.describeInstances().reservations().size();
        }
    }
}
