variable "id" {
  description = "Identity of the deployment; names what must be unique in the account."
  type        = string
  nullable    = false
}

variable "vpc_id" {
  description = "VPC of the target group."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Subnets of the load balancer, of two zones at least."
  type        = list(string)
  nullable    = false
}

variable "security_group_id" {
  description = "Security group of the load balancer."
  type        = string
  nullable    = false
}

variable "target_type" {
  description = "What the targets are registered as: instance or ip."
  type        = string
  nullable    = false
}

variable "target_port" {
  description = "Port of the containers that requests go to."
  type        = number
  nullable    = false
}

variable "load_balancer" {
  description = "The root's variable of the same name, which says what each attribute means."
  type = object({
    certificate_arn      = string
    ingress_cidrs        = list(string)
    internal             = bool
    http_port            = number
    https_port           = number
    idle_timeout         = number
    deregistration_delay = number
    stickiness_seconds   = number
    deletion_protection  = bool
    log_retention_days   = number
    health_check = object({
      path                = string
      port                = number
      matcher             = string
      interval            = number
      timeout             = number
      healthy_threshold   = number
      unhealthy_threshold = number
    })
  })
  nullable = false

  validation {
    condition     = var.load_balancer.certificate_arn == null || can(regex("^arn:[a-z-]+:acm:[a-z0-9-]+:[0-9]{12}:certificate/[A-Za-z0-9-]+$", var.load_balancer.certificate_arn))
    error_message = "load_balancer.certificate_arn must be the ARN of an ACM certificate in the deployment's region; it is ${coalesce(var.load_balancer.certificate_arn, "null")}."
  }
  # AWS gives networks back in their canonical form, so any other form would differ in every plan.
  validation {
    condition     = alltrue([for c in var.load_balancer.ingress_cidrs : try(cidrsubnet(c, 0, 0) == c, false)])
    error_message = "load_balancer.ingress_cidrs must be networks in canonical form with zero host bits, such as 203.0.113.0/24 or 2001:db8::/32; it is ${join(", ", var.load_balancer.ingress_cidrs)}."
  }
  validation {
    condition     = length(distinct(var.load_balancer.ingress_cidrs)) == length(var.load_balancer.ingress_cidrs)
    error_message = "load_balancer.ingress_cidrs must not name the same network twice; it is ${join(", ", var.load_balancer.ingress_cidrs)}."
  }
  validation {
    condition     = alltrue([for p in [var.load_balancer.http_port, var.load_balancer.https_port] : p >= 1 && p <= 65535 && floor(p) == p]) && var.load_balancer.http_port != var.load_balancer.https_port
    error_message = "load_balancer.http_port and https_port must be different whole numbers from 1 to 65535; they are ${var.load_balancer.http_port} and ${var.load_balancer.https_port}."
  }
  validation {
    condition     = var.load_balancer.idle_timeout >= 1 && var.load_balancer.idle_timeout <= 4000 && floor(var.load_balancer.idle_timeout) == var.load_balancer.idle_timeout
    error_message = "load_balancer.idle_timeout must be a whole number of seconds from 1 to 4000; it is ${var.load_balancer.idle_timeout}."
  }
  validation {
    condition     = var.load_balancer.deregistration_delay >= 0 && var.load_balancer.deregistration_delay <= 3600 && floor(var.load_balancer.deregistration_delay) == var.load_balancer.deregistration_delay
    error_message = "load_balancer.deregistration_delay must be a whole number of seconds from 0 to 3600; it is ${var.load_balancer.deregistration_delay}."
  }
  validation {
    condition     = var.load_balancer.stickiness_seconds == null || try(var.load_balancer.stickiness_seconds >= 1 && var.load_balancer.stickiness_seconds <= 604800, false)
    error_message = "load_balancer.stickiness_seconds must be from 1 to 604800, or null for none; it is ${coalesce(var.load_balancer.stickiness_seconds, 0)}."
  }
  validation {
    condition     = var.load_balancer.log_retention_days == null || try(var.load_balancer.log_retention_days >= 1 && floor(var.load_balancer.log_retention_days) == var.load_balancer.log_retention_days, false)
    error_message = "load_balancer.log_retention_days must be a whole number of days from 1, or null for no access logs; it is ${coalesce(var.load_balancer.log_retention_days, 0)}."
  }
  validation {
    condition     = can(regex("^/[!-~]*$", var.load_balancer.health_check.path)) && length(var.load_balancer.health_check.path) <= 1024
    error_message = "load_balancer.health_check.path must begin with a slash, have 1024 characters at most, and hold no blanks or characters beyond ASCII; it is ${var.load_balancer.health_check.path}."
  }
  validation {
    condition     = var.load_balancer.health_check.port == null || try(var.load_balancer.health_check.port >= 1 && var.load_balancer.health_check.port <= 65535, false)
    error_message = "load_balancer.health_check.port must be from 1 to 65535, or null for the port that requests go to; it is ${coalesce(var.load_balancer.health_check.port, 0)}."
  }
  validation {
    condition     = can(regex("^[2-4][0-9]{2}([,-][2-4][0-9]{2})*$", var.load_balancer.health_check.matcher))
    error_message = "load_balancer.health_check.matcher must be HTTP codes from 200 to 499, such as 200, 200-299 or 200,204; it is ${var.load_balancer.health_check.matcher}."
  }
  validation {
    condition     = var.load_balancer.health_check.interval >= 5 && var.load_balancer.health_check.interval <= 300 && var.load_balancer.health_check.timeout >= 2 && var.load_balancer.health_check.timeout < var.load_balancer.health_check.interval
    error_message = "load_balancer.health_check.interval must be from 5 to 300 seconds and timeout from 2 to less than that; they are ${var.load_balancer.health_check.interval} and ${var.load_balancer.health_check.timeout}."
  }
  validation {
    condition     = alltrue([for t in [var.load_balancer.health_check.healthy_threshold, var.load_balancer.health_check.unhealthy_threshold] : t >= 2 && t <= 10 && floor(t) == t])
    error_message = "load_balancer.health_check.healthy_threshold and unhealthy_threshold must be whole numbers from 2 to 10; they are ${var.load_balancer.health_check.healthy_threshold} and ${var.load_balancer.health_check.unhealthy_threshold}."
  }
}
