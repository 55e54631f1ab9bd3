package io.jenkins.plugins.ec2docker.request.schema;

import static io.jenkins.plugins.ec2docker.request.schema.FieldSchema.both;
import static io.jenkins.plugins.ec2docker.request.schema.FieldSchema.choice;
import static io.jenkins.plugins.ec2docker.request.schema.FieldSchema.decimal;
import static io.jenkins.plugins.ec2docker.request.schema.FieldSchema.fields;
import static io.jenkins.plugins.ec2docker.request.schema.FieldSchema.flag;
import static io.jenkins.plugins.ec2docker.request.schema.FieldSchema.json;
import static io.jenkins.plugins.ec2docker.request.schema.FieldSchema.list;
import static io.jenkins.plugins.ec2docker.request.schema.FieldSchema.named;
import static io.jenkins.plugins.ec2docker.request.schema.FieldSchema.networks;
import static io.jenkins.plugins.ec2docker.request.schema.FieldSchema.orNone;
import static io.jenkins.plugins.ec2docker.request.schema.FieldSchema.section;
import static io.jenkins.plugins.ec2docker.request.schema.FieldSchema.text;
import static io.jenkins.plugins.ec2docker.request.schema.FieldSchema.whole;
import static io.jenkins.plugins.ec2docker.request.schema.FieldSchema.words;

import io.jenkins.plugins.ec2docker.request.model.PortMapping;
import io.jenkins.plugins.ec2docker.request.values.AwsNamePatterns;
import io.jenkins.plugins.ec2docker.request.values.Cidr;
import io.jenkins.plugins.ec2docker.request.values.MailAddress;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The sections that the variables of the blueprints {@code autoscaled} and {@code fargate} take, field by field under the variable's own name in
 * camel case. Limits are those of the variables; rules that tie fields together are in {@link SectionRules} or the variables' own.
 */
public final class SectionShapes {
    private static final int DAYS = 36_500;
    private static final int MANY = 1_000_000;
    private static final Pattern SCHEDULE_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final String SCHEDULE_RULE = "1 to 64 letters, digits, dashes and underscores";

    private static final FieldSchema INSTANCE_TYPE =
            text(AwsNamePatterns.INSTANCE_TYPE, "must be an EC2 instance type, family and size; for example t3.small or m7g.large.");
    private static final FieldSchema SUBNETS =
            list(text(AwsNamePatterns.SUBNET_ID, "must be a subnet's id, subnet- and 8 or 17 hexadecimal digits."));
    /** docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html, "retentionInDays". */
    private static final Set<Integer> LOG_DAYS = Set.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    private static final Map<String, FieldSchema> NETWORK = fields(
            "cidr", text(SectionShapes::isVpcNetwork, "must be an IPv4 network of /16 to /24 without host bits; for example 10.0.0.0/16."),
            "zones", whole(2, 3, ""),
            "nat", choice("none", "single", "per_zone"),
            "endpoints", list(choice("s3", "ec2", "ssm", "ecr", "logs", "monitoring", "secretsmanager", "autoscaling")),
            "flowLogs", flag(),
            "flowLogRetentionDays", logDays(),
            "publicSubnetIds", SUBNETS,
            "privateSubnetIds", SUBNETS,
            "databaseSubnetIds", SUBNETS);

    private static final Map<String, FieldSchema> LOAD_BALANCER = fields(
            "certificateArn", arn("acm"),
            "internal", flag(),
            "httpPort", whole(1, PortMapping.HIGHEST, ""),
            "httpsPort", whole(1, PortMapping.HIGHEST, ""),
            "idleTimeout", whole(1, 4000, " s"),
            "deregistrationDelay", whole(0, 3600, " s"),
            "stickinessSeconds", whole(1, 604_800, " s"),
            "deletionProtection", flag(),
            "logRetentionDays", whole(1, DAYS, " days"),
            "healthCheck", section(fields(
                    "path", text(path -> path.startsWith("/"), "must begin with \"/\"; for example /health."),
                    "port", whole(1, PortMapping.HIGHEST, ""),
                    "matcher",
                    text(Pattern.compile("[0-9]{3}([,-][0-9]{3})*").asMatchPredicate(), "must be HTTP codes; for example 200-399."),
                    "interval", whole(5, 300, " s"),
                    "timeout", whole(2, 120, " s"),
                    "healthyThreshold", whole(2, 10, ""),
                    "unhealthyThreshold", whole(2, 10, ""))));

