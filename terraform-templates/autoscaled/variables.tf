variable "deployment_id" {
  description = "Identity of the deployment: its name, a dash and eight hexadecimal digits. Names what must be unique in the account, and tags everything."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,31}-[0-9a-f]{8}$", var.deployment_id))
    error_message = "deployment_id must be a deployment's name followed by a dash and eight hexadecimal digits, such as shop-0a1b2c3d."
  }
}

variable "deployment_name" {
  description = "Name that people know the deployment by; its Name tag."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,31}$", var.deployment_name))
    error_message = "deployment_name must be 1 to 32 lower case letters, digits and dashes, and begin with a letter."
  }
  validation {
    condition     = startswith(var.deployment_id, "${var.deployment_name}-")
    error_message = "deployment_name must be the name that deployment_id begins with."
  }
}

variable "region" {
  description = "AWS region of everything here, such as eu-central-1."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+(-[a-z]+)+-[0-9]+$", var.region))
    error_message = "region must be the code of an AWS region, such as eu-central-1."
  }
}

variable "network" {
  description = "Network that everything runs in: a VPC of the deployment's own, or one that is there already."
  type = object({
    # IPv4 network of the VPC, of /16 to /24.
    cidr = optional(string, "10.0.0.0/16")
    # Availability zones, 2 or 3; each has a public, a private and a database subnet.
    zones = optional(number, 2)
    # NAT gateways, by which the private subnets reach the internet: none, single (one for the VPC) or per_zone.
    nat = optional(string, "single")
    # AWS services that are reached without leaving the VPC: s3, ec2, ssm, ecr, logs, monitoring, secretsmanager, autoscaling.
    endpoints = optional(list(string), ["s3", "ec2", "ssm"])
    # Whether CloudWatch Logs keeps a record of all traffic of the VPC.
    flow_logs = optional(bool, true)
    # Days for which the record is kept.
    flow_log_retention_days = optional(number, 30)
    # An existing VPC, which is left as it is: no subnets, gateways, endpoints or flow logs are made; null for one of the deployment's own.
    vpc_id = optional(string)
    # Subnets of the load balancer in the existing VPC, of two zones at least.
    public_subnet_ids = optional(list(string), [])
    # Subnets of the containers in the existing VPC.
    private_subnet_ids = optional(list(string), [])
    # Subnets of the database in the existing VPC; none for the private ones.
    database_subnet_ids = optional(list(string), [])
  })
  default  = {}
  nullable = false
}

variable "load_balancer" {
  description = "Application Load Balancer before the containers."
  type = object({
    # ACM certificate of the deployment's region; with it HTTP leads to HTTPS, without it there is HTTP alone.
    certificate_arn = optional(string)
    # IPv4 and IPv6 networks from which the load balancer can be reached; none leaves it closed.
    ingress_cidrs = optional(list(string), [])
    # Whether it has private addresses alone.
    internal = optional(bool, false)
    # Port that speaks HTTP.
    http_port = optional(number, 80)
    # Port that speaks HTTPS.
    https_port = optional(number, 443)
    # Seconds after which a connection without traffic is closed.
    idle_timeout = optional(number, 60)
    # Seconds for which requests in flight may end on a target that goes.
    deregistration_delay = optional(number, 60)
    # Seconds for which a client stays with one target, by a cookie; null for no such bond.
    stickiness_seconds = optional(number)
    # Whether AWS refuses to delete it; must be off again before the deployment can be destroyed.
    deletion_protection = optional(bool, false)
    # Days for which access logs are kept in a bucket of the deployment's own; null for none.
    log_retention_days = optional(number)
    # How a target is found to be well.
    health_check = optional(object({
      # Path that is asked for.
      path = optional(string, "/")
      # Port that is asked; null for the one that requests go to.
      port = optional(number)
      # HTTP codes of a healthy answer.
      matcher = optional(string, "200-399")
      # Seconds between two checks.
      interval = optional(number, 30)
      # Seconds after which no answer is a failed check.
      timeout = optional(number, 5)
      # Checks in a row that make a target healthy.
      healthy_threshold = optional(number, 2)
      # Checks in a row that make it unhealthy.
      unhealthy_threshold = optional(number, 3)
    }), {})
  })
  default  = {}
  nullable = false
}

