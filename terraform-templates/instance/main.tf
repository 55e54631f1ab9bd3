provider "aws" {
  region      = var.region
  max_retries = var.max_retries

  # The session's keys come by environment. Without them, the machine that Terraform happens to run on must not lend its own role.
  skip_metadata_api_check = true

  default_tags {
    tags = merge(var.tags, {
      "Name"                  = var.deployment_name
      "ec2-docker:deployment" = var.deployment_id
      "ec2-docker:name"       = var.deployment_name
      "ec2-docker:managed-by" = "ec2-docker"
    })
  }
}

data "aws_partition" "current" {}

locals {
  ubuntu_images = {
    "ubuntu-22.04" = "ubuntu/images/hvm-ssd*/ubuntu-jammy-22.04-${local.ubuntu_architecture}-server-*"
    "ubuntu-24.04" = "ubuntu/images/hvm-ssd*/ubuntu-noble-24.04-${local.ubuntu_architecture}-server-*"
  }
  ubuntu_architecture = var.architecture == "x86_64" ? "amd64" : "arm64"

  # Canonical publishes under another account in each partition.
  canonical = lookup({ aws-us-gov = "513442679011", aws-cn = "837727238323" }, data.aws_partition.current.partition, "099720109477")

  ami = one(concat(
    data.aws_ami.ubuntu[*].id,
    data.aws_ssm_parameter.al2023[*].insecure_value,
    startswith(var.machine_image, "ami-") ? [var.machine_image] : [],
  ))
}

data "aws_ami" "ubuntu" {
  count = contains(keys(local.ubuntu_images), var.machine_image) ? 1 : 0

  owners      = [local.canonical]
  most_recent = true

  filter {
    name   = "name"
    values = [local.ubuntu_images[var.machine_image]]
  }
  filter {
    name   = "architecture"
    values = [var.architecture]
  }
}

data "aws_ssm_parameter" "al2023" {
  count = var.machine_image == "al2023" ? 1 : 0

  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${var.architecture}"
}

data "aws_subnet" "this" {
  count = var.subnet_id == null ? 0 : 1

  id = var.subnet_id

  lifecycle {
    postcondition {
      condition     = var.vpc_id == null || self.vpc_id == var.vpc_id
      error_message = "subnet_id is of ${self.vpc_id}, not of the VPC in vpc_id."
    }
  }
}

# Whether a subnet gives public addresses by itself is the best sign there is of whether it is a public one.
data "aws_subnets" "candidates" {
  count = var.vpc_id != null && var.subnet_id == null ? 1 : 0

  filter {
    name   = "vpc-id"
    values = [var.vpc_id]
  }
  filter {
    name   = "map-public-ip-on-launch"
    values = [var.public_ip != false]
  }

  lifecycle {
    postcondition {
      condition     = length(self.ids) > 0
      error_message = "vpc_id has no subnet whose instances ${var.public_ip != false ? "get" : "go without"} a public address by themselves; choose one with subnet_id."
    }
  }
}

# EC2 gives the key's ARN back whatever names it, so any other name would differ in every plan.
data "aws_kms_key" "this" {
  count = var.kms_key_id == null ? 0 : 1

  key_id = var.kms_key_id
}

resource "aws_security_group" "this" {
  name_prefix = "${var.deployment_id}-"
  description = "Published ports of ${var.deployment_id}"
  vpc_id      = var.vpc_id != null ? var.vpc_id : one(data.aws_subnet.this[*].vpc_id)

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  published = { for pair in setproduct(var.ports, var.ingress_cidrs) : "${pair[0].protocol}/${pair[0].port} from ${pair[1]}" => {
    port = pair[0].port, protocol = pair[0].protocol, cidr = pair[1]
  } }
  ssh = { for cidr in var.ssh_cidrs : "tcp/22 from ${cidr}" => { port = 22, protocol = "tcp", cidr = cidr } }
}

# Merged, because AWS refuses the same rule twice when a container publishes port 22 as well.
resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = merge(local.published, local.ssh)

  security_group_id = aws_security_group.this.id
  ip_protocol       = each.value.protocol
  from_port         = each.value.port
  to_port           = each.value.port
  cidr_ipv4         = strcontains(each.value.cidr, ":") ? null : each.value.cidr
  cidr_ipv6         = strcontains(each.value.cidr, ":") ? each.value.cidr : null
}

