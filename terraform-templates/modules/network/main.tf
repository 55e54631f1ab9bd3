data "aws_partition" "current" {}

# The region's ordinary zones; local zones and wavelength zones have no load balancers or databases.
data "aws_availability_zones" "this" {
  count = local.own ? 1 : 0

  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }

}

# Not every zone has every type, the newest and the oldest above all.
data "aws_ec2_instance_type_offerings" "this" {
  count = local.own && length(var.instance_types) > 0 ? 1 : 0

  location_type = "availability-zone"

  filter {
    name   = "instance-type"
    values = var.instance_types
  }
}

locals {
  suitable_zones = sort(local.own ? setintersection(
    data.aws_availability_zones.this[0].names,
    length(var.instance_types) > 0 ? data.aws_ec2_instance_type_offerings.this[0].locations : data.aws_availability_zones.this[0].names,
  ) : [])
}

# A zone that comes to the region must not move subnets about: whatever the first apply saw stays.
resource "terraform_data" "zones" {
  count = local.own ? 1 : 0

  input            = slice(local.suitable_zones, 0, min(3, length(local.suitable_zones)))
  triggers_replace = [var.region]

  lifecycle {
    ignore_changes = [input]

    precondition {
      condition     = length(local.suitable_zones) >= var.network.zones
      error_message = "network.zones is ${var.network.zones}, but the Region has ${length(local.suitable_zones)} Availability Zones${length(var.instance_types) == 0 ? "" : " that offer ${join(" or ", var.instance_types)}"}; choose another instance type or Region."
    }
  }
}

locals {
  own   = var.network.vpc_id == null
  zones = local.own ? range(var.network.zones) : []

  # Of sixteen equal parts the first three are public, 4 to 6 private, 8 to 10 for databases: a third zone moves none of the others.
  public_cidrs   = [for i in local.zones : cidrsubnet(var.network.cidr, 4, i)]
  private_cidrs  = [for i in local.zones : cidrsubnet(var.network.cidr, 4, 4 + i)]
  database_cidrs = [for i in local.zones : cidrsubnet(var.network.cidr, 4, 8 + i)]

  nat_gateways = !local.own || var.network.nat == "none" ? 0 : var.network.nat == "single" ? 1 : var.network.zones
}

resource "aws_vpc" "this" {
  count = local.own ? 1 : 0

  cidr_block           = var.network.cidr
  enable_dns_support   = true
  enable_dns_hostnames = true
}

# What names no group gets nothing: AWS' own default group lets its members reach each other and the world.
resource "aws_default_security_group" "this" {
  count = local.own ? 1 : 0

  vpc_id = aws_vpc.this[0].id
}

resource "aws_internet_gateway" "this" {
  count = local.own ? 1 : 0

  vpc_id = aws_vpc.this[0].id
}

resource "aws_subnet" "public" {
  count = length(local.zones)

  vpc_id                  = aws_vpc.this[0].id
  availability_zone       = terraform_data.zones[0].output[count.index]
  cidr_block              = local.public_cidrs[count.index]
  map_public_ip_on_launch = true

  tags = { "Name" = "${var.name} public ${count.index + 1}" }
}

resource "aws_subnet" "private" {
  count = length(local.zones)

  vpc_id            = aws_vpc.this[0].id
  availability_zone = terraform_data.zones[0].output[count.index]
  cidr_block        = local.private_cidrs[count.index]

  tags = { "Name" = "${var.name} private ${count.index + 1}" }
}

resource "aws_subnet" "database" {
  count = length(local.zones)

  vpc_id            = aws_vpc.this[0].id
  availability_zone = terraform_data.zones[0].output[count.index]
  cidr_block        = local.database_cidrs[count.index]

  tags = { "Name" = "${var.name} database ${count.index + 1}" }
}

resource "aws_eip" "nat" {
  count = local.nat_gateways

  domain = "vpc"

  depends_on = [aws_internet_gateway.this]
}

resource "aws_nat_gateway" "this" {
  count = local.nat_gateways

  allocation_id = aws_eip.nat[count.index].id
  subnet_id     = aws_subnet.public[count.index].id

  tags = { "Name" = "${var.name} ${count.index + 1}" }
}

