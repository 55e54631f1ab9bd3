locals {
  # RDS takes no two dashes in a row.
  identifier = replace(var.id, "/-+/", "-")
}

resource "aws_db_subnet_group" "this" {
  name_prefix = "${var.id}-"
  description = "Subnets of ${var.id}"
  subnet_ids  = var.subnet_ids
}

resource "aws_db_parameter_group" "this" {
  name_prefix = "${local.identifier}-"
  description = "PostgreSQL of ${var.id}"
  family      = "postgres${split(".", var.database.engine_version)[0]}"

  # Nobody talks to it in clear.
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  lifecycle {
    create_before_destroy = true
  }
}

# RDS would make it by itself, without key or end.
resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/rds/instance/${local.identifier}/postgresql"
  retention_in_days = var.database.log_retention_days
  kms_key_id        = var.kms_key_arn
}

# A snapshot's name is taken for as long as the snapshot is there, and snapshots outlive databases: each database has another one.
resource "terraform_data" "final_snapshot" {
  input = "${local.identifier}-final-${formatdate("YYYYMMDDhhmmss", plantimestamp())}"
  # What RDS cannot change, so that the database is another one.
  triggers_replace = [var.database.name, var.database.username, var.kms_key_arn]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "aws_db_instance" "this" {
  identifier     = local.identifier
  engine         = "postgres"
  engine_version = var.database.engine_version
  instance_class = var.database.instance_class
  db_name        = var.database.name

  # The password is made by RDS, kept and rotated by Secrets Manager, and known to no variable, plan or state.
  username                      = var.database.username
  manage_master_user_password   = true
  master_user_secret_kms_key_id = var.kms_key_arn

  storage_type          = "gp3"
  allocated_storage     = var.database.storage_gib
  max_allocated_storage = var.database.max_storage_gib
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn

  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [var.security_group_id]
  publicly_accessible    = false
  multi_az               = var.database.multi_az
  parameter_group_name   = aws_db_parameter_group.this.name

  backup_retention_period   = var.database.backup_retention_days
  copy_tags_to_snapshot     = true
  deletion_protection       = var.database.deletion_protection
  skip_final_snapshot       = !var.database.final_snapshot
  final_snapshot_identifier = var.database.final_snapshot ? terraform_data.final_snapshot.output : null

  auto_minor_version_upgrade      = true
  allow_major_version_upgrade     = true
  apply_immediately               = true
  enabled_cloudwatch_logs_exports = ["postgresql"]

  depends_on = [aws_cloudwatch_log_group.this]
}

# RDS would rotate it each week, and containers are given it when they start:
# docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html.
resource "aws_secretsmanager_secret_rotation" "this" {
  secret_id          = aws_db_instance.this.master_user_secret[0].secret_arn
  rotate_immediately = false

  rotation_rules {
    automatically_after_days = var.database.password_rotation_days
  }
}
