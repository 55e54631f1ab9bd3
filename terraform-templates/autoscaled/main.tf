provider "aws" {
  region      = var.region
  max_retries = var.max_retries

  # The session's keys come by environment. Without them, the machine that Terraform happens to run on must not lend its own role.
  skip_metadata_api_check = true
  # AWS has newer Regions than the provider knows.
  skip_region_validation = true

  default_tags {
    tags = local.tags
  }
}

# WAF and certificates of CloudFront are kept there, wherever the deployment is. Terraform starts a provider that nothing uses, too, and that asks
# STS in its Region, to which there may be no way: not so without CloudFront. What is left of one that is taken away is found there all the same.
provider "aws" {
  alias = "us_east_1"

  region                      = "us-east-1"
  max_retries                 = var.max_retries
  skip_metadata_api_check     = true
  skip_credentials_validation = var.edge == null
  skip_requesting_account_id  = var.edge == null

  default_tags {
    tags = local.tags
  }
}

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

locals {
  partition = data.aws_partition.current.partition
  account   = data.aws_caller_identity.current.account_id

  tags = merge(var.tags, {
    "Name"                  = var.deployment_name
    "ec2-docker:deployment" = var.deployment_id
    "ec2-docker:name"       = var.deployment_name
    "ec2-docker:managed-by" = "ec2-docker"
  })

  # Known before the group is, so that its role and its alarms can name it. It is also what the boot script completes the launch of.
  group = var.deployment_id
  hook  = "containers-healthy"

  # The one place that the CloudWatch agent may write metrics to.
  metrics_namespace = "EC2Docker"

  target_port    = var.ports[0]
  listener_ports = concat([var.load_balancer.http_port], var.load_balancer.certificate_arn == null ? [] : [var.load_balancer.https_port])
  # CloudFront speaks HTTPS to a load balancer that has a certificate.
  edge_port = var.load_balancer.certificate_arn == null ? var.load_balancer.http_port : var.load_balancer.https_port

  health_port = coalesce(var.load_balancer.health_check.port, local.target_port)

  key  = var.instance.ssh_public_key != null || var.instance.key_name != null
  spot = var.scaling.spot != null
  # A group that may choose among types, or between spot and on demand, says so in another place than one that may not.
  mixed = local.spot || length(var.scaling.instance_types) > 0
}

module "network" {
  source = "./modules/network"

  id                         = var.deployment_id
  region                     = var.region
  name                       = var.deployment_name
  network                    = var.network
  instance_types             = concat([var.instance.type], var.scaling.instance_types)
  ssh_cidrs                  = var.bastion == null ? [] : var.bastion.ssh_cidrs
  listener_ports             = local.listener_ports
  endpoint_security_group_id = module.security.endpoints_group_id
  kms_key_arn                = module.security.kms_key_arn

  permissions_boundary = var.permissions_boundary
}

module "security" {
  source = "./modules/security"

  id                 = var.deployment_id
  region             = var.region
  vpc_id             = module.network.vpc_id
  listener_ports     = local.listener_ports
  ingress_cidrs      = var.load_balancer.ingress_cidrs
  workload_ports     = [local.target_port, local.health_port]
  endpoints          = var.network.vpc_id == null
  database           = var.database != null
  edge_port          = var.edge == null ? null : local.edge_port
  bastion_cidrs      = var.bastion == null ? null : var.bastion.ssh_cidrs
  workload_ssh       = local.key
  workload_ssh_cidrs = var.instance.ssh_cidrs
  instance_role      = true

  permissions_boundary = var.permissions_boundary
}

module "load_balancer" {
  source = "./modules/load-balancer"

  id                = var.deployment_id
  vpc_id            = module.network.vpc_id
  subnet_ids        = module.network.public_subnet_ids
  security_group_id = module.security.load_balancer_group_id
  target_type       = "instance"
  target_port       = local.target_port
  load_balancer     = var.load_balancer
}

module "database" {
  source = "./modules/database"
  count  = var.database == null ? 0 : 1

  id                = var.deployment_id
  kms_key_arn       = module.security.kms_key_arn
  subnet_ids        = module.network.database_subnet_ids
  security_group_id = module.security.database_group_id
  database          = var.database
}

module "registry" {
  source = "./modules/registry"
  count  = var.registry == null ? 0 : 1

  id          = var.deployment_id
  kms_key_arn = module.security.kms_key_arn
  registry    = var.registry
}

module "monitoring" {
  source = "./modules/monitoring"
  count  = var.monitoring == null ? 0 : 1