resource "aws_vpc_security_group_egress_rule" "ipv4" {
  security_group_id = aws_security_group.this.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_egress_rule" "ipv6" {
  security_group_id = aws_security_group.this.id
  ip_protocol       = "-1"
  cidr_ipv6         = "::/0"
}

# A path of their own lets an account's policy allow iam:PassRole for these roles and no others.
resource "aws_iam_role" "this" {
  name        = var.deployment_id
  path        = "/ec2-docker/"
  description = "Lets the instance of ${var.deployment_id} be managed by Systems Manager, and nothing else"

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
  role       = aws_iam_role.this.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_instance_profile" "this" {
  name = var.deployment_id
  path = "/ec2-docker/"
  role = aws_iam_role.this.name
}

resource "aws_key_pair" "this" {
  count = var.ssh_public_key == null ? 0 : 1

  key_name_prefix = "${var.deployment_id}-"
  public_key      = var.ssh_public_key

  lifecycle {
    create_before_destroy = true
  }
}

# What an instance is launched with and cannot change: a change of the wish replaces it, a change of what AWS makes of it does not.
resource "terraform_data" "launch" {
  input = {
    machine_image = var.machine_image
    architecture  = var.architecture
    vpc_id        = var.vpc_id
    subnet_id     = var.subnet_id
    public_ip     = var.public_ip
  }
}

locals {
  subnet_id = var.subnet_id != null ? var.subnet_id : try(sort(data.aws_subnets.candidates[0].ids)[0], null)

  user_data       = filebase64("${path.module}/${var.user_data_file}")
  user_data_bytes = length(local.user_data) / 4 * 3 - length(regexall("=", local.user_data))
}

resource "aws_instance" "this" {
  ami                         = local.ami
  instance_type               = var.instance_type
  subnet_id                   = local.subnet_id
  associate_public_ip_address = var.public_ip
  vpc_security_group_ids      = [aws_security_group.this.id]
  iam_instance_profile        = aws_iam_instance_profile.this.name
  key_name                    = one(concat(aws_key_pair.this[*].key_name, var.key_name[*]))
  monitoring                  = false

  user_data_base64            = sensitive(local.user_data)
  user_data_replace_on_change = true

  # One hop keeps the role's credentials from the containers, which are a hop further away.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
    instance_metadata_tags      = "disabled"
  }

  root_block_device {
    volume_type           = "gp3"
    volume_size           = var.disk_size_gib
    encrypted             = true
    kms_key_id            = one(data.aws_kms_key.this[*].arn)
    delete_on_termination = true
  }

  dynamic "instance_market_options" {
    for_each = var.spot ? [1] : []

    content {
      market_type = "spot"

      spot_options {
        spot_instance_type             = "one-time"
        instance_interruption_behavior = "terminate"
      }
    }
  }

  # The boot script reaches out for packages at once.
  depends_on = [
    aws_vpc_security_group_egress_rule.ipv4,
    aws_vpc_security_group_egress_rule.ipv6,
    aws_iam_role_policy_attachment.ssm,
  ]

  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [terraform_data.launch]

    # A newer release of the image must not replace a running instance, nor another subnet that comes to the VPC. And AWS says of a stopped
    # instance that it has no public address, of one with an Elastic IP address that it has one: neither is a reason to replace it.
    ignore_changes = [ami, subnet_id, associate_public_ip_address]

    precondition {
      condition     = local.user_data_bytes <= 16384
      error_message = "user_data_file has ${local.user_data_bytes} bytes; EC2 takes 16384 at most."
    }
  }
}

resource "aws_eip" "this" {
  count = var.elastic_ip ? 1 : 0

  domain = "vpc"
}

resource "aws_eip_association" "this" {
  count = var.elastic_ip ? 1 : 0

  allocation_id = aws_eip.this[0].allocation_id
  instance_id   = aws_instance.this.id
}

locals {
  # The instance's own attributes still tell of the address that it had before the Elastic IP address came. AWS' "" for none becomes null.
  public_ip  = try(coalesce(var.elastic_ip ? aws_eip.this[0].public_ip : aws_instance.this.public_ip), null)
  public_dns = try(coalesce(var.elastic_ip ? aws_eip.this[0].public_dns : aws_instance.this.public_dns), null)
}