variable "instance" {
  description = "What each instance of the group is launched as. A change replaces the instances one after the other."
  type = object({
    # File with the exact bytes of the instances' user data, relative to this directory.
    user_data_file = optional(string, "bootstrap/user-data")
    # EC2 instance type, of the given architecture.
    type = string
    # CPU architecture of the instance type: x86_64 or arm64. Chooses among the machine images of one name.
    architecture = string
    # Operating system: ubuntu-22.04, ubuntu-24.04 or al2023, or the id of an AMI. A name's newest release is found once and kept.
    machine_image = string
    # Any text; another one has the machine image's newest release found again.
    image_release = optional(string, "")
    # Size of the root volume in GiB; no less than the machine image's own.
    disk_size_gib = optional(number, 20)
    # Public key, in the form of one line of authorized_keys, that the instances' own user accepts; null for none.
    ssh_public_key = optional(string)
    # Name of a key pair that the account has in the region already; null for none.
    key_name = optional(string)
    # IPv4 and IPv6 networks from which port 22 can be reached; none leaves it closed but for a bastion, if there is a key.
    ssh_cidrs = optional(list(string), [])
    # What containers may do in AWS, as a policy in JSON, by the instance's role, which they then reach with all that it has; null keeps it from them.
    policy = optional(string)
  })
  nullable = false

  validation {
    condition     = var.instance.policy == null || can(jsondecode(var.instance.policy).Statement)
    error_message = "instance.policy must be an IAM policy in JSON, with a Statement."
  }
  validation {
    condition     = fileexists("${path.module}/${var.instance.user_data_file}")
    error_message = "instance.user_data_file must name a file relative to the blueprint's directory; there is no ${var.instance.user_data_file}."
  }
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*\\.[a-z0-9-]+$", var.instance.type))
    error_message = "instance.type must be a family and a size joined by a dot, such as t3.small; it is ${var.instance.type}."
  }
  validation {
    condition     = contains(["x86_64", "arm64"], var.instance.architecture)
    error_message = "instance.architecture must be x86_64 or arm64; it is ${var.instance.architecture}."
  }
  validation {
    condition     = can(regex("^(ubuntu-22\\.04|ubuntu-24\\.04|al2023|ami-([0-9a-f]{8}|[0-9a-f]{17}))$", var.instance.machine_image))
    error_message = "instance.machine_image must be ubuntu-22.04, ubuntu-24.04, al2023, or an AMI id such as ami-0123456789abcdef0; it is ${var.instance.machine_image}."
  }
  validation {
    condition     = var.instance.disk_size_gib >= 1 && var.instance.disk_size_gib <= 65536 && floor(var.instance.disk_size_gib) == var.instance.disk_size_gib
    error_message = "instance.disk_size_gib must be a whole number from 1 to 65536; it is ${var.instance.disk_size_gib}."
  }
  validation {
    condition     = var.instance.ssh_public_key == null || can(regex("^(ssh-rsa|ssh-ed25519)[ \\t]+[A-Za-z0-9+/]+=*([ \\t][^\\r\\n]*)?$", var.instance.ssh_public_key))
    error_message = "instance.ssh_public_key must be one line with an RSA or ED25519 public key, the kinds that EC2 accepts."
  }
  validation {
    condition     = var.instance.ssh_public_key == null || var.instance.key_name == null
    error_message = "instance.ssh_public_key and instance.key_name exclude each other: an instance has one key pair."
  }
  validation {
    condition     = var.instance.key_name == null || can(regex("^[!-~]([ -~]{0,253}[!-~])?$", var.instance.key_name))
    error_message = "instance.key_name must be 1 to 255 printable ASCII characters with no blank at either end."
  }
  validation {
    condition     = alltrue([for c in var.instance.ssh_cidrs : try(cidrsubnet(c, 0, 0) == c, false)])
    error_message = "instance.ssh_cidrs must be networks in canonical form with zero host bits, such as 203.0.113.0/24 or 2001:db8::/32; it is ${join(", ", var.instance.ssh_cidrs)}."
  }
}

variable "ports" {
  description = "TCP ports that the containers publish on their host. Requests go to the first; the others are opened to nobody."
  type        = list(number)
  nullable    = false

  validation {
    condition     = length(var.ports) > 0
    error_message = "ports must name one port at least, which the load balancer sends requests to."
  }
  validation {
    condition     = alltrue([for p in var.ports : p >= 1 && p <= 65535 && floor(p) == p])
    error_message = "ports must be whole numbers from 1 to 65535; it is ${join(", ", var.ports)}."
  }
  validation {
    condition     = length(distinct(var.ports)) == length(var.ports)
    error_message = "ports must not name the same port twice; it is ${join(", ", var.ports)}."
  }
}

