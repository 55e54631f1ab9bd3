data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = var.region

  instances = var.group_name != null
  agent     = local.instances && var.monitoring.agent

  compute   = local.instances ? "AWS/EC2" : "AWS/ECS"
  where     = local.instances ? tomap({ AutoScalingGroupName = var.group_name }) : tomap({ ClusterName = var.cluster_name, ServiceName = var.service_name })
  balancing = { LoadBalancer = var.load_balancer }
  targets   = { LoadBalancer = var.load_balancer, TargetGroup = var.target_group }
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = toset(local.agent ? ["system", "security", "application"] : [])

  name              = "/ec2-docker/${var.id}/${each.key}"
  retention_in_days = var.monitoring.retention_days
  kms_key_id        = var.kms_key_arn
}

# What people are told, and what a function is called for.
resource "aws_sns_topic" "alarm" {
  name              = "${var.id}-alarm"
  kms_master_key_id = var.kms_key_arn
}

resource "aws_sns_topic" "load" {
  name              = "${var.id}-load"
  kms_master_key_id = var.kms_key_arn
}

resource "aws_sns_topic_policy" "this" {
  for_each = { alarm = aws_sns_topic.alarm.arn, load = aws_sns_topic.load.arn }

  arn = each.value

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AlarmsOfTheAccount"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = each.value
        Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
      },
      # EventBridge does not say on whose behalf it comes.
      {
        Sid       = "Events"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = each.value
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "mail" {
  for_each = toset(var.monitoring.mails)

  topic_arn = aws_sns_topic.alarm.arn
  protocol  = "email"
  endpoint  = each.key
}

resource "aws_sns_topic_subscription" "lambda" {
  for_each = toset(var.monitoring.lambda_arns)

  topic_arn = aws_sns_topic.load.arn
  protocol  = "lambda"
  endpoint  = each.key
}

resource "aws_lambda_permission" "load" {
  for_each = toset(var.monitoring.lambda_arns)

  statement_id  = var.id
  action        = "lambda:InvokeFunction"
  function_name = each.key
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.load.arn
}

resource "aws_cloudwatch_metric_alarm" "cpu_high" {
  alarm_name          = "${var.id}-cpu-high"
  alarm_description   = "CPU above ${var.monitoring.cpu_high.threshold} %"
  namespace           = local.compute
  metric_name         = "CPUUtilization"
  dimensions          = local.where
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.monitoring.cpu_high.threshold
  evaluation_periods  = var.monitoring.cpu_high.periods
  period              = var.monitoring.cpu_high.period
  alarm_actions       = concat([aws_sns_topic.load.arn], var.steps ? [var.step_up_arn] : [])
}

resource "aws_cloudwatch_metric_alarm" "cpu_low" {
  alarm_name          = "${var.id}-cpu-low"
  alarm_description   = "CPU below ${var.monitoring.cpu_low.threshold} %"
  namespace           = local.compute
  metric_name         = "CPUUtilization"
  dimensions          = local.where
  statistic           = "Average"
  comparison_operator = "LessThanThreshold"
  threshold           = var.monitoring.cpu_low.threshold
  evaluation_periods  = var.monitoring.cpu_low.periods
  period              = var.monitoring.cpu_low.period
  alarm_actions       = var.steps ? [var.step_down_arn] : []
}

resource "aws_cloudwatch_metric_alarm" "response_time" {
  alarm_name          = "${var.id}-response-time"
  alarm_description   = "Targets take more than ${var.monitoring.response_time.threshold} s to answer"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "TargetResponseTime"
  dimensions          = local.balancing
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.monitoring.response_time.threshold
  evaluation_periods  = var.monitoring.response_time.periods
  period              = var.monitoring.response_time.period
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarm.arn]
  ok_actions          = [aws_sns_topic.alarm.arn]
}

resource "aws_cloudwatch_metric_alarm" "unhealthy_hosts" {
  alarm_name          = "${var.id}-unhealthy-hosts"
  alarm_description   = "More than ${var.monitoring.unhealthy_hosts.threshold} targets are unhealthy"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "UnHealthyHostCount"
  dimensions          = local.targets
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.monitoring.unhealthy_hosts.threshold
  evaluation_periods  = var.monitoring.unhealthy_hosts.periods
  period              = var.monitoring.unhealthy_hosts.period
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarm.arn]
  ok_actions          = [aws_sns_topic.alarm.arn]
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  count = var.monitoring.errors_high == 0 ? 0 : 1

  alarm_name          = "${var.id}-errors"
  alarm_description   = "More than ${var.monitoring.errors_high} answers with a 5xx code in five minutes"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  dimensions          = local.balancing
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.monitoring.errors_high
  evaluation_periods  = 1
  period              = 300
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarm.arn]
  ok_actions          = [aws_sns_topic.alarm.arn]
}