resource "aws_route_table" "public" {
  count = local.own ? 1 : 0

  vpc_id = aws_vpc.this[0].id

  tags = { "Name" = "${var.name} public" }
}

resource "aws_route" "internet" {
  count = local.own ? 1 : 0

  route_table_id         = aws_route_table.public[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route_table_association" "public" {
  count = length(local.zones)

  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public[0].id
}

# One for each zone, so that another nat is another route and not another table.
resource "aws_route_table" "private" {
  count = length(local.zones)

  vpc_id = aws_vpc.this[0].id

  tags = { "Name" = "${var.name} private ${count.index + 1}" }
}

resource "aws_route" "nat" {
  count = local.nat_gateways == 0 ? 0 : length(local.zones)

  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[count.index % local.nat_gateways].id
}

resource "aws_route_table_association" "private" {
  count = length(local.zones)

  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private[count.index].id
}

# No way out of the VPC.
resource "aws_route_table" "database" {
  count = local.own ? 1 : 0

  vpc_id = aws_vpc.this[0].id

  tags = { "Name" = "${var.name} database" }
}

resource "aws_route_table_association" "database" {
  count = length(local.zones)

  subnet_id      = aws_subnet.database[count.index].id
  route_table_id = aws_route_table.database[0].id
}

# Access control lists keep no connections in mind: what comes back to a port of the ephemeral range is let in by its port. They stand
# behind the security groups, should one of those be opened too far.
locals {
  anywhere = "0.0.0.0/0"

  # Ports as AWS' VPC user guide gives them for load balancers, NAT gateways and clients.
  ephemeral = { from = 1024, to = 65535 }

  # "Fragmentation needed" (ICMP type 3, code 4), by which a router says that packets are too big. Whoever does not hear it waits for ever:
  # docs.aws.amazon.com/vpc/latest/userguide/path_mtu_discovery.html.
  too_big        = { protocol = "icmp", from = 0, to = 0, cidr = local.anywhere, type = 3, code = 4 }
  too_big_inside = [merge(local.too_big, { cidr = var.network.cidr })]

  public_in = concat(
    [for port in sort(var.listener_ports) : { protocol = "tcp", from = tonumber(port), to = tonumber(port), cidr = local.anywhere }],
    [
      { protocol = "-1", from = 0, to = 0, cidr = var.network.cidr },
      { protocol = "tcp", from = local.ephemeral.from, to = local.ephemeral.to, cidr = local.anywhere },
      { protocol = "udp", from = local.ephemeral.from, to = local.ephemeral.to, cidr = local.anywhere },
    ],
    [for cidr in var.ssh_cidrs : { protocol = "tcp", from = 22, to = 22, cidr = cidr }],
    [local.too_big],
  )
  # What comes from beyond the VPC came by the NAT gateway, as an answer.
  private_in = [
    { protocol = "-1", from = 0, to = 0, cidr = var.network.cidr },
    { protocol = "tcp", from = local.ephemeral.from, to = local.ephemeral.to, cidr = local.anywhere },
    { protocol = "udp", from = local.ephemeral.from, to = local.ephemeral.to, cidr = local.anywhere },
    local.too_big,
  ]
  database_in  = concat([for cidr in local.private_cidrs : { protocol = "tcp", from = 5432, to = 5432, cidr = cidr }], local.too_big_inside)
  database_out = concat([for cidr in local.private_cidrs : merge({ protocol = "tcp", cidr = cidr }, local.ephemeral)], local.too_big_inside)
}

resource "aws_network_acl" "public" {
  count = local.own ? 1 : 0

  vpc_id     = aws_vpc.this[0].id
  subnet_ids = aws_subnet.public[*].id

  dynamic "ingress" {
    for_each = local.public_in

    content {
      rule_no    = 100 + ingress.key
      action     = "allow"
      protocol   = ingress.value.protocol
      from_port  = ingress.value.from
      to_port    = ingress.value.to
      cidr_block = ingress.value.cidr
      icmp_type  = try(ingress.value.type, null)
      icmp_code  = try(ingress.value.code, null)
    }
  }

  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = local.anywhere
  }

  tags = { "Name" = "${var.name} public" }
}

