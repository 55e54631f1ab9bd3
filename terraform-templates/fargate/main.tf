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

  # Known before the service is, so that its alarms can name it.
  service = "containers"

  # Requests go to the first container with a port, by its first port.
  entry          = [for container in var.containers : container if length(container.ports) > 0][0]
  target_port    = local.entry.ports[0]
  listener_ports = concat([var.load_balancer.http_port], var.load_balancer.certificate_arn == null ? [] : [var.load_balancer.https_port])
  # CloudFront speaks HTTPS to a load balancer that has a certificate.
  edge_port = var.load_balancer.certificate_arn == null ? var.load_balancer.http_port : var.load_balancer.https_port

  health_port = coalesce(var.load_balancer.health_check.port, local.target_port)

  spot = var.scaling.spot != null
}

module "network" {
  source = "./modules/network"

  id                         = var.deployment_id
  region                     = var.region
  name                       = var.deployment_name
  network                    = var.network
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
  workload_ssh       = false
  workload_ssh_cidrs = []
  instance_role      = false

  permissions_boundary = var.permissions_boundary
}

module "load_balancer" {
  source = "./modules/load-balancer"

  id                = var.deployment_id
  vpc_id            = module.network.vpc_id
  subnet_ids        = module.network.public_subnet_ids
  security_group_id = module.security.load_balancer_group_id
  target_type       = "ip"
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
  group_name    = null
  namespace     = null
  cluster_name  = aws_ecs_cluster.this.name
  service_name  = local.service
  load_balancer = module.load_balancer.arn_suffix
  target_group  = module.load_balancer.target_group_arn_suffix
  database      = one(module.database[*].identifier)
  steps         = var.scaling.steps != null
  step_up_arn   = one(aws_appautoscaling_policy.up[*].arn)
  step_down_arn = one(aws_appautoscaling_policy.down[*].arn)
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

resource "aws_cloudwatch_log_group" "containers" {
  name              = "/ec2-docker/${var.deployment_id}/containers"
  retention_in_days = var.monitoring == null ? 30 : var.monitoring.retention_days
  kms_key_id        = module.security.kms_key_arn
}

# Container Insights would make it by itself, without key or end, and leave it behind:
# docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-view-metrics.html.
resource "aws_cloudwatch_log_group" "insights" {
  count = var.monitoring == null ? 0 : 1

  name              = "/aws/ecs/containerinsights/${var.deployment_id}/performance"
  retention_in_days = var.monitoring.retention_days
  kms_key_id        = module.security.kms_key_arn
}

resource "aws_ecs_cluster" "this" {
  name = var.deployment_id

  depends_on = [aws_cloudwatch_log_group.insights]

  setting {
    name  = "containerInsights"
    value = var.monitoring == null ? "disabled" : "enabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]
}

locals {
  # A path of their own lets an account's policy allow iam:PassRole for these roles and no others. IAM takes 38 characters before what makes
  # the name unique.
  iam_name_prefix = "${substr(var.deployment_id, 0, 37)}-"

  assumed_by_tasks = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })

  # What a container's secret is part of: without the JSON key that may follow a secret's ARN.
  secrets = distinct([
    for arn in flatten([for c in var.containers : values(c.secrets)]) :
    join(":", slice(split(":", arn), 0, min(7, length(split(":", arn))))) if strcontains(arn, ":secretsmanager:")
  ])
  parameters = distinct([for arn in flatten([for c in var.containers : values(c.secrets)]) : arn if strcontains(arn, ":ssm:")])
}

# What ECS itself needs to start a task: its images, its logs and its secrets, each by name.
resource "aws_iam_role" "execution" {
  name_prefix          = local.iam_name_prefix
  path                 = "/ec2-docker/"
  description          = "Lets ECS start the tasks of ${var.deployment_id}"
  permissions_boundary = var.permissions_boundary
  assume_role_policy   = local.assumed_by_tasks
}

