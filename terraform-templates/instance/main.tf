provider "aws" {
  region      = var.region
  max_retries = var.max_retries

  # The session's keys come by environment. Without them, the machine that Terraform happens to run on must not lend its own role.
  skip_metadata_api_check = true
  # AWS has newer Regions than the provider knows.
  skip_region_validation = true

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
    "ubuntu-22.04" = "ubuntu/images/hvm-ssd*/ubuntu-jammy-22.04-%s-server-*"
    "ubuntu-24.04" = "ubuntu/images/hvm-ssd*/ubuntu-noble-24.04-%s-server-*"
  }

  # Canonical publishes under another account in each partition.
  canonical = lookup({ aws-us-gov = "513442679011", aws-cn = "837727238323" }, data.aws_partition.current.partition, "099720109477")

  ami = { for key, g in var.generations : key =>
    try(data.aws_ami.ubuntu[key].id, data.aws_ssm_parameter.al2023[key].insecure_value, g.machine_image)
  }
}

data "aws_ami" "ubuntu" {
  for_each = { for key, g in var.generations : key => g if contains(keys(local.ubuntu_images), g.machine_image) }

  owners      = [local.canonical]
  most_recent = true

  filter {
    name   = "name"
    values = [format(local.ubuntu_images[each.value.machine_image], each.value.architecture == "x86_64" ? "amd64" : "arm64")]
  }
  filter {
    name   = "architecture"
    values = [each.value.architecture]
  }
}

data "aws_ssm_parameter" "al2023" {
  for_each = { for key, g in var.generations : key => g if g.machine_image == "al2023" }

  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${each.value.architecture}"
}

data "aws_subnet" "this" {
  for_each = { for key, g in var.generations : key => g if g.subnet_id != null }

  id = each.value.subnet_id

  lifecycle {
    postcondition {
      condition     = each.value.vpc_id == null || self.vpc_id == each.value.vpc_id
      error_message = "subnet_id is of ${self.vpc_id}, not of the VPC in vpc_id."
    }
  }
}

# Not every zone has every type, and EC2 does not look for another subnet.
data "aws_ec2_instance_type_offerings" "this" {
  for_each = { for key, g in var.generations : key => g if g.vpc_id != null && g.subnet_id == null }

  location_type = "availability-zone"

  filter {
    name   = "instance-type"
    values = [each.value.instance_type]
  }
}

# Whether a subnet gives public addresses by itself is the best sign there is of whether it is a public one.
data "aws_subnets" "candidates" {
  for_each = { for key, g in var.generations : key => g if g.vpc_id != null && g.subnet_id == null }

  filter {
    name   = "vpc-id"
    values = [each.value.vpc_id]
  }
  filter {
    name   = "map-public-ip-on-launch"
    values = [each.value.public_ip != false]
  }
  filter {
    name   = "availability-zone"
    values = coalescelist(tolist(data.aws_ec2_instance_type_offerings.this[each.key].locations), ["none"])
  }

  lifecycle {
    postcondition {
      condition     = length(self.ids) > 0
      error_message = "vpc_id has no subnet whose instances ${each.value.public_ip != false ? "get" : "go without"} a public address by themselves in an Availability Zone that offers ${each.value.instance_type}; choose one with subnet_id, or another instance type."
    }
  }
}

# EC2 gives the key's ARN back whatever names it, so any other name would differ in every plan.
data "aws_kms_key" "this" {
  for_each = { for key, g in var.generations : key => g if g.kms_key_id != null }

  key_id = each.value.kms_key_id
}

locals {
  # A security group is of one VPC: two generations share theirs unless the newer one moves to another.
  vpcs = { for key, g in var.generations : key => g.vpc_id != null ? g.vpc_id : try(data.aws_subnet.this[key].vpc_id, "default") }
}

resource "aws_security_group" "this" {
  for_each = toset(values(local.vpcs))

  name_prefix = "${var.deployment_id}-"
  description = "Published ports of ${var.deployment_id}"
  vpc_id      = each.key == "default" ? null : each.key

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  # Both generations' while there are two: neither may be cut off. Merged also because AWS refuses the same rule twice, as when a container
  # publishes port 22.
  rules = merge(flatten([for key, g in var.generations : [
    { for pair in setproduct(g.ports, g.ingress_cidrs) :
      "${pair[0].protocol}/${pair[0].port} from ${pair[1]}${local.vpcs[key] == "default" ? "" : " in ${local.vpcs[key]}"}" =>
      { vpc = local.vpcs[key], port = pair[0].port, protocol = pair[0].protocol, cidr = pair[1] }
    },
    { for cidr in g.ssh_cidrs :
      "tcp/22 from ${cidr}${local.vpcs[key] == "default" ? "" : " in ${local.vpcs[key]}"}" =>
      { vpc = local.vpcs[key], port = 22, protocol = "tcp", cidr = cidr }
    },
  ]])...)
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = local.rules

  security_group_id = aws_security_group.this[each.value.vpc].id
  ip_protocol       = each.value.protocol
  from_port         = each.value.port
  to_port           = each.value.port
  cidr_ipv4         = strcontains(each.value.cidr, ":") ? null : each.value.cidr
  cidr_ipv6         = strcontains(each.value.cidr, ":") ? each.value.cidr : null
}