variable "image_repositories" {
  description = "ARNs of the repositories of Amazon ECR that the instances pull images from, beside that of registry."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.image_repositories : can(regex("^arn:aws[a-z-]*:ecr:[a-z0-9-]+:[0-9]{12}:repository/.+$", arn))])
    error_message = "image_repositories must be ARNs of repositories; they are ${join(", ", var.image_repositories)}."
  }
}

variable "scaling" {
  description = "How many instances there are, and when."
  type = object({
    # Instances that there are at least.
    min = optional(number, 1)
    # Instances that there are at most.
    max = optional(number, 3)
    # Instances that there are at first; null for the least. Scaling decides from then on.
    desired = optional(number)
    # Percentage of CPU that the group is kept at; 0 for no such policy.
    cpu_target = optional(number, 60)
    # Steps when the CPU alarms of monitoring go off: so many instances more, so many fewer; null for none.
    steps = optional(object({ up = optional(number, 2), down = optional(number, 1) }))
    # Sizes at certain times, by a name of one's own.
    schedules = optional(map(object({
      # When, as five fields of cron: minute, hour, day of the month, month, day of the week.
      cron = string
      # Time zone of it, such as Europe/Berlin.
      time_zone = optional(string, "Etc/UTC")
      # Instances at least from then on.
      min = number
      # Instances at most from then on.
      max = number
      # Instances from then on.
      desired = number
    })), {})
    # Further instance types of the same architecture that may be launched where the first cannot be had, or costs more as spot.
    instance_types = optional(list(string), [])
    # Spot instances, which cost less and which AWS takes back when it needs them; null for none.
    spot = optional(object({
      # Instances that are on demand before any is spot.
      on_demand_base = optional(number, 0)
      # Percentage of those beyond the base that are on demand.
      on_demand_percentage = optional(number, 0)
      # How AWS chooses: price-capacity-optimized, capacity-optimized or lowest-price.
      allocation = optional(string, "price-capacity-optimized")
    }))
    # Seconds in service after which an instance that the load balancer finds unwell is replaced.
    grace_seconds = optional(number, 120)
    # Seconds in service until an instance's CPU counts, and until an update ends old ones for it.
    warmup_seconds = optional(number, 300)
    # Seconds that the boot script may take until the containers are healthy.
    launch_timeout = optional(number, 900)
    # What becomes of an instance whose boot script says nothing in that time: ABANDON replaces it, CONTINUE lets it serve.
    launch_default = optional(string, "ABANDON")
    # Percentage of instances that serve while all are replaced; 100 starts a new one before an old one goes.
    refresh_healthy_percentage = optional(number, 100)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.scaling.min >= 0 && floor(var.scaling.min) == var.scaling.min && var.scaling.max >= 1 && floor(var.scaling.max) == var.scaling.max && var.scaling.min <= var.scaling.max
    error_message = "scaling.min must be a whole number from 0 to scaling.max, which is 1 at least; they are ${var.scaling.min} and ${var.scaling.max}."
  }
  validation {
    condition     = var.scaling.desired == null || try(var.scaling.desired >= var.scaling.min && var.scaling.desired <= var.scaling.max && floor(var.scaling.desired) == var.scaling.desired, false)
    error_message = "scaling.desired must be a whole number from scaling.min to scaling.max; it is ${coalesce(var.scaling.desired, 0)}, and they are ${var.scaling.min} and ${var.scaling.max}."
  }
  validation {
    condition     = var.scaling.cpu_target >= 0 && var.scaling.cpu_target <= 100
    error_message = "scaling.cpu_target must be a percentage from 1 to 100, or 0 for none; it is ${var.scaling.cpu_target}."
  }
  validation {
    condition     = var.scaling.steps == null || try(var.scaling.steps.up >= 1 && var.scaling.steps.down >= 1, false)
    error_message = "scaling.steps must have up and down of 1 at least."
  }
  validation {
    condition     = var.scaling.steps == null || var.monitoring != null
    error_message = "scaling.steps needs monitoring, whose CPU alarms are what the steps answer to."
  }
  validation {
    condition     = alltrue([for name in keys(var.scaling.schedules) : can(regex("^[A-Za-z0-9_-]{1,64}$", name))])
    error_message = "scaling.schedules must have names of 1 to 64 letters, digits, dashes and underscores; they are ${join(", ", keys(var.scaling.schedules))}."
  }
  validation {
    condition     = alltrue([for s in var.scaling.schedules : can(regex("^[0-9*/,-]+ [0-9*/,-]+ [0-9*/,LW-]+ [0-9A-Za-z*/,-]+ [0-9A-Za-z*/,-]+$", s.cron))])
    error_message = "scaling.schedules must have a cron of five fields, such as 0 8 * * 1-5; they are ${join("; ", [for s in var.scaling.schedules : s.cron])}."
  }
  validation {
    condition     = alltrue([for s in var.scaling.schedules : can(regex("^(Etc/UTC|UTC|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$", s.time_zone))])
    error_message = "scaling.schedules must have a time_zone of the IANA database, such as Europe/Berlin; they are ${join(", ", [for s in var.scaling.schedules : s.time_zone])}."
  }
  validation {
    condition     = alltrue([for s in var.scaling.schedules : s.min >= 0 && s.min <= s.desired && s.desired <= s.max])
    error_message = "scaling.schedules must each have min ≤ desired ≤ max, from 0 on."
  }
  validation {
    condition     = alltrue([for t in var.scaling.instance_types : can(regex("^[a-z][a-z0-9-]*\\.[a-z0-9-]+$", t))]) && length(distinct(concat(var.scaling.instance_types, [var.instance.type]))) == length(var.scaling.instance_types) + 1
    error_message = "scaling.instance_types must be types such as t3.small, other than instance.type and each other; it is ${join(", ", var.scaling.instance_types)}."
  }
  validation {
    condition     = var.scaling.spot == null || try(var.scaling.spot.on_demand_base >= 0 && var.scaling.spot.on_demand_percentage >= 0 && var.scaling.spot.on_demand_percentage <= 100, false)
    error_message = "scaling.spot must have an on_demand_base from 0 and an on_demand_percentage from 0 to 100."
  }
  validation {
    condition     = var.scaling.spot == null || try(contains(["price-capacity-optimized", "capacity-optimized", "lowest-price"], var.scaling.spot.allocation), false)
    error_message = "scaling.spot.allocation must be price-capacity-optimized, capacity-optimized or lowest-price."
  }
  validation {
    condition     = alltrue([for s in [var.scaling.grace_seconds, var.scaling.warmup_seconds] : s >= 0 && s <= 7200 && floor(s) == s])
    error_message = "scaling.grace_seconds and warmup_seconds must be whole numbers from 0 to 7200; they are ${var.scaling.grace_seconds} and ${var.scaling.warmup_seconds}."
  }
  # In the grace period a group hears nothing of the load balancer. An update that goes on with it would end old instances for new ones that serve
  # nobody. A minute is for the group to hear of it.
  validation {
    condition     = var.scaling.warmup_seconds >= 60 + max(var.scaling.grace_seconds, var.load_balancer.health_check.interval * max(var.load_balancer.health_check.healthy_threshold, var.load_balancer.health_check.unhealthy_threshold))
    error_message = "scaling.warmup_seconds must be a minute more than scaling.grace_seconds, and than load_balancer.health_check takes (interval times its larger threshold), so that an update sees whether new instances serve; it is ${var.scaling.warmup_seconds}, and they are ${var.scaling.grace_seconds} and ${var.load_balancer.health_check.interval * max(var.load_balancer.health_check.healthy_threshold, var.load_balancer.health_check.unhealthy_threshold)}."
  }
  validation {
    condition     = var.scaling.launch_timeout >= 30 && var.scaling.launch_timeout <= 7200 && floor(var.scaling.launch_timeout) == var.scaling.launch_timeout
    error_message = "scaling.launch_timeout must be a whole number of seconds from 30 to 7200; it is ${var.scaling.launch_timeout}."
  }
  validation {
    condition     = contains(["ABANDON", "CONTINUE"], var.scaling.launch_default)
    error_message = "scaling.launch_default must be ABANDON or CONTINUE; it is ${var.scaling.launch_default}."
  }
  validation {
    condition     = var.scaling.refresh_healthy_percentage >= 0 && var.scaling.refresh_healthy_percentage <= 100
    error_message = "scaling.refresh_healthy_percentage must be from 0 to 100; it is ${var.scaling.refresh_healthy_percentage}."
  }
}

variable "database" {
  description = "PostgreSQL database by Amazon RDS, encrypted and reached by the containers alone; null for none. Secrets Manager makes and keeps its password."
  type = object({
    # Major version of PostgreSQL, or one with a minor version.
    engine_version = optional(string, "16")
    # Class of the instance.
    instance_class = optional(string, "db.t3.micro")
    # Name of the database that is there from the beginning.
    name = optional(string, "app")
    # Name of the master user.
    username = optional(string, "app")
    # Size of the storage in GiB.
    storage_gib = optional(number, 20)
    # Size up to which RDS lets it grow; 0 for no growth.
    max_storage_gib = optional(number, 100)
    # Whether a second instance stands by in another zone.
    multi_az = optional(bool, false)
    # Days over which any point in time can be restored; 0 for no backups.
    backup_retention_days = optional(number, 7)
    # Whether AWS refuses to delete it; must be off again before the deployment can be destroyed.
    deletion_protection = optional(bool, false)
    # Whether a last snapshot is made before it is deleted.
    final_snapshot = optional(bool, true)
    # Days after which RDS changes its password. Containers get the password when they start.
    password_rotation_days = optional(number, 1000)
    # Days for which CloudWatch Logs keeps its log.
    log_retention_days = optional(number, 30)
  })
  default = null
}

variable "monitoring" {
  description = "Log groups, dashboard, alarms and notifications; null for none beyond what the blueprint cannot do without."
  type = object({
    # Mail addresses that hear of alarms; each must confirm AWS' first mail.
    mails = optional(list(string), [])
    # Lambda functions that are called when load begins to rise, before more is running.
    lambda_arns = optional(list(string), [])
    # Days for which CloudWatch Logs keeps the deployment's logs.
    retention_days = optional(number, 30)
    # Whether the CloudWatch agent is installed on the instances by Systems Manager: memory, disk, and the logs of system, security and application.
    agent = optional(bool, true)
    # CPU above a percentage, for so many periods of so many seconds: more is needed.
    cpu_high = optional(object({ threshold = optional(number, 60), periods = optional(number, 3), period = optional(number, 60) }), {})
    # CPU below a percentage: less would do.
    cpu_low = optional(object({ threshold = optional(number, 55), periods = optional(number, 2), period = optional(number, 60) }), {})
    # Average seconds that targets take to answer.
    response_time = optional(object({ threshold = optional(number, 5), periods = optional(number, 3), period = optional(number, 180) }), {})
    # Number of unhealthy targets that is tolerated.
    unhealthy_hosts = optional(object({ threshold = optional(number, 2), periods = optional(number, 2), period = optional(number, 60) }), {})
    # Failed status checks of an instance: periods of these seconds.
    status_check = optional(object({ periods = optional(number, 3), period = optional(number, 60) }), {})
    # Percentage of memory above which the memory alarm goes off; 0 for no such alarm.
    memory_high = optional(number, 85)
    # Percentage of the root volume above which the disk alarm goes off; 0 for no such alarm.
    disk_high = optional(number, 85)
    # Answers with a 5xx code in five minutes above which the error alarm goes off; 0 for no such alarm.
    errors_high = optional(number, 10)
    # Whether mails tell of instances or tasks that come and go, too.
    scaling_events = optional(bool, true)
    # Further EventBridge patterns, in JSON, whose events are told by mail, by a name of one's own.
    event_patterns = optional(map(string), {})
  })
  default = null
}

variable "backup" {
  description = "Backups of the database, and of disks with volumes, by AWS Backup; null for none."
  type = object({
    # Days for which daily backups are kept; 0 for none.
    daily_retention_days = optional(number, 14)
    # Days for which weekly backups are kept; 0 for none.
    weekly_retention_days = optional(number, 30)
    # Days for which monthly backups are kept; 0 for none.
    monthly_retention_days = optional(number, 90)
    # Whether the disks of the group's instances are backed up too.
    volumes = optional(bool, false)
    # Hour of the day at which they begin.
    hour = optional(number, 3)
    # Time zone of that hour.
    time_zone = optional(string, "Etc/UTC")
    # Vault that every backup is copied to as well, of another region as a rule, which outlives the deployment; null for none.
    copy_vault_arn = optional(string)
    # Days for which the copies are kept.
    copy_retention_days = optional(number, 30)
    # Whether the backups are deleted when the deployment is destroyed; without it a vault with backups in it stops that.
    delete_backups = optional(bool, false)
  })
  default = null
}

variable "edge" {
  description = "CloudFront before the load balancer, with a bucket for static files and uploads; null for none."
  type = object({
    # Names under which CloudFront answers, beside its own.
    domain_names = optional(list(string), [])
    # ACM certificate of those names, in us-east-1; null for CloudFront's own name and certificate alone.
    certificate_arn = optional(string)
    # Route 53 zone in which those names are made to lead to CloudFront; null to leave the zone alone.
    zone_id = optional(string)
    # Name under which the load balancer's certificate is known, made to lead there in the zone; null for its own name.
    origin_domain_name = optional(string)
    # Paths that are served from the bucket.
    bucket_paths = optional(list(string), ["/static/*", "/media/*"])
    # File that is served for the root; null to ask the containers.
    default_root_object = optional(string)
    # Whether answers of the containers are kept by CloudFront, query strings and cookies not counted.
    cache_answers = optional(bool, false)
    # Whether AWS WAF looks at requests: AWS' common rules, known bad inputs, and a limit for each address.
    waf = optional(bool, true)
    # Requests of one address in five minutes above which WAF refuses more.
    rate_limit = optional(number, 2000)
    # Where CloudFront answers from: PriceClass_100, PriceClass_200 or PriceClass_All.
    price_class = optional(string, "PriceClass_100")
    # Whether the bucket is deleted with all that is in it when the deployment is destroyed; without it a bucket that is not empty stops that.
    delete_bucket_content = optional(bool, false)
  })
  default = null
}

variable "registry" {
  description = "Repository for images in Amazon ECR, with tags that cannot be moved and a scan of each push; null for none."
  type = object({
    # Name of the repository; null for the deployment's.
    name = optional(string)
    # Images that are kept; the oldest go first.
    keep_images = optional(number, 30)
    # Whether the repository is deleted with the images in it when the deployment is destroyed; without it one that is not empty stops that.
    delete_images = optional(bool, false)
  })
  default = null
}

variable "bastion" {
  description = "Host in a public subnet from which the private ones are reached; null for none. Session Manager needs none."
  type = object({
    # EC2 instance type, of x86_64.
    instance_type = optional(string, "t3.nano")
    # IPv4 networks from which its port 22 can be reached; none leaves Session Manager as the way in.
    ssh_cidrs = optional(list(string), [])
    # Key pair that the account has in the region already; null for none.
    key_name = optional(string)
    # Minutes after which it terminates itself; the next apply makes another. 0 for never.
    lifetime_minutes = optional(number, 480)
  })
  default = null
}

variable "tags" {
  description = "Further tags for everything that is created."
  type        = map(string)
  default     = {}
  nullable    = false

  # AWS allows 50 tags a resource, of which four are the deployment's own.
  validation {
    condition     = length(var.tags) <= 46
    error_message = "tags must be 46 at most."
  }
  # The letters are those that IAM accepts, the strictest of the services used here.
  validation {
    condition     = alltrue([for k in keys(var.tags) : can(regex("^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,128}$", k))])
    error_message = "tags must have keys of 1 to 128 letters, digits, spaces and the characters _ . : / = + - @."
  }
  validation {
    condition     = alltrue([for v in values(var.tags) : can(regex("^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{0,256}$", v))])
    error_message = "tags must have values of at most 256 letters, digits, spaces and the characters _ . : / = + - @."
  }
  validation {
    condition     = alltrue([for k in keys(var.tags) : !can(regex("^(aws:|ec2-docker:|name$)", lower(k)))])
    error_message = "tags must not have the key Name, nor keys that begin with aws: or ec2-docker:, which are reserved."
  }
}

variable "permissions_boundary" {
  description = "ARN of the IAM policy that every role gets as its permissions boundary; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary == null || can(regex("^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/.+$", var.permissions_boundary))
    error_message = "permissions_boundary must be the ARN of an IAM policy; it is ${coalesce(var.permissions_boundary, "null")}."
  }
}

variable "max_retries" {
  description = "How often the AWS provider repeats a request that AWS throttles or fails to answer."
  type        = number
  default     = 25
  nullable    = false

  validation {
    condition     = var.max_retries >= 0 && var.max_retries <= 100 && floor(var.max_retries) == var.max_retries
    error_message = "max_retries must be a whole number from 0 to 100."
  }
}
