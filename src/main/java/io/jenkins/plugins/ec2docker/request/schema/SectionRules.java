package io.jenkins.plugins.ec2docker.request.schema;

import io.jenkins.plugins.ec2docker.request.document.DocumentNode;
import io.jenkins.plugins.ec2docker.request.document.DocumentSection;
import java.util.List;
import java.util.Map;

/** What ties fields of different sections together. */
public final class SectionRules {
    /** docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html: memory in MiB, from, to and step, by CPU units. */
    private static final Map<Integer, int[]> TASK_SIZES = Map.of(
            256, new int[] {512, 2048, 0}, 512, new int[] {1024, 4096, 1024}, 1024, new int[] {2048, 8192, 1024},
            2048, new int[] {4096, 16_384, 1024}, 4096, new int[] {8192, 30_720, 1024}, 8192, new int[] {16_384, 61_440, 4096},
            16_384, new int[] {32_768, 122_880, 8192});

    private SectionRules() {}

    public static void check(DocumentSection fields, String blueprint, Map<String, Object> sections) {
        scaling(fields.get("scaling"), sections, blueprint);
        if (blueprint.equals("fargate")) {
            task(fields.get("task"), section(sections, "task"));
        }
        network(fields.get("network"), section(sections, "network"));
        backup(fields.get("backup"), section(sections, "backup"));
    }

    private static void scaling(DocumentNode node, Map<String, Object> sections, String blueprint) {
        Map<?, ?> scaling = section(sections, "scaling");
        int min = number(scaling, "min", 1);
        int max = number(scaling, "max", blueprint.equals("fargate") ? 6 : 3);
        int desired = number(scaling, "desired", min);
        if (min > max) {
            node.refuse("has a min of " + min + " above its max of " + max + "; lower one or raise the other.");
        } else if (desired < min || desired > max) {
            node.refuse("has a desired of " + desired + ", which is not from its min of " + min + " to its max of " + max + ".");
        }
        if (scaling.get("steps") instanceof Map && !(sections.get("monitoring") instanceof Map)) {
            node.refuse("has steps, which answer to the CPU alarms of monitoring; give monitoring too, for example monitoring: {}.");
        }
        if (scaling.get("schedules") instanceof Map<?, ?> schedules) {
            schedules.forEach((name, value) -> {
                Map<?, ?> schedule = (Map<?, ?>) value;
                int least = number(schedule, "min", 0);
                int most = number(schedule, "max", least);
                int wanted = number(schedule, "desired", least);
                if (least > wanted || wanted > most) {
                    node.refuse("has a schedule " + name + " whose numbers are not in the order min ≤ desired ≤ max; mend them.");
                }
            });
        }
    }

    private static void task(DocumentNode node, Map<?, ?> task) {
        int cpu = number(task, "cpu", 256);
        int memory = number(task, "memory", 512);
        int[] sizes = TASK_SIZES.get(cpu);
        boolean good = sizes != null && memory >= sizes[0] && memory <= sizes[1]
                && (sizes[2] == 0 ? List.of(512, 1024, 2048).contains(memory) : (memory - sizes[0]) % sizes[2] == 0);
        if (!good) {
            node.refuse("has cpu " + cpu + " with memory " + memory
                    + ", a size that Fargate does not have; give one it has, such as cpu 256 with memory"
                    + " 512, 1024 or 2048, or cpu 512 with 1024 to 4096 in steps of 1024.");
        }
    }

    private static void network(DocumentNode node, Map<?, ?> network) {
        DocumentNode vpc = node.isMap() ? node.peek("vpcId") : node;
        boolean existing = node.isMap() && !vpc.isAbsent();
        boolean subnets = network.containsKey("publicSubnetIds") || network.containsKey("privateSubnetIds")
                || network.containsKey("databaseSubnetIds");
        if (existing && !(network.containsKey("publicSubnetIds") && network.containsKey("privateSubnetIds"))) {
            vpc.refuse(
                    "is an existing VPC, of which publicSubnetIds and privateSubnetIds are needed too; give them, or leave vpcId out for a VPC of"
                            + " the deployment's own.");
        } else if (!existing && subnets) {
            node.refuse("names subnets without their VPC; give vpcId too, or leave the subnets out.");
        }
    }

    private static void backup(DocumentNode node, Map<?, ?> backup) {
        if (backup.containsKey("dailyRetentionDays") && number(backup, "dailyRetentionDays", 14) + number(backup, "weeklyRetentionDays", 30)
                + number(backup, "monthlyRetentionDays", 90) == 0) {
            node.refuse("keeps nothing; give a number of days above 0, or write backup: none.");
        }
    }

    private static Map<?, ?> section(Map<String, Object> sections, String name) {
        return sections.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static int number(Map<?, ?> section, String field, int usual) {
        return section.get(field) instanceof Integer number ? number : usual;
    }
}