  id            = var.deployment_id
  region        = var.region
  kms_key_arn   = module.security.kms_key_arn
  group_name    = local.group
  namespace     = local.metrics_namespace
  cluster_name  = null
  service_name  = null
  load_balancer = module.load_balancer.arn_suffix
  target_group  = module.load_balancer.target_group_arn_suffix
  database      = one(module.database[*].identifier)
  steps         = var.scaling.steps != null
  step_up_arn   = one(aws_autoscaling_policy.up[*].arn)
  step_down_arn = one(aws_autoscaling_policy.down[*].arn)
  monitoring    = var.monitoring
}

module "backup" {
  source = "./modules/backup"
  count  = var.backup == null ? 0 : 1

  id          = var.deployment_id
  kms_key_arn = module.security.kms_key_arn
  backup      = var.backup

  permissions_boundary = var.permissions_boundary
}

module "edge" {
  source = "./modules/edge"
  count  = var.edge == null ? 0 : 1

  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }

  id                    = var.deployment_id
  load_balancer_dns     = module.load_balancer.dns_name
  load_balancer_zone_id = module.load_balancer.zone_id
  http_port             = module.load_balancer.http_port
  https_port            = module.load_balancer.https_port
  edge                  = var.edge
}

module "bastion" {
  source = "./modules/bastion"
  count  = var.bastion == null ? 0 : 1

  id                = var.deployment_id
  name              = var.deployment_name
  kms_key_arn       = module.security.kms_key_arn
  subnet_id         = module.network.public_subnet_ids[0]
  security_group_id = module.security.bastion_group_id
  bastion           = var.bastion

  permissions_boundary = var.permissions_boundary
}

locals {
  ubuntu_images = {
    "ubuntu-22.04" = "ubuntu/images/hvm-ssd*/ubuntu-jammy-22.04-%s-server-*"
    "ubuntu-24.04" = "ubuntu/images/hvm-ssd*/ubuntu-noble-24.04-%s-server-*"
  }

  # Canonical publishes under another account in each partition.
  canonical = lookup({ aws-us-gov = "513442679011", aws-cn = "837727238323" }, data.aws_partition.current.partition, "099720109477")

  newest_image = try(data.aws_ami.ubuntu[0].id, data.aws_ssm_parameter.al2023[0].insecure_value, var.instance.machine_image)
}

data "aws_ami" "ubuntu" {
  count = contains(keys(local.ubuntu_images), var.instance.machine_image) ? 1 : 0

  owners      = [local.canonical]
  most_recent = true

  filter {
    name   = "name"
    values = [format(local.ubuntu_images[var.instance.machine_image], var.instance.architecture == "x86_64" ? "amd64" : "arm64")]
  }
  filter {
    name   = "architecture"
    values = [var.instance.architecture]
  }
}

data "aws_ssm_parameter" "al2023" {
  count = var.instance.machine_image == "al2023" ? 1 : 0

  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${var.instance.architecture}"
}

# The image that was the newest when it was asked for. A release that comes later must not replace running instances by itself.
resource "terraform_data" "image" {
  input            = local.newest_image
  triggers_replace = [var.instance.machine_image, var.instance.architecture, var.instance.image_release]

  lifecycle {
    ignore_changes = [input]
  }
}

data "aws_ami" "this" {
  filter {
    name   = "image-id"
    values = [terraform_data.image.output]
  }
}

resource "aws_key_pair" "this" {
  count = var.instance.ssh_public_key == null ? 0 : 1

  key_name_prefix = "${var.deployment_id}-"
  public_key      = var.instance.ssh_public_key

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  user_data       = filebase64("${path.module}/${var.instance.user_data_file}")
  user_data_bytes = length(local.user_data) / 4 * 3 - length(regexall("=", local.user_data))
}

resource "aws_launch_template" "this" {
  name_prefix = "${var.deployment_id}-"
  description = "Instances of ${var.deployment_id}"

  image_id               = terraform_data.image.output
  instance_type          = var.instance.type
  key_name               = try(aws_key_pair.this[0].key_name, var.instance.key_name)
  user_data              = sensitive(local.user_data)
  update_default_version = true

  vpc_security_group_ids = [module.security.workload_group_id]

  iam_instance_profile {
    name = module.security.instance_profile_name
  }

  # One hop keeps the role's credentials from the containers, which are a hop further away; a policy is for containers that are to have them.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = var.instance.policy == null ? 1 : 2
    instance_metadata_tags      = "disabled"
  }

  # One minute instead of five for what alarms look at.
  monitoring {
    enabled = var.monitoring != null
  }

  block_device_mappings {
    device_name = data.aws_ami.this.root_device_name

    ebs {
      volume_type           = "gp3"
      volume_size           = var.instance.disk_size_gib
      encrypted             = true
      kms_key_id            = module.security.kms_key_arn
      delete_on_termination = true
    }
  }

  # A group's instances are launched by AWS, which knows nothing of the provider's tags.
  dynamic "tag_specifications" {
    for_each = ["instance", "volume", "network-interface"]

    content {
      resource_type = tag_specifications.value
      tags          = local.tags
    }
  }

  lifecycle {
    create_before_destroy = true

    precondition {
      condition     = local.user_data_bytes <= 16384
      error_message = "instance.user_data_file has ${local.user_data_bytes} bytes; EC2 takes 16384 at most."
    }
  }
}

