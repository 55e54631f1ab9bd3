variable "name" {
  description = "What the deployment's people know it by; begins the Name tag of each part of the network."
  type        = string
  nullable    = false
}

variable "id" {
  description = "Identity of the deployment; names what must be unique in the account."
  type        = string
  nullable    = false
}

variable "region" {
  description = "The root's variable of the same name: the provider knows only Regions that are older than itself."
  type        = string
  nullable    = false
}

variable "instance_types" {
  description = "What will run in it, of which each zone must offer one at least; none for tasks."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "network" {
  description = "The root's variable of the same name, which says what each attribute means."
  type = object({
    cidr                    = string
    zones                   = number
    nat                     = string
    endpoints               = list(string)
    flow_logs               = bool
    flow_log_retention_days = number
    vpc_id                  = string
    public_subnet_ids       = list(string)
    private_subnet_ids      = list(string)
    database_subnet_ids     = list(string)
  })
  nullable = false

  # Sixteen subnets of a sixteenth each; AWS takes VPCs of /16 to /28 and subnets of no less than /28.
  validation {
    condition     = try(cidrsubnet(var.network.cidr, 0, 0) == var.network.cidr && tonumber(split("/", var.network.cidr)[1]) >= 16 && tonumber(split("/", var.network.cidr)[1]) <= 24 && !strcontains(var.network.cidr, ":"), false)
    error_message = "network.cidr must be an IPv4 network of /16 to /24 with zero host bits, such as 10.0.0.0/16; it is ${var.network.cidr}."
  }
  validation {
    condition     = contains([2, 3], var.network.zones)
    error_message = "network.zones must be 2 or 3; it is ${var.network.zones}."
  }
  validation {
    condition     = contains(["none", "single", "per_zone"], var.network.nat)
    error_message = "network.nat must be none, single or per_zone; it is ${var.network.nat}."
  }
  validation {
    condition     = alltrue([for e in var.network.endpoints : contains(["s3", "ec2", "ssm", "ecr", "logs", "monitoring", "secretsmanager", "autoscaling"], e)])
    error_message = "network.endpoints must be among s3, ec2, ssm, ecr, logs, monitoring, secretsmanager and autoscaling; it is ${join(", ", var.network.endpoints)}."
  }
  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.network.flow_log_retention_days)
    error_message = "network.flow_log_retention_days must be a number of days that CloudWatch Logs knows, such as 7, 14, 30, 90 or 365; it is ${var.network.flow_log_retention_days}."
  }
  validation {
    condition     = var.network.vpc_id == null || can(regex("^vpc-([0-9a-f]{8}|[0-9a-f]{17})$", var.network.vpc_id))
    error_message = "network.vpc_id must be the id of a VPC, such as vpc-0123456789abcdef0; it is ${coalesce(var.network.vpc_id, "null")}."
  }
  validation {
    condition     = alltrue([for s in concat(var.network.public_subnet_ids, var.network.private_subnet_ids, var.network.database_subnet_ids) : can(regex("^subnet-([0-9a-f]{8}|[0-9a-f]{17})$", s))])
    error_message = "network.public_subnet_ids, private_subnet_ids and database_subnet_ids must be ids of subnets, such as subnet-0123456789abcdef0."
  }
  # A load balancer spans two zones at least.
  validation {
    condition     = var.network.vpc_id == null || (length(distinct(var.network.public_subnet_ids)) >= 2 && length(var.network.private_subnet_ids) >= 1)
    error_message = "network.vpc_id needs public_subnet_ids, two at least and of two zones, and private_subnet_ids, one at least, beside it."
  }
  validation {
    condition     = var.network.vpc_id != null || length(concat(var.network.public_subnet_ids, var.network.private_subnet_ids, var.network.database_subnet_ids)) == 0
    error_message = "network.public_subnet_ids, private_subnet_ids and database_subnet_ids need vpc_id, the VPC that they are of."
  }
}

variable "ssh_cidrs" {
  description = "Networks from which port 22 of the public subnets can be reached, for a bastion there."
  type        = list(string)
  nullable    = false
}

variable "listener_ports" {
  description = "Ports of the public subnets that a load balancer listens on."
  type        = list(number)
  nullable    = false
}

variable "endpoint_security_group_id" {
  description = "Security group of the interface endpoints; null where none are made."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts the flow logs."
  type        = string
  nullable    = false
}

variable "permissions_boundary" {
  description = "The root's variable of the same name."
  type        = string
  default     = null
}