resource "aws_cloudwatch_metric_alarm" "status_check" {
  count = local.instances ? 1 : 0

  alarm_name          = "${var.id}-status-check"
  alarm_description   = "An instance fails EC2's status checks"
  namespace           = "AWS/EC2"
  metric_name         = "StatusCheckFailed"
  dimensions          = local.where
  statistic           = "Maximum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  evaluation_periods  = var.monitoring.status_check.periods
  period              = var.monitoring.status_check.period
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarm.arn]
  ok_actions          = [aws_sns_topic.alarm.arn]
}

resource "aws_cloudwatch_metric_alarm" "memory" {
  count = var.monitoring.memory_high == 0 || (local.instances && !local.agent) ? 0 : 1

  alarm_name          = "${var.id}-memory"
  alarm_description   = "Memory above ${var.monitoring.memory_high} %"
  namespace           = local.instances ? var.namespace : "AWS/ECS"
  metric_name         = local.instances ? "mem_used_percent" : "MemoryUtilization"
  dimensions          = local.where
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.monitoring.memory_high
  evaluation_periods  = 3
  period              = 60
  alarm_actions       = [aws_sns_topic.alarm.arn]
  ok_actions          = [aws_sns_topic.alarm.arn]
}

resource "aws_cloudwatch_metric_alarm" "disk" {
  count = var.monitoring.disk_high == 0 || !local.agent ? 0 : 1

  alarm_name          = "${var.id}-disk"
  alarm_description   = "A root volume is filled above ${var.monitoring.disk_high} %"
  namespace           = var.namespace
  metric_name         = "disk_used_percent"
  dimensions          = local.where
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.monitoring.disk_high
  evaluation_periods  = 3
  period              = 60
  alarm_actions       = [aws_sns_topic.alarm.arn]
  ok_actions          = [aws_sns_topic.alarm.arn]
}

locals {
  scaling = local.instances ? jsonencode({
    source = ["aws.autoscaling"]
    "detail-type" = [
      "EC2 Instance Launch Successful", "EC2 Instance Launch Unsuccessful", "EC2 Instance Terminate Successful", "EC2 Instance Terminate Unsuccessful",
      "EC2 Auto Scaling Instance Refresh Started", "EC2 Auto Scaling Instance Refresh Succeeded", "EC2 Auto Scaling Instance Refresh Failed",
      "EC2 Auto Scaling Instance Refresh Rollback Started", "EC2 Auto Scaling Instance Refresh Rollback Succeeded",
    ]
    detail = { AutoScalingGroupName = [var.group_name] }
    }) : jsonencode({
    source        = ["aws.ecs"]
    "detail-type" = ["ECS Deployment State Change", "ECS Service Action"]
    resources     = ["arn:${local.partition}:ecs:${local.region}:${local.account}:service/${coalesce(var.cluster_name, "none")}/${coalesce(var.service_name, "none")}"]
  })

  events = merge({ for name, pattern in { scaling = local.scaling } : name => pattern if var.monitoring.scaling_events }, var.monitoring.event_patterns)
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each = local.events

  name          = "${var.id}-${each.key}"
  description   = "Told to those who hear of the alarms of ${var.id}"
  event_pattern = each.value
}

resource "aws_cloudwatch_event_target" "this" {
  for_each = local.events

  rule      = aws_cloudwatch_event_rule.this[each.key].name
  target_id = "alarm"
  arn       = aws_sns_topic.alarm.arn
}

locals {
  files = {
    "/var/log/syslog"                        = "system"
    "/var/log/messages"                      = "system"
    "/var/log/auth.log"                      = "security"
    "/var/log/secure"                        = "security"
    "/var/log/ec2-docker.log"                = "application"
    "/var/lib/docker/containers/*/*json.log" = "application"
  }
}

resource "aws_ssm_parameter" "agent" {
  count = local.agent ? 1 : 0

  name        = "/ec2-docker/${var.id}/cloudwatch-agent"
  description = "Configuration of the CloudWatch agent of ${var.id}"
  type        = "String"

  value = jsonencode({
    agent = { metrics_collection_interval = 60, run_as_user = "root" }
    metrics = {
      namespace              = var.namespace
      append_dimensions      = { AutoScalingGroupName = "$${aws:AutoScalingGroupName}", InstanceId = "$${aws:InstanceId}" }
      aggregation_dimensions = [["AutoScalingGroupName"]]
      metrics_collected = {
        mem  = { measurement = ["mem_used_percent"] }
        disk = { measurement = ["used_percent"], resources = ["/"], drop_device = true }
      }
    }
    logs = { logs_collected = { files = { collect_list = [for path, group in local.files : {
      file_path       = path
      log_group_name  = aws_cloudwatch_log_group.this[group].name
      log_stream_name = "{instance_id}"
    }] } } }
  })
}

