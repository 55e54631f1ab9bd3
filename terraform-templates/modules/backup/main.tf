data "aws_partition" "current" {}

locals {
  partition = data.aws_partition.current.partition

  # Days of the month and days of the week exclude each other: one of the two fields is a question mark.
  rules = { for name, rule in {
    daily   = { days = var.backup.daily_retention_days, cron = "cron(0 ${var.backup.hour} ? * * *)" }
    weekly  = { days = var.backup.weekly_retention_days, cron = "cron(0 ${var.backup.hour} ? * 1 *)" }
    monthly = { days = var.backup.monthly_retention_days, cron = "cron(0 ${var.backup.hour} 1 * ? *)" }
  } : name => rule if rule.days > 0 }
}

resource "aws_backup_vault" "this" {
  name        = var.id
  kms_key_arn = var.kms_key_arn
  # AWS keeps a vault that has backups in it.
  force_destroy = var.backup.delete_backups
}

resource "aws_backup_plan" "this" {
  name = var.id

  dynamic "rule" {
    for_each = local.rules

    content {
      rule_name                    = rule.key
      target_vault_name            = aws_backup_vault.this.name
      schedule                     = rule.value.cron
      schedule_expression_timezone = var.backup.time_zone
      start_window                 = 60
      completion_window            = 480

      lifecycle {
        delete_after = rule.value.days
      }

      dynamic "copy_action" {
        for_each = var.backup.copy_vault_arn == null ? [] : [var.backup.copy_vault_arn]

        content {
          destination_vault_arn = copy_action.value

          lifecycle {
            delete_after = var.backup.copy_retention_days
          }
        }
      }
    }
  }
}

resource "aws_iam_role" "this" {
  name_prefix          = "${substr(var.id, 0, 37)}-"
  path                 = "/ec2-docker/"
  description          = "Lets AWS Backup make and restore backups of ${var.id}"
  permissions_boundary = var.permissions_boundary

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "backup.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = toset(["AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores"])

  role       = aws_iam_role.this.name
  policy_arn = "arn:${local.partition}:iam::aws:policy/service-role/${each.key}"
}

# By the tag alone AWS Backup would take everything that it can back up: each instance as an image, and buckets of logs. Conditions narrow the
# resources (docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html).
resource "aws_backup_selection" "this" {
  name         = var.id
  plan_id      = aws_backup_plan.this.id
  iam_role_arn = aws_iam_role.this.arn

  resources = concat(["arn:${local.partition}:rds:*:*:db:*"], var.backup.volumes ? ["arn:${local.partition}:ec2:*:*:volume/*"] : [])

  condition {
    string_equals {
      key   = "aws:ResourceTag/ec2-docker:deployment"
      value = var.id
    }
  }

  depends_on = [aws_iam_role_policy_attachment.this]
}
