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
    endpoints = optional(list(string), ["s3"])
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

variable "containers" {
  description = "Containers of a task. Requests go to the first port of the first one that has any."
  type = list(object({
    # Name of the container.
    name = string
    # Image, by tag or digest.
    image = string
    # TCP ports that it listens on.
    ports = optional(list(number), [])
    # Environment variables, which anyone who may look at the task definition can read.
    environment = optional(map(string), {})
    # Environment variables that come from Secrets Manager or the parameter store, by the ARN of the secret or parameter; a secret's may be followed by :KEY::.
    secrets = optional(map(string), {})
    # Arguments in place of the image's own.
    command = optional(list(string), [])
    # Entry point in place of the image's own.
    entrypoint = optional(list(string), [])
    # CPU units that are kept for it, of 1024 to a vCPU; null for none.
    cpu = optional(number)
    # Memory in MiB that it may not exceed; null for the task's.
    memory = optional(number)
    # Whether the task ends when it does.
    essential = optional(bool, true)
    # User it runs as, such as 10000 or 10000:10000; null for the image's own.
    user = optional(string)
    # Whether its own file system cannot be written to.
    read_only = optional(bool, false)
    # Linux capabilities that it goes without, such as ALL.
    drop_capabilities = optional(list(string), [])
    # Command that finds it well, run in it by its shell; null for none.
    health_command = optional(string)
  }))
  nullable = false

  validation {
    condition     = length(var.containers) >= 1 && length(var.containers) <= 10
    error_message = "containers must be 1 to 10, as many as a task may have; they are ${length(var.containers)}."
  }
  validation {
    condition     = alltrue([for c in var.containers : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,254}$", c.name))]) && length(distinct([for c in var.containers : c.name])) == length(var.containers)
    error_message = "containers must have names of 1 to 255 letters, digits, dashes and underscores, each its own; they are ${join(", ", [for c in var.containers : c.name])}."
  }
  validation {
    condition     = alltrue([for c in var.containers : can(regex("^[!-~]+$", c.image))])
    error_message = "containers must have an image without blanks, such as nginx:1.27."
  }
  validation {
    condition     = alltrue([for p in flatten(var.containers[*].ports) : p >= 1 && p <= 65535 && floor(p) == p])
    error_message = "containers must have ports that are whole numbers from 1 to 65535; they are ${join(", ", flatten(var.containers[*].ports))}."
  }
  # The containers of a task share one network interface.
  validation {
    condition     = length(flatten(var.containers[*].ports)) >= 1 && length(distinct(flatten(var.containers[*].ports))) == length(flatten(var.containers[*].ports))
    error_message = "containers must have one port at least among them, and none twice, for a task has one network interface; they are ${join(", ", flatten(var.containers[*].ports))}."
  }
  validation {
    condition     = alltrue([for c in var.containers : alltrue([for k in concat(keys(c.environment), keys(c.secrets)) : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", k))]) && length(setintersection(keys(c.environment), keys(c.secrets))) == 0])
    error_message = "containers must have environment and secrets with names of letters, digits and underscores, none in both."
  }
  validation {
    condition     = alltrue([for s in flatten([for c in var.containers : values(c.secrets)]) : can(regex("^arn:[a-z-]+:(secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:|ssm:[a-z0-9-]+:[0-9]{12}:parameter/)[!-~]+$", s))])
    error_message = "containers must have secrets that are ARNs of secrets of Secrets Manager or of parameters of the parameter store."
  }
  validation {
    condition     = anytrue([for c in var.containers : c.essential])
    error_message = "containers must have an essential one, whose end is the task's."
  }
}

variable "task" {
  description = "What a task runs on."
  type = object({
    # CPU units, of 1024 to a vCPU: 256, 512, 1024, 2048, 4096, 8192 or 16384.
    cpu = optional(number, 256)
    # Memory in MiB, among the sizes that Fargate has for those CPU units.
    memory = optional(number, 512)
    # CPU architecture that the images are of: x86_64 or arm64.
    architecture = optional(string, "x86_64")
    # Size of the task's own disk in GiB, from 21 to 200; null for Fargate's 20.
    disk_size_gib = optional(number)
    # Whether commands can be run in containers by ECS Exec, through Session Manager.
    exec = optional(bool, false)
    # Further permissions of the containers, as a policy in JSON; null for none.
    policy = optional(string)
  })
  default  = {}
  nullable = false

  # Amazon ECS developer guide, task size.
  validation {
    condition = contains(lookup({
      "256"   = [512, 1024, 2048]
      "512"   = [for i in range(1, 5) : i * 1024]
      "1024"  = [for i in range(2, 9) : i * 1024]
      "2048"  = [for i in range(4, 17) : i * 1024]
      "4096"  = [for i in range(8, 31) : i * 1024]
      "8192"  = [for i in range(4, 16) : i * 4096]
      "16384" = [for i in range(4, 16) : i * 8192]
    }, tostring(var.task.cpu), []), var.task.memory)
    error_message = "task.cpu and task.memory must be a size that Fargate has, such as 256 with 512, 1024 or 2048, or 512 with 1024 to 4096; they are ${var.task.cpu} and ${var.task.memory}."
  }
  validation {
    condition     = contains(["x86_64", "arm64"], var.task.architecture)
    error_message = "task.architecture must be x86_64 or arm64; it is ${var.task.architecture}."
  }
  validation {
    condition     = var.task.disk_size_gib == null || try(var.task.disk_size_gib >= 21 && var.task.disk_size_gib <= 200, false)
    error_message = "task.disk_size_gib must be from 21 to 200, or null for 20; it is ${coalesce(var.task.disk_size_gib, 0)}."
  }
  validation {
    condition     = var.task.policy == null || can(jsondecode(var.task.policy).Statement)
    error_message = "task.policy must be an IAM policy in JSON, with a Statement."
  }
}

variable "scaling" {
  description = "How many tasks there are, and when."
  type = object({
    # Tasks that there are at least.
    min = optional(number, 1)
    # Tasks that there are at most.
    max = optional(number, 6)
    # Tasks that there are at first; null for the least. Scaling decides from then on.
    desired = optional(number)
    # Percentage of CPU that the service is kept at; 0 for no such policy.
    cpu_target = optional(number, 70)
    # Percentage of memory that the service is kept at; 0 for no such policy.
    memory_target = optional(number, 0)
    # Steps when the CPU alarms of monitoring go off: so many tasks more, so many fewer; null for none.
    steps = optional(object({ up = optional(number, 2), down = optional(number, 1) }))
    # Sizes at certain times, by a name of one's own.
    schedules = optional(map(object({
      # When, as five fields of cron: minute, hour, day of the month, month, day of the week.
      cron = string
      # Time zone of it, such as Europe/Berlin.
      time_zone = optional(string, "Etc/UTC")
      # Tasks at least from then on.
      min = number
      # Tasks at most from then on.
      max = number
    })), {})
    # Spot tasks, which cost less and which AWS takes back when it needs them; null for none.
    spot = optional(object({
      # Tasks that are on demand before any is spot.
      on_demand_base = optional(number, 0)
      # Percentage of those beyond the base that are on demand.
      on_demand_percentage = optional(number, 0)
    }))
    # Seconds for which ECS lets a new task be found unwell by the load balancer.
    grace_seconds = optional(number, 60)
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
    condition     = alltrue([for t in [var.scaling.cpu_target, var.scaling.memory_target] : t >= 0 && t <= 100])
    error_message = "scaling.cpu_target and memory_target must be percentages from 1 to 100, or 0 for none; they are ${var.scaling.cpu_target} and ${var.scaling.memory_target}."
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
    error_message = "scaling.schedules must have a cron of five fields, such as 0 8 * * MON-FRI; they are ${join("; ", [for s in var.scaling.schedules : s.cron])}."
  }
  # Application Auto Scaling numbers the days of the week from 1 on Sunday, and wants a ? in one of two fields.
  validation {
    condition     = alltrue([for s in var.scaling.schedules : try(split(" ", s.cron)[4] == "*" || (can(regex("^[A-Z]{3}([-,][A-Z]{3})*$", split(" ", s.cron)[4])) && split(" ", s.cron)[2] == "*"), true)])
    error_message = "scaling.schedules must name days of the week by letters, such as MON-FRI, and then have * as the day of the month; they are ${join("; ", [for s in var.scaling.schedules : s.cron])}."
  }
  validation {
    condition     = alltrue([for s in var.scaling.schedules : can(regex("^(Etc/UTC|UTC|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$", s.time_zone))])
    error_message = "scaling.schedules must have a time_zone of the IANA database, such as Europe/Berlin; they are ${join(", ", [for s in var.scaling.schedules : s.time_zone])}."
  }
  validation {
    condition     = alltrue([for s in var.scaling.schedules : s.min >= 0 && s.min <= s.max])
    error_message = "scaling.schedules must each have min ≤ max, from 0 on."
  }
  validation {
    condition     = var.scaling.spot == null || try(var.scaling.spot.on_demand_base >= 0 && var.scaling.spot.on_demand_percentage >= 0 && var.scaling.spot.on_demand_percentage <= 100, false)
    error_message = "scaling.spot must have an on_demand_base from 0 and an on_demand_percentage from 0 to 100."
  }
  validation {
    condition     = var.scaling.grace_seconds >= 0 && var.scaling.grace_seconds <= 7200 && floor(var.scaling.grace_seconds) == var.scaling.grace_seconds
    error_message = "scaling.grace_seconds must be a whole number from 0 to 7200; it is ${var.scaling.grace_seconds}."
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
    # CPU above a percentage, for so many periods of so many seconds: more is needed.
    cpu_high = optional(object({ threshold = optional(number, 60), periods = optional(number, 3), period = optional(number, 60) }), {})
    # CPU below a percentage: less would do.
    cpu_low = optional(object({ threshold = optional(number, 55), periods = optional(number, 2), period = optional(number, 60) }), {})
    # Average seconds that targets take to answer.
    response_time = optional(object({ threshold = optional(number, 5), periods = optional(number, 3), period = optional(number, 180) }), {})
    # Number of unhealthy targets that is tolerated.
    unhealthy_hosts = optional(object({ threshold = optional(number, 2), periods = optional(number, 2), period = optional(number, 60) }), {})
    # Percentage of memory above which the memory alarm goes off; 0 for no such alarm.
    memory_high = optional(number, 85)
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
  description = "Backups of the database, by AWS Backup; null for none."
  type = object({
    # Days for which daily backups are kept; 0 for none.
    daily_retention_days = optional(number, 14)
    # Days for which weekly backups are kept; 0 for none.
    weekly_retention_days = optional(number, 30)
    # Days for which monthly backups are kept; 0 for none.
    monthly_retention_days = optional(number, 90)
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