resource "aws_vpc_security_group_egress_rule" "ipv4" {
  for_each = aws_security_group.this

  security_group_id = each.value.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_egress_rule" "ipv6" {
  for_each = aws_security_group.this

  security_group_id = each.value.id
  ip_protocol       = "-1"
  cidr_ipv6         = "::/0"
}

locals {
  # Instances are created before their predecessors are destroyed, and so is what they depend on. One that is left half made is replaced by the
  # next apply, which a fixed name would not allow. IAM takes 38 characters before what makes the name unique.
  iam_name_prefix = "${substr(var.deployment_id, 0, 37)}-"
}

# A path of their own lets an account's policy allow iam:PassRole for these roles and no others.
resource "aws_iam_role" "this" {
  name_prefix          = local.iam_name_prefix
  path                 = "/ec2-docker/"
  description          = "Lets the instance of ${var.deployment_id} be managed by Systems Manager, and nothing else"
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
  role       = aws_iam_role.this.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_instance_profile" "this" {
  name_prefix = local.iam_name_prefix
  path        = "/ec2-docker/"
  role        = aws_iam_role.this.name
}

resource "aws_key_pair" "this" {
  for_each = { for key, g in var.generations : key => g if g.ssh_public_key != null }

  key_name_prefix = "${var.deployment_id}-"
  public_key      = each.value.ssh_public_key

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  subnet_id = { for key, g in var.generations : key =>
    g.subnet_id != null ? g.subnet_id : try(sort(data.aws_subnets.candidates[key].ids)[0], null)
  }

  user_data       = { for key, g in var.generations : key => filebase64("${path.module}/${g.user_data_file}") }
  user_data_bytes = { for key, data in local.user_data : key => length(data) / 4 * 3 - length(regexall("=", data)) }
}

# What an instance is launched with and cannot change is part of its key, so that a wish for something else is an instance beside it. The
# old one goes only when its key does, which is a step of its own.
resource "aws_instance" "this" {
  for_each = var.generations

  ami           = local.ami[each.key]
  instance_type = each.value.instance_type
  subnet_id     = local.subnet_id[each.key]

  # One that has yet to take over the Elastic IP address must reach the network without it.
  associate_public_ip_address = each.value.public_ip == null && each.value.elastic_ip && each.key != var.serving ? true : each.value.public_ip

  vpc_security_group_ids = [aws_security_group.this[local.vpcs[each.key]].id]
  iam_instance_profile   = aws_iam_instance_profile.this.name
  key_name               = try(aws_key_pair.this[each.key].key_name, each.value.key_name)
  monitoring             = false

  user_data_base64            = sensitive(local.user_data[each.key])
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
    volume_size           = each.value.disk_size_gib
    encrypted             = true
    kms_key_id            = try(data.aws_kms_key.this[each.key].arn, null)
    delete_on_termination = true
  }

  dynamic "instance_market_options" {
    for_each = each.value.spot ? [1] : []

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

    # A newer release of the image must not replace a running instance, nor another subnet that comes to the VPC. And AWS says of a stopped
    # instance that it has no public address, of one with an Elastic IP address that it has one: neither is a reason to replace it. Nor is
    # user data that was renewed for the case that the instance is made again, because its containers have got other images meanwhile.
    ignore_changes = [ami, subnet_id, associate_public_ip_address, user_data_base64]

    precondition {
      condition     = local.user_data_bytes[each.key] <= 16384
      error_message = "user_data_file has ${local.user_data_bytes[each.key]} bytes; EC2 takes 16384 at most."
    }
  }
}

locals {
  elastic_ip = var.generations[var.serving].elastic_ip
}

resource "aws_eip" "this" {
  count = local.elastic_ip ? 1 : 0

  domain = "vpc"
}

# Taken over in one call, so that there is no moment in which the address leads nowhere.
resource "aws_eip_association" "this" {
  count = local.elastic_ip ? 1 : 0

  allocation_id       = aws_eip.this[0].allocation_id
  instance_id         = aws_instance.this[var.serving].id
  allow_reassociation = true

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  # AWS' "" for none becomes null. The serving instance's own attributes still tell of the address that it had before the Elastic IP came.
  addresses = { for key, instance in aws_instance.this : key => {
    public_ip  = try(coalesce(key == var.serving && local.elastic_ip ? aws_eip.this[0].public_ip : instance.public_ip), null)
    public_dns = try(coalesce(key == var.serving && local.elastic_ip ? aws_eip.this[0].public_dns : instance.public_dns), null)
  } }

  instances = { for key, instance in aws_instance.this : key => merge(local.addresses[key], {
    instance_id       = instance.id
    private_ip        = instance.private_ip
    availability_zone = instance.availability_zone
    security_group_id = aws_security_group.this[local.vpcs[key]].id
    url = var.generations[key].url_port == null ? null : join("", [
      "http://${coalesce(local.addresses[key].public_ip, instance.private_ip)}:",
      var.generations[key].url_port,
      var.generations[key].url_path,
    ])
  }) }
}