resource "aws_iam_role_policy" "execution" {
  name = "deployment"
  role = aws_iam_role.execution.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "WriteLogs"
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = ["${aws_cloudwatch_log_group.containers.arn}:*"]
        },
        {
          Sid      = "LogInToRegistries"
          Effect   = "Allow"
          Action   = ["ecr:GetAuthorizationToken"]
          Resource = ["*"]
        },
        # Of this account and region, for what an image's name says of the repository is known to the request alone.
        {
          Sid      = "PullImages"
          Effect   = "Allow"
          Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
          Resource = ["arn:${local.partition}:ecr:${var.region}:${local.account}:repository/*"]
        },
      ],
      [for resources in [concat(local.secrets, module.database[*].secret_arn)] : {
        Sid      = "ReadSecrets"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = resources
      } if length(local.secrets) > 0 || var.database != null],
      [for resources in [local.parameters] : {
        Sid      = "ReadParameters"
        Effect   = "Allow"
        Action   = ["ssm:GetParameters"]
        Resource = resources
      } if length(resources) > 0],
      [for each in module.database : {
        Sid       = "DecryptThePassword"
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = [module.security.kms_key_arn]
        Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${var.region}.amazonaws.com" } }
      }],
    )
  })
}

# What the containers may do: nothing, but for what the request says.
resource "aws_iam_role" "task" {
  name_prefix          = local.iam_name_prefix
  path                 = "/ec2-docker/"
  description          = "What the containers of ${var.deployment_id} may do"
  permissions_boundary = var.permissions_boundary
  assume_role_policy   = local.assumed_by_tasks
}

resource "aws_iam_role_policy" "exec" {
  count = var.task.exec ? 1 : 0

  name = "exec"
  role = aws_iam_role.task.id

  # As ECS Exec needs it (Amazon ECS developer guide); none of these can be limited to a resource.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = [
        "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
      ]
      Resource = "*"
    }]
  })
}

resource "aws_iam_role_policy" "files" {
  count = var.edge == null ? 0 : 1

  name = "files"
  role = aws_iam_role.task.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
        Resource = "${module.edge[0].bucket_arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = module.edge[0].bucket_arn
      },
    ]
  })
}

resource "aws_iam_role_policy" "further" {
  count = var.task.policy == null ? 0 : 1

  name   = "further"
  role   = aws_iam_role.task.id
  policy = var.task.policy
}

locals {
  database_environment = merge([for each in module.database : {
    DATABASE_HOST = each.address
    DATABASE_PORT = tostring(each.port)
    DATABASE_NAME = each.name
  }]...)

  database_secrets = merge([for each in module.database : {
    DATABASE_USERNAME = "${each.secret_arn}:username::"
    DATABASE_PASSWORD = "${each.secret_arn}:password::"
  }]...)

  # What is null or empty is left out, for ECS gives a definition back without it. A container's own environment goes before the database's.
  definitions = [for c in var.containers : { for key, value in {
    name      = c.name
    image     = c.image
    essential = c.essential
    cpu       = c.cpu
    memory    = c.memory
    user      = c.user

    command    = length(c.command) == 0 ? null : c.command
    entryPoint = length(c.entrypoint) == 0 ? null : c.entrypoint

    readonlyRootFilesystem = c.read_only
    linuxParameters = merge(
      { initProcessEnabled = true },
      length(c.drop_capabilities) == 0 ? {} : { capabilities = { drop = c.drop_capabilities } },
    )

    portMappings = [for port in c.ports : { containerPort = port, hostPort = port, protocol = "tcp" }]

    environment = [
      for name, value in merge({ for k, v in local.database_environment : k => v if !contains(keys(c.secrets), k) }, c.environment) :
      { name = name, value = value }
    ]
    secrets = [
      for name, arn in merge({ for k, v in local.database_secrets : k => v if !contains(keys(c.environment), k) }, c.secrets) :
      { name = name, valueFrom = arn }
    ]

    healthCheck = c.health_command == null ? null : {
      command     = ["CMD-SHELL", c.health_command]
      interval    = 30
      timeout     = 5
      retries     = 3
      startPeriod = 60
    }

    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.containers.name
        awslogs-region        = var.region
        awslogs-stream-prefix = "task"
      }
    }
  } : key => value if value != null }]
}

# The revision of before stays registered until the new one has taken over, so that the service can go back to it; the engine deregisters it then:
# docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html.
resource "aws_ecs_task_definition" "this" {
  skip_destroy = true

  family                   = var.deployment_id
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.task.cpu
  memory                   = var.task.memory
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  container_definitions    = jsonencode(local.definitions)

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = upper(var.task.architecture)
  }

  dynamic "ephemeral_storage" {
    for_each = var.task.disk_size_gib == null ? [] : [var.task.disk_size_gib]

    content {
      size_in_gib = ephemeral_storage.value
    }
  }
}