# Systems Manager carries it out on every instance with the deployment's tag, those that come later too; the boot script stays as small.
resource "aws_ssm_document" "agent" {
  count = local.agent ? 1 : 0

  name            = "${var.id}-cloudwatch-agent"
  document_type   = "Command"
  document_format = "JSON"
  target_type     = "/AWS::EC2::Instance"

  content = jsonencode({
    schemaVersion = "2.2"
    description   = "Installs the CloudWatch agent and gives it its configuration"
    parameters = {
      configuration = { type = "String", description = "Parameter that holds the configuration" }
      release       = { type = "String", description = "Version of that parameter; another one carries this out again" }
    }
    mainSteps = [
      {
        action = "aws:runDocument"
        name   = "install"
        inputs = {
          documentType       = "SSMDocument"
          documentPath       = "AWS-ConfigureAWSPackage"
          documentParameters = jsonencode({ action = "Install", name = "AmazonCloudWatchAgent" })
        }
      },
      {
        action = "aws:runDocument"
        name   = "configure"
        inputs = {
          documentType = "SSMDocument"
          documentPath = "AmazonCloudWatch-ManageAgent"
          documentParameters = jsonencode({
            action                        = "configure"
            mode                          = "ec2"
            optionalConfigurationSource   = "ssm"
            optionalConfigurationLocation = "{{ configuration }}"
            optionalRestart               = "yes"
          })
        }
      },
    ]
  })
}

resource "aws_ssm_association" "agent" {
  count = local.agent ? 1 : 0

  name             = aws_ssm_document.agent[0].name
  association_name = "${var.id}-cloudwatch-agent"

  parameters = {
    configuration = aws_ssm_parameter.agent[0].name
    release       = tostring(aws_ssm_parameter.agent[0].version)
  }

  targets {
    key    = "tag:ec2-docker:deployment"
    values = [var.id]
  }
}

locals {
  of_compute = flatten([for k, v in local.where : [k, v]])
  # What each graph shows, from left to right.
  graphs = [for graph in [
    { there = true, title = "CPU", metrics = [concat([local.compute, "CPUUtilization"], local.of_compute)] },
    { there = true, title = "Requests", metrics = [["AWS/ApplicationELB", "RequestCount", "LoadBalancer", var.load_balancer, { stat = "Sum" }]] },
    { there = true, title = "Seconds to answer", metrics = [["AWS/ApplicationELB", "TargetResponseTime", "LoadBalancer", var.load_balancer], ["...", { stat = "p95" }]] },
    { there = true, title = "Errors", metrics = [
      ["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", "LoadBalancer", var.load_balancer, { stat = "Sum" }],
      [".", "HTTPCode_ELB_5XX_Count", ".", ".", { stat = "Sum" }],
      [".", "HTTPCode_Target_4XX_Count", ".", ".", { stat = "Sum" }],
    ] },
    { there = true, title = "Targets", metrics = [
      ["AWS/ApplicationELB", "HealthyHostCount", "TargetGroup", var.target_group, "LoadBalancer", var.load_balancer, { stat = "Minimum" }],
      [".", "UnHealthyHostCount", ".", ".", ".", ".", { stat = "Maximum" }],
    ] },
    { there = local.instances, title = "Network", metrics = [
      concat(["AWS/EC2", "NetworkIn"], local.of_compute, [{ stat = "Sum" }]),
      concat(["AWS/EC2", "NetworkOut"], local.of_compute, [{ stat = "Sum" }]),
    ] },
    { there = local.instances, title = "Instances", metrics = [
      concat(["AWS/AutoScaling", "GroupInServiceInstances"], local.of_compute),
      concat(["AWS/AutoScaling", "GroupDesiredCapacity"], local.of_compute),
    ] },
    { there = local.agent, title = "Memory and disk", metrics = [
      concat([var.namespace, "mem_used_percent"], local.of_compute),
      concat([var.namespace, "disk_used_percent"], local.of_compute, [{ stat = "Maximum" }]),
    ] },
    { there = !local.instances, title = "Memory", metrics = [concat(["AWS/ECS", "MemoryUtilization"], local.of_compute)] },
    { there = var.database != null, title = "Database", metrics = [
      ["AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", var.database],
      [".", "DatabaseConnections", ".", "."],
      [".", "FreeStorageSpace", ".", ".", { yAxis = "right" }],
    ] },
  ] : graph if graph.there]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.id

  dashboard_body = jsonencode({
    widgets = [for i, graph in local.graphs : {
      type   = "metric"
      x      = i % 3 * 8
      y      = floor(i / 3) * 6
      width  = 8
      height = 6
      properties = {
        title   = graph.title
        region  = local.region
        period  = 60
        stat    = "Average"
        metrics = graph.metrics
      }
    }]
  })
}