# By what the boot script finds the database, whose address nobody knows when the script is written.
resource "aws_ssm_parameter" "database" {
  count = var.database == null ? 0 : 1

  name        = "/ec2-docker/${var.deployment_id}/database"
  description = "Database of ${var.deployment_id}"
  type        = "String"

  value = jsonencode({
    host   = module.database[0].address
    port   = tostring(module.database[0].port)
    name   = module.database[0].name
    secret = module.database[0].secret_arn
  })
}

resource "aws_autoscaling_group" "this" {
  name                = local.group
  vpc_zone_identifier = module.network.private_subnet_ids
  target_group_arns   = [module.load_balancer.target_group_arn]

  min_size         = var.scaling.min
  max_size         = var.scaling.max
  desired_capacity = coalesce(var.scaling.desired, var.scaling.min)

  health_check_type         = "ELB"
  health_check_grace_period = var.scaling.grace_seconds
  default_instance_warmup   = var.scaling.warmup_seconds
  capacity_rebalance        = local.spot
  termination_policies      = ["OldestLaunchTemplate", "Default"]
  enabled_metrics = [
    "GroupDesiredCapacity", "GroupInServiceInstances", "GroupPendingInstances", "GroupTerminatingInstances", "GroupTotalInstances",
  ]

  # A run looks at the instances itself, with the boot script's own words. A group that Terraform had waited for in vain would be tainted,
  # and replaced by the next apply.
  wait_for_capacity_timeout = "0"
  # Instances go with their group.
  force_delete = true

  dynamic "launch_template" {
    for_each = local.mixed ? [] : [1]

    content {
      id      = aws_launch_template.this.id
      version = aws_launch_template.this.latest_version
    }
  }

  dynamic "mixed_instances_policy" {
    for_each = local.mixed ? [1] : []

    content {
      launch_template {
        launch_template_specification {
          launch_template_id = aws_launch_template.this.id
          version            = aws_launch_template.this.latest_version
        }

        dynamic "override" {
          for_each = concat([var.instance.type], var.scaling.instance_types)

          content {
            instance_type = override.value
          }
        }
      }

      instances_distribution {
        on_demand_base_capacity                  = local.spot ? var.scaling.spot.on_demand_base : 0
        on_demand_percentage_above_base_capacity = local.spot ? var.scaling.spot.on_demand_percentage : 100
        spot_allocation_strategy                 = local.spot ? var.scaling.spot.allocation : "price-capacity-optimized"
      }
    }
  }

  # The first instances, too, wait for their containers; the resource of its own below is for what changes later.
  initial_lifecycle_hook {
    name                 = local.hook
    lifecycle_transition = "autoscaling:EC2_INSTANCE_LAUNCHING"
    heartbeat_timeout    = var.scaling.launch_timeout
    default_result       = var.scaling.launch_default
  }

  # Another launch template replaces the instances, a new one beside each old one; whatever goes wrong takes all of them back.
  instance_refresh {
    strategy = "Rolling"

    preferences {
      min_healthy_percentage       = var.scaling.refresh_healthy_percentage
      max_healthy_percentage       = var.scaling.refresh_healthy_percentage == 100 ? 200 : 100
      instance_warmup              = var.scaling.warmup_seconds
      auto_rollback                = true
      skip_matching                = true
      scale_in_protected_instances = "Wait"
      standby_instances            = "Wait"

      dynamic "alarm_specification" {
        # By one output: the whole module, with what its alarms set off, depends on the group.
        for_each = var.monitoring == null ? [] : [module.monitoring[0].rollback_alarm_names]

        content {
          alarms = alarm_specification.value
        }
      }
    }
  }

  dynamic "tag" {
    for_each = local.tags

    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }

  # The boot script reaches out for packages at once, and says when it is done.
  depends_on = [module.network, module.security, module.load_balancer, aws_iam_role_policy.instance, aws_iam_role_policy.further]

  lifecycle {
    # Scaling decides on it from the first apply on.
    ignore_changes = [desired_capacity]
  }
}