    private static final Map<String, FieldSchema> DATABASE = fields(
            "engineVersion",
            text(Pattern.compile("1[3-8](\\.[0-9]{1,3})?").asMatchPredicate(),
                    "must be a version of PostgreSQL that RDS has, from 13 to 18; for example 16 or 16.11."),
            "instanceClass",
            text(Pattern.compile("db\\.[a-z][a-z0-9]*\\.[a-z0-9]+").asMatchPredicate(), "must be a class; for example db.t3.micro."),
            "name",
            text(Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}").asMatchPredicate(),
                    "must be 1 to 63 letters, digits and underscores, beginning with a letter."),
            "username",
            text(Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,15}").asMatchPredicate(),
                    "must be 1 to 16 letters, digits and underscores, beginning with a letter."),
            "storageGiB", whole(20, 65_536, " GiB"),
            "maxStorageGiB", whole(0, 65_536, " GiB"),
            "multiAz", flag(),
            "backupRetentionDays", whole(0, 35, " days"),
            "deletionProtection", flag(),
            "finalSnapshot", flag(),
            "passwordRotationDays", whole(1, 1000, " days"),
            "logRetentionDays", logDays());

    private static final Map<String, FieldSchema> MONITORING = fields(
            "mails", list(mail()),
            "lambdaArns", list(arn("lambda")),
            "retentionDays", logDays(),
            "cpuHigh", alarm(whole(1, 100, " %")),
            "cpuLow", alarm(whole(1, 100, " %")),
            "responseTime", alarm(decimal(MANY, " s")),
            "unhealthyHosts", alarm(whole(0, MANY, "")),
            "memoryHigh", whole(0, 100, " %"),
            "errorsHigh", whole(0, MANY, ""),
            "scalingEvents", flag(),
            "eventPatterns", named(SCHEDULE_NAME, SCHEDULE_RULE, json()));

    private static final Map<String, FieldSchema> BACKUP = fields(
            "dailyRetentionDays", whole(0, DAYS, " days"),
            "weeklyRetentionDays", whole(0, DAYS, " days"),
            "monthlyRetentionDays", whole(0, DAYS, " days"),
            "hour", whole(0, 23, ""),
            "timeZone", zone(),
            "copyVaultArn", arn("backup"),
            "copyRetentionDays", whole(1, DAYS, " days"),
            "deleteBackups", flag());

    private static final Map<String, FieldSchema> EDGE = fields(
            "domainNames", list(domain()),
            "certificateArn", arn("acm"),
            "zoneId", text(Pattern.compile("Z[A-Z0-9]{1,31}").asMatchPredicate(), "must be the id of a Route 53 zone, beginning with Z."),
            "originDomainName", domain(),
            "bucketPaths", list(text(path -> path.startsWith("/"), "must begin with \"/\"; for example /static/*.")),
            "defaultRootObject",
            text(name -> !name.startsWith("/"), "must be a file's name without \"/\" before it; for example index.html."),
            "cacheAnswers", flag(),
            "waf", flag(),
            "rateLimit", whole(10, 2_000_000, ""),
            "priceClass", choice("PriceClass_100", "PriceClass_200", "PriceClass_All"),
            "deleteBucketContent", flag());

    private static final Map<String, FieldSchema> REGISTRY = fields(
            "name",
            text(Pattern.compile("[a-z0-9]+(?:[._/-][a-z0-9]+)*").asMatchPredicate(),
                    "must be the name of a repository; for example acme/shop."),
            "keepImages", whole(1, 10_000, ""),
            "deleteImages", flag());

    private static final Map<String, FieldSchema> BASTION = fields(
            "instanceType", INSTANCE_TYPE,
            "sshCidrs", networks(),
            "keyName", text(name -> name.length() <= 255, "must be at most 255 characters, the name of an EC2 key pair."),
            "lifetimeMinutes", whole(0, 525_600, " minutes"));

    private static final Map<String, FieldSchema> SCALING = fields(
            "min", whole(0, MANY, ""),
            "max", whole(1, MANY, ""),
            "desired", whole(0, MANY, ""),
            "cpuTarget", whole(0, 100, " %"),
            "steps", orNone(section(fields("up", whole(1, MANY, ""), "down", whole(1, MANY, "")))),
            "graceSeconds", whole(0, 7200, " s"));

    private static final Map<String, FieldSchema> SPOT =
            fields("onDemandBase", whole(0, MANY, ""), "onDemandPercentage", whole(0, 100, " %"));
    private static final Map<String, FieldSchema> SCHEDULE = fields(
            "cron", cron(), "timeZone", zone(), "min", whole(0, MANY, ""), "max", whole(0, MANY, ""));

    /** By blueprint and section; what a blueprint does not have is not there. */
    public static final Map<String, Map<String, FieldSchema>> OF = Map.of(
            "autoscaled", both(
                    fields(
                            "scaling", section(both(SCALING, fields(
                                    "schedules",
                                    schedules(both(SCHEDULE, fields("desired", whole(0, MANY, ""))), "cron", "min", "max", "desired"),
                                    "instanceTypes", list(INSTANCE_TYPE),
                                    "spot", orNone(section(both(SPOT, fields(
                                            "allocation", choice("price-capacity-optimized", "capacity-optimized", "lowest-price"))))),
                                    "warmupSeconds", whole(0, 7200, " s"),
                                    "launchTimeout", whole(30, 7200, " s"),
                                    "launchDefault", choice("ABANDON", "CONTINUE"),
                                    "refreshHealthyPercentage", whole(0, 100, " %")))),
                            "monitoring", orNone(section(both(MONITORING, fields(
                                    "agent", flag(),
                                    "statusCheck", section(fields("periods", whole(1, 1440, ""), "period", period())),
                                    "diskHigh", whole(0, 100, " %"))))),
                            "instancePolicy", json(),
                            "imageRelease", text(value -> value.length() <= 100, "must be at most 100 characters; for example 2025-06.")),
                    common(both(BACKUP, fields("volumes", flag())))),
            "fargate", both(
                    fields(
                            "scaling", section(both(SCALING, fields(
                                    "memoryTarget", whole(0, 100, " %"),
                                    "schedules", schedules(SCHEDULE, "cron", "min", "max"),
                                    "spot", orNone(section(SPOT))))),
                            "monitoring", orNone(section(MONITORING)),
                            "task", section(fields(
                                    "cpu", whole(256, 16_384, ""),
                                    "memory", whole(512, 122_880, " MiB"),
                                    "architecture", choice("x86_64", "arm64"),
                                    "diskSizeGiB", whole(21, 200, " GiB"),
                                    "exec", flag(),
                                    "policy", json()))),
                    common(BACKUP)));

    private static Map<String, FieldSchema> common(Map<String, FieldSchema> backup) {
        return fields(
                "loadBalancer", section(LOAD_BALANCER),
                "database", orNone(section(DATABASE)),
                "backup", orNone(section(backup)),
                "edge", orNone(section(EDGE)),
                "registry", orNone(section(REGISTRY)),
                "bastion", orNone(section(BASTION)));
    }

    /** What a container has as part of a task, and not otherwise. */
    static final Map<String, FieldSchema> TASK_CONTAINER = fields(
            "secrets",
            named(Pattern.compile("[A-Za-z_][A-Za-z0-9_]*"), "letters, digits and underscores, beginning with none of the digits",
                    text(Pattern
                            .compile("arn:[a-z-]+:(secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:|ssm:[a-z0-9-]+:[0-9]{12}:parameter/)[!-~]+")
                            .asMatchPredicate(), "must be the ARN of a secret of Secrets Manager or of a parameter of Systems Manager.")),
            "entrypoint", words(),
            "cpu", whole(1, 16_384, ""),
            "memory", whole(6, 122_880, " MiB"),
            "essential", flag(),
            "user",
            text(Pattern.compile("[A-Za-z0-9_-]+(:[A-Za-z0-9_-]+)?").asMatchPredicate(),
                    "must be a user, or user:group; for example 10000:10000."),
            "readOnly", flag(),
            "dropCapabilities",
            list(text(Pattern.compile("[A-Z_]+").asMatchPredicate(), "must be a Linux capability in capitals; for example ALL.")));

    private SectionShapes() {}

    /** What {@code network} has beside the VPC and the networks that are let in. */
    public static Map<String, FieldSchema> network() {
        return NETWORK;
    }

    private static FieldSchema alarm(FieldSchema threshold) {
        return section(fields("threshold", threshold, "periods", whole(1, 1440, ""), "period", period()));
    }

    private static FieldSchema period() {
        return whole(10, 86_400, " s");
    }

    private static FieldSchema schedules(Map<String, FieldSchema> each, String... required) {
        return named(SCHEDULE_NAME, SCHEDULE_RULE, section(each, required));
    }

    private static FieldSchema logDays() {
        FieldSchema shape = node -> {
            Integer days = node.integer(1, 3653, " days");
            return days == null || LOG_DAYS.contains(days)
                    ? days
                    : node.refuse(days,
                            "is no time that CloudWatch Logs keeps logs for; give 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 or more days that it has.");
        };
        return shape.shown(FieldForm.choice(LOG_DAYS.stream().sorted().map(String::valueOf).toList()));
    }

    private static FieldSchema mail() {
        return text(MailAddress::isValid, MailAddress.RULE);
    }

    private static FieldSchema domain() {
        Predicate<String> name = Pattern.compile("(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}").asMatchPredicate();
        return text(name, "must be a name of the DNS in lower case; for example www.example.com.");
    }

    private static FieldSchema arn(String service) {
        Predicate<String> arn = Pattern.compile("arn:aws(?:-[a-z]+)*:" + service + ":[a-z0-9-]*:[0-9]{12}:[!-~]+").asMatchPredicate();
        return text(arn, "must be an ARN that begins with arn:aws:" + service + ":.");
    }

    private static FieldSchema zone() {
        return text(Pattern.compile("Etc/UTC|UTC|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)+").asMatchPredicate(),
                "must be the name of a time zone; for example Europe/Berlin.");
    }

    private static FieldSchema cron() {
        return text(Pattern.compile("[0-9*/,-]+ [0-9*/,-]+ [0-9*/,LW-]+ [0-9A-Za-z*/,-]+ [0-9A-Za-z*/,-]+").asMatchPredicate(),
                "must be a cron expression of five fields; for example 0 8 * * MON-FRI.");
    }

    private static boolean isVpcNetwork(String text) {
        return Cidr.parse(text).filter(cidr -> cidr.network().bits() == 32 && cidr.prefix() >= 16 && cidr.prefix() <= 24).isPresent();
    }
}