resource "aws_ecs_service" "this" {
  name            = local.service
  cluster         = aws_ecs_cluster.this.id
  task_definition = aws_ecs_task_definition.this.arn
  desired_count   = coalesce(var.scaling.desired, var.scaling.min)

  platform_version       = "LATEST"
  propagate_tags         = "SERVICE"
  enable_execute_command = var.task.exec
  force_delete           = true
  # Else another share of spot would replace the service, instead of its tasks one after the other.
  force_new_deployment = true
  # A run looks at the service itself. A service that Terraform had waited for in vain would be tainted, and replaced by the next apply.
  wait_for_steady_state = false

  health_check_grace_period_seconds  = var.scaling.grace_seconds
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200

  dynamic "capacity_provider_strategy" {
    for_each = local.spot ? {
      "FARGATE"      = var.scaling.spot.on_demand_percentage
      "FARGATE_SPOT" = 100 - var.scaling.spot.on_demand_percentage
    } : { "FARGATE" = 100 }

    content {
      capacity_provider = capacity_provider_strategy.key
      weight            = capacity_provider_strategy.value
      base              = local.spot && capacity_provider_strategy.key == "FARGATE" ? var.scaling.spot.on_demand_base : 0
    }
  }

  network_configuration {
    subnets          = module.network.private_subnet_ids
    security_groups  = [module.security.workload_group_id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = module.load_balancer.target_group_arn
    container_name   = local.entry.name
    container_port   = local.target_port
  }

  # A version whose tasks do not come up, or whose alarms go off, is taken back.
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  dynamic "alarms" {
    # By one output: the whole module, with what its alarms set off, depends on the service.
    for_each = var.monitoring == null ? [] : [module.monitoring[0].rollback_alarm_names]

    content {
      alarm_names = alarms.value
      enable      = true
      rollback    = true
    }
  }

  # Tasks reach out for images and secrets at once, and an image cannot be pulled by a role that may not yet do so.
  depends_on = [
    module.network, module.security, module.load_balancer, aws_ecs_cluster_capacity_providers.this, aws_iam_role_policy.execution,
  ]

  lifecycle {
    # Scaling decides on it from the first apply on.
    ignore_changes = [desired_count]
  }
}

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.this.name}"
  min_capacity       = var.scaling.min
  max_capacity       = var.scaling.max
}

resource "aws_appautoscaling_policy" "target" {
  for_each = { for metric, target in {
    ECSServiceAverageCPUUtilization    = var.scaling.cpu_target
    ECSServiceAverageMemoryUtilization = var.scaling.memory_target
  } : metric => target if target > 0 }

  name               = each.key
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = each.value

    predefined_metric_specification {
      predefined_metric_type = each.key
    }
  }
}

resource "aws_appautoscaling_policy" "up" {
  count = var.scaling.steps == null ? 0 : 1

  name               = "up"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
    cooldown        = 60

    step_adjustment {
      metric_interval_lower_bound = 0
      scaling_adjustment          = var.scaling.steps.up
    }
  }
}

resource "aws_appautoscaling_policy" "down" {
  count = var.scaling.steps == null ? 0 : 1

  name               = "down"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
    cooldown        = 300

    step_adjustment {
      metric_interval_upper_bound = 0
      scaling_adjustment          = -var.scaling.steps.down
    }
  }
}

locals {
  # As five fields of cron; AWS wants a year as well, and a question mark for the one of two kinds of days that is not said.
  schedules = { for name, s in var.scaling.schedules : name => merge(s, {
    fields = split(" ", s.cron)
  }) }
}

resource "aws_appautoscaling_scheduled_action" "this" {
  for_each = local.schedules

  name               = each.key
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id
  timezone           = each.value.time_zone

  schedule = format("cron(%s %s %s %s %s *)",
    each.value.fields[0], each.value.fields[1],
    each.value.fields[4] == "*" ? each.value.fields[2] : "?",
    each.value.fields[3],
    each.value.fields[4] == "*" ? "?" : each.value.fields[4],
  )

  scalable_target_action {
    min_capacity = each.value.min
    max_capacity = each.value.max
  }
}