resource "aws_autoscaling_lifecycle_hook" "this" {
  name                   = local.hook
  autoscaling_group_name = aws_autoscaling_group.this.name
  lifecycle_transition   = "autoscaling:EC2_INSTANCE_LAUNCHING"
  heartbeat_timeout      = var.scaling.launch_timeout
  default_result         = var.scaling.launch_default
}

resource "aws_autoscaling_policy" "cpu" {
  count = var.scaling.cpu_target == 0 ? 0 : 1

  name                   = "cpu"
  autoscaling_group_name = aws_autoscaling_group.this.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = var.scaling.cpu_target

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_autoscaling_policy" "up" {
  count = var.scaling.steps == null ? 0 : 1

  name                      = "up"
  autoscaling_group_name    = aws_autoscaling_group.this.name
  policy_type               = "StepScaling"
  adjustment_type           = "ChangeInCapacity"
  estimated_instance_warmup = var.scaling.warmup_seconds

  step_adjustment {
    metric_interval_lower_bound = 0
    scaling_adjustment          = var.scaling.steps.up
  }
}

resource "aws_autoscaling_policy" "down" {
  count = var.scaling.steps == null ? 0 : 1

  name                   = "down"
  autoscaling_group_name = aws_autoscaling_group.this.name
  policy_type            = "StepScaling"
  adjustment_type        = "ChangeInCapacity"

  step_adjustment {
    metric_interval_upper_bound = 0
    scaling_adjustment          = -var.scaling.steps.down
  }
}

resource "aws_autoscaling_schedule" "this" {
  for_each = var.scaling.schedules

  scheduled_action_name  = each.key
  autoscaling_group_name = aws_autoscaling_group.this.name
  recurrence             = each.value.cron
  time_zone              = each.value.time_zone
  min_size               = each.value.min
  max_size               = each.value.max
  desired_capacity       = each.value.desired
}

resource "aws_iam_role_policy" "further" {
  count = var.instance.policy == null ? 0 : 1

  name   = "further"
  role   = module.security.instance_role_name
  policy = var.instance.policy
}

# What the containers' host may do beyond being managed by Systems Manager.
resource "aws_iam_role_policy" "instance" {
  name = "deployment"
  role = module.security.instance_role_name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid    = "SayThatTheContainersAreHealthy"
          Effect = "Allow"
          Action = ["autoscaling:CompleteLifecycleAction", "autoscaling:RecordLifecycleActionHeartbeat"]
          Resource = [
            "arn:${local.partition}:autoscaling:${var.region}:${local.account}:autoScalingGroup:*:autoScalingGroupName/${local.group}",
          ]
        },
      ],
      var.monitoring == null ? [] : [
        {
          Sid      = "WriteLogs"
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
          Resource = ["arn:${local.partition}:logs:${var.region}:${local.account}:log-group:/ec2-docker/${var.deployment_id}/*"]
        },
        # The agent asks for the name of its instance's group. Neither action can be limited to a resource.
        {
          Sid      = "FindOwnGroup"
          Effect   = "Allow"
          Action   = ["ec2:DescribeTags"]
          Resource = ["*"]
        },
      ],
      [for namespace in var.monitoring == null ? [] : [local.metrics_namespace] : {
        Sid       = "WriteMetrics"
        Effect    = "Allow"
        Action    = ["cloudwatch:PutMetricData"]
        Resource  = ["*"]
        Condition = { StringEquals = { "cloudwatch:namespace" = namespace } }
      }],
      flatten([for repositories in [concat(var.image_repositories, module.registry[*].arn)] : [
        {
          Sid      = "LogInToTheRegistry"
          Effect   = "Allow"
          Action   = ["ecr:GetAuthorizationToken"]
          Resource = ["*"]
        },
        {
          Sid      = "PullImages"
          Effect   = "Allow"
          Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
          Resource = repositories
        },
      ] if length(var.image_repositories) > 0 || var.registry != null]),
      [for parameter in aws_ssm_parameter.database : {
        Sid      = "FindTheDatabase"
        Effect   = "Allow"
        Action   = ["ssm:GetParameter"]
        Resource = [parameter.arn]
      }],
      [for each in module.database : {
        Sid      = "ReadTheDatabasesPassword"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = [each.secret_arn]
      }],
      [for each in module.database : {
        Sid       = "DecryptIt"
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = [module.security.kms_key_arn]
        Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${var.region}.amazonaws.com" } }
      }],
      flatten([for each in module.edge : [
        {
          Sid      = "KeepFiles"
          Effect   = "Allow"
          Action   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
          Resource = ["${each.bucket_arn}/*"]
        },
        {
          Sid      = "ListFiles"
          Effect   = "Allow"
          Action   = ["s3:ListBucket"]
          Resource = [each.bucket_arn]
        },
      ]]),
    )
  })
}
