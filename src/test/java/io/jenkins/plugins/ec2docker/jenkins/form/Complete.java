package io.jenkins.plugins.ec2docker.jenkins.form;

import io.jenkins.plugins.ec2docker.jenkins.step.ProvisionStep;
import java.util.List;

/** Steps to test with: one with nothing but the mandatory parameters, and one with all of them, none at its default. */
public final class Complete {
    private Complete() {}

    public static ProvisionStep minimal() {
        ProvisionStep step = new ProvisionStep("eu-central-1", "t3.small");
        AppContainer container = new AppContainer("nginx:1.27");
        container.setPorts(List.of("80:80"));
        step.setContainers(List.of(container));
        return step;
    }

    public static ProvisionStep step() {
        ProvisionStep step = new ProvisionStep("eu-central-1", "m7g.large");
        step.setName("web-shop");
        step.setBlueprint("instance");
        step.setContainers(List.of(container(), new AppContainer("redis")));
        AppRole role = new AppRole("arn:aws:iam::123456789012:role/teams/deployer");
        role.setExternalId("jenkins@prod:42");
        role.setDurationSeconds("7200");
        step.setRole(role);
        step.setCredentialsId("aws");
        step.setUsers("users.csv");
        step.setRequester(List.of("jane.doe@example.com", "ops@example.com"));
        step.setMachineImage("ubuntu-24.04");
        step.setNetwork(network());
        AppDisk disk = new AppDisk();
        disk.setSizeGiB("100");
        disk.setKmsKeyId("alias/disks");
        step.setDisk(disk);
        step.setKeyName("deployers");
        step.setSpot(true);
        step.setExpiresAfter("2d");
        step.setTags(List.of("team=shop", "cost centre=4711"));
        AppHealth health = new AppHealth("8080");
        health.setPath("/health?full=1");
        health.setTimeout("90s");
        step.setHealth(health);
        step.setOnFailure("keep");
        step.setOnImageChange("redeploy");
        step.setPlanOnly(true);
        return step;
    }

    private static AppContainer container() {
        AppContainer container = new AppContainer("registry.example.com:5000/shop/web:1.10");
        container.setName("web");
        container.setPorts(List.of("8080:80", "5353:53/udp"));
        container.setEnvironment(List.of("PASSWORD=pa$$w'o\"rd", "LINES=one\n two", "EMPTY="));
        container.setVolumes(List.of("/opt/app/data:/data", "/opt/app/users.csv:/etc/users.csv:ro"));
        container.setCommand("nginx -g 'daemon off;'");
        container.setRestart("on-failure:3");
        AppHealthcheck healthcheck = new AppHealthcheck(List.of("CMD", "curl", "-f", "http://localhost/a b"));
        healthcheck.setInterval("1m30s");
        healthcheck.setTimeout("500ms");
        healthcheck.setRetries("3");
        healthcheck.setStartPeriod("10s");
        container.setHealthcheck(healthcheck);
        return container;
    }

    private static AppNetwork network() {
        AppNetwork network = new AppNetwork();
        network.setVpcId("vpc-0123456789abcdef0");
        network.setSubnetId("subnet-01234567");
        network.setIngressCidrs(List.of("10.0.0.0/8", "2001:db8::/32"));
        network.setSshCidrs(List.of("192.0.2.1/32"));
        network.setPublicIp("true");
        network.setElasticIp("true");
        return network;
    }
}
