data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

locals {
  partition = data.aws_partition.current.partition
  account   = data.aws_caller_identity.current.account_id
  region    = var.region
}

# One key for all that the deployment keeps: volumes, logs, notifications, the database, its password, images and backups.
resource "aws_kms_key" "this" {
  description             = "Data of ${var.id}"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "PoliciesOfTheAccountDecide"
        Effect    = "Allow"
        Principal = { AWS = "arn:${local.partition}:iam::${local.account}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      # As AWS' own key for EBS has it. A group launches by AWS' role for Auto Scaling, which need not exist before the first group does
      # and therefore cannot be named.
      {
        Sid       = "VolumesOfWhoeverMayUseEc2"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
        Resource  = "*"
        Condition = { StringEquals = {
          "kms:CallerAccount" = local.account
          "kms:ViaService"    = "ec2.${local.region}.amazonaws.com"
        } }
      },
      {
        Sid       = "LogGroupsOfTheDeployment"
        Effect    = "Allow"
        Principal = { Service = "logs.${local.region}.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:Describe*", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
        Resource  = "*"
        Condition = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = [
          "arn:${local.partition}:logs:${local.region}:${local.account}:log-group:/ec2-docker/${var.id}/*",
          "arn:${local.partition}:logs:${local.region}:${local.account}:log-group:/aws/ecs/containerinsights/${var.id}/*",
          "arn:${local.partition}:logs:${local.region}:${local.account}:log-group:/aws/rds/instance/${replace(var.id, "/-+/", "-")}/*",
        ] } }
      },
      {
        Sid       = "NotificationsOfAlarms"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
      },
      # EventBridge does not say on whose behalf it comes.
      {
        Sid       = "NotificationsOfEvents"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
      },
    ]
  })
}

resource "aws_kms_alias" "this" {
  name          = "alias/ec2-docker/${var.id}"
  target_key_id = aws_kms_key.this.key_id
}

# Each group by itself and its rules beside it: groups that name each other could not be made or removed otherwise.
resource "aws_security_group" "load_balancer" {
  name_prefix = "${var.id}-load-balancer-"
  description = "Load balancer of ${var.id}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  for_each = {
    for pair in setproduct(var.listener_ports, var.ingress_cidrs) :
    "tcp/${pair[0]} from ${pair[1]}" => { port = pair[0], cidr = pair[1] }
  }

  security_group_id = aws_security_group.load_balancer.id
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  cidr_ipv4         = strcontains(each.value.cidr, ":") ? null : each.value.cidr
  cidr_ipv6         = strcontains(each.value.cidr, ":") ? each.value.cidr : null
}

# The addresses that CloudFront asks from, kept by AWS. A rule with them counts as 55 of the 60 that a group may have, so there is one
# alone.
data "aws_ec2_managed_prefix_list" "cloudfront" {
  count = var.edge_port == null ? 0 : 1

  name = "com.amazonaws.global.cloudfront.origin-facing"
}

resource "aws_vpc_security_group_ingress_rule" "cloudfront" {
  count = var.edge_port == null ? 0 : 1

  security_group_id = aws_security_group.load_balancer.id
  ip_protocol       = "tcp"
  from_port         = var.edge_port
  to_port           = var.edge_port
  prefix_list_id    = data.aws_ec2_managed_prefix_list.cloudfront[0].id
}

resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  for_each = toset([for port in var.workload_ports : tostring(port)])

  security_group_id            = aws_security_group.load_balancer.id
  ip_protocol                  = "tcp"
  from_port                    = tonumber(each.key)
  to_port                      = tonumber(each.key)
  referenced_security_group_id = aws_security_group.workload.id
}

resource "aws_security_group" "workload" {
  name_prefix = "${var.id}-workload-"
  description = "Containers of ${var.id}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "workload" {
  for_each = toset([for port in var.workload_ports : tostring(port)])

  security_group_id            = aws_security_group.workload.id
  ip_protocol                  = "tcp"
  from_port                    = tonumber(each.key)
  to_port                      = tonumber(each.key)
  referenced_security_group_id = aws_security_group.load_balancer.id
}

# Packages, images and whatever the containers call are anywhere.
resource "aws_vpc_security_group_egress_rule" "workload" {
  security_group_id = aws_security_group.workload.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_security_group" "endpoints" {
  count = var.endpoints ? 1 : 0

  name_prefix = "${var.id}-endpoints-"
  description = "VPC endpoints of ${var.id}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  count = var.endpoints ? 1 : 0

  security_group_id            = aws_security_group.endpoints[0].id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.workload.id
}

# The endpoints' names are the whole VPC's: a bastion that could not reach them could not be reached by Session Manager.
resource "aws_vpc_security_group_ingress_rule" "endpoints_bastion" {
  count = var.endpoints && var.bastion_cidrs != null ? 1 : 0

  security_group_id            = aws_security_group.endpoints[0].id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.bastion[0].id
}

resource "aws_security_group" "database" {
  count = var.database ? 1 : 0

  name_prefix = "${var.id}-database-"
  description = "Database of ${var.id}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  count = var.database ? 1 : 0

  security_group_id            = aws_security_group.database[0].id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = aws_security_group.workload.id
}

resource "aws_security_group" "bastion" {
  count = var.bastion_cidrs != null ? 1 : 0

  name_prefix = "${var.id}-bastion-"
  description = "Bastion of ${var.id}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "bastion" {
  for_each = toset(var.bastion_cidrs != null ? var.bastion_cidrs : [])

  security_group_id = aws_security_group.bastion[0].id
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = each.key
}

# Session Manager, packages, and the instances behind it.
resource "aws_vpc_security_group_egress_rule" "bastion" {
  for_each = var.bastion_cidrs != null ? { "https" = 443, "ssh" = 22 } : {}

  security_group_id = aws_security_group.bastion[0].id
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "workload_ssh" {
  count = var.workload_ssh && var.bastion_cidrs != null ? 1 : 0

  security_group_id            = aws_security_group.workload.id
  ip_protocol                  = "tcp"
  from_port                    = 22
  to_port                      = 22
  referenced_security_group_id = aws_security_group.bastion[0].id
}

resource "aws_vpc_security_group_ingress_rule" "workload_ssh_networks" {
  for_each = toset(var.workload_ssh_cidrs)

  security_group_id = aws_security_group.workload.id
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = strcontains(each.key, ":") ? null : each.key
  cidr_ipv6         = strcontains(each.key, ":") ? each.key : null
}

# A path of their own lets an account's policy allow iam:PassRole for these roles and no others. IAM takes 38 characters before what makes
# the name unique.
resource "aws_iam_role" "instance" {
  count = var.instance_role ? 1 : 0

  name_prefix          = "${substr(var.id, 0, 37)}-"
  path                 = "/ec2-docker/"
  description          = "What the instances of ${var.id} may do"
  permissions_boundary = var.permissions_boundary

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.${data.aws_partition.current.dns_suffix}" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "ssm" {
  count = var.instance_role ? 1 : 0

  role       = aws_iam_role.instance[0].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_instance_profile" "instance" {
  count = var.instance_role ? 1 : 0

  name_prefix = "${substr(var.id, 0, 37)}-"
  path        = "/ec2-docker/"
  role        = aws_iam_role.instance[0].name

  depends_on = [aws_iam_role_policy_attachment.ssm]
}