resource "aws_network_acl" "private" {
  count = local.own ? 1 : 0

  vpc_id     = aws_vpc.this[0].id
  subnet_ids = aws_subnet.private[*].id

  dynamic "ingress" {
    for_each = local.private_in

    content {
      rule_no    = 100 + ingress.key
      action     = "allow"
      protocol   = ingress.value.protocol
      from_port  = ingress.value.from
      to_port    = ingress.value.to
      cidr_block = ingress.value.cidr
      icmp_type  = try(ingress.value.type, null)
      icmp_code  = try(ingress.value.code, null)
    }
  }

  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = local.anywhere
  }

  tags = { "Name" = "${var.name} private" }
}

resource "aws_network_acl" "database" {
  count = local.own ? 1 : 0

  vpc_id     = aws_vpc.this[0].id
  subnet_ids = aws_subnet.database[*].id

  dynamic "ingress" {
    for_each = local.database_in

    content {
      rule_no    = 100 + ingress.key
      action     = "allow"
      protocol   = ingress.value.protocol
      from_port  = ingress.value.from
      to_port    = ingress.value.to
      cidr_block = ingress.value.cidr
      icmp_type  = try(ingress.value.type, null)
      icmp_code  = try(ingress.value.code, null)
    }
  }

  dynamic "egress" {
    for_each = local.database_out

    content {
      rule_no    = 100 + egress.key
      action     = "allow"
      protocol   = egress.value.protocol
      from_port  = egress.value.from
      to_port    = egress.value.to
      cidr_block = egress.value.cidr
      icmp_type  = try(egress.value.type, null)
      icmp_code  = try(egress.value.code, null)
    }
  }

  tags = { "Name" = "${var.name} database" }
}

locals {
  interfaces = {
    ec2            = ["ec2"]
    ssm            = ["ssm", "ssmmessages", "ec2messages"]
    ecr            = ["ecr.api", "ecr.dkr"]
    logs           = ["logs"]
    monitoring     = ["monitoring"]
    secretsmanager = ["secretsmanager"]
    autoscaling    = ["autoscaling"]
  }
}

resource "aws_vpc_endpoint" "s3" {
  count = local.own && contains(var.network.endpoints, "s3") ? 1 : 0

  vpc_id            = aws_vpc.this[0].id
  service_name      = "com.amazonaws.${var.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = aws_route_table.private[*].id

  tags = { "Name" = "${var.name} s3" }
}

resource "aws_vpc_endpoint" "interface" {
  for_each = toset(local.own ? flatten([for e in var.network.endpoints : lookup(local.interfaces, e, [])]) : [])

  vpc_id              = aws_vpc.this[0].id
  service_name        = "com.amazonaws.${var.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = aws_subnet.private[*].id
  security_group_ids  = [var.endpoint_security_group_id]
  private_dns_enabled = true

  tags = { "Name" = "${var.name} ${each.key}" }
}

locals {
  flow_logs = local.own && var.network.flow_logs
}

resource "aws_cloudwatch_log_group" "flow" {
  count = local.flow_logs ? 1 : 0

  name              = "/ec2-docker/${var.id}/flow"
  retention_in_days = var.network.flow_log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_iam_role" "flow" {
  count = local.flow_logs ? 1 : 0

  name_prefix          = "${substr(var.id, 0, 37)}-"
  path                 = "/ec2-docker/"
  description          = "Lets the flow logs of ${var.id} be written, and nothing else"
  permissions_boundary = var.permissions_boundary

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "flow" {
  count = local.flow_logs ? 1 : 0

  name = "flow-logs"
  role = aws_iam_role.flow[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
      Resource = "${aws_cloudwatch_log_group.flow[0].arn}:*"
      }, {
      Effect   = "Allow"
      Action   = "logs:DescribeLogGroups"
      Resource = "*"
    }]
  })
}

resource "aws_flow_log" "this" {
  count = local.flow_logs ? 1 : 0

  vpc_id               = aws_vpc.this[0].id
  traffic_type         = "ALL"
  log_destination_type = "cloud-watch-logs"
  log_destination      = aws_cloudwatch_log_group.flow[0].arn
  iam_role_arn         = aws_iam_role.flow[0].arn

  depends_on = [aws_iam_role_policy.flow]
}
