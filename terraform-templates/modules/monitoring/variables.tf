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

variable "kms_key_arn" {
  description = "Key that encrypts logs and notifications."
  type        = string
  nullable    = false
}

variable "group_name" {
  description = "Auto Scaling group that is looked at; null where the containers run as tasks."
  type        = string
}

variable "cluster_name" {
  description = "ECS cluster that is looked at; null where the containers run on instances."
  type        = string
}

variable "service_name" {
  description = "ECS service that is looked at; null where the containers run on instances."
  type        = string
}

variable "namespace" {
  description = "Namespace of the CloudWatch agent's metrics; null where there are no instances for it."
  type        = string
}

variable "load_balancer" {
  description = "How metrics name the load balancer."
  type        = string
  nullable    = false
}

variable "target_group" {
  description = "How metrics name the target group."
  type        = string
  nullable    = false
}

variable "database" {
  description = "RDS instance that the dashboard shows as well; null without."
  type        = string
}

variable "steps" {
  description = "Whether CPU alarms have scaling policies to carry out."
  type        = bool
  nullable    = false
}

variable "step_up_arn" {
  description = "Scaling policy that the CPU high alarm carries out; null for none."
  type        = string
}

variable "step_down_arn" {
  description = "Scaling policy that the CPU low alarm carries out; null for none."
  type        = string
}

variable "monitoring" {
  description = "The root's variable of the same name, which says what each attribute means. What only instances have is null where there are none."
  type = object({
    mails           = list(string)
    lambda_arns     = list(string)
    retention_days  = number
    agent           = optional(bool, false)
    cpu_high        = object({ threshold = number, periods = number, period = number })
    cpu_low         = object({ threshold = number, periods = number, period = number })
    response_time   = object({ threshold = number, periods = number, period = number })
    unhealthy_hosts = object({ threshold = number, periods = number, period = number })
    status_check    = optional(object({ periods = number, period = number }))
    memory_high     = number
    disk_high       = optional(number, 0)
    errors_high     = number
    scaling_events  = bool
    event_patterns  = map(string)
  })
  nullable = false

  validation {
    condition     = alltrue([for m in var.monitoring.mails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", m))])
    error_message = "monitoring.mails must be mail addresses, such as ops@example.com; it is ${join(", ", var.monitoring.mails)}."
  }
  validation {
    condition     = alltrue([for a in var.monitoring.lambda_arns : can(regex("^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+$", a))])
    error_message = "monitoring.lambda_arns must be ARNs of Lambda functions; it is ${join(", ", var.monitoring.lambda_arns)}."
  }
  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.monitoring.retention_days)
    error_message = "monitoring.retention_days must be a number of days that CloudWatch Logs knows, such as 7, 14, 30, 90 or 365; it is ${var.monitoring.retention_days}."
  }
  validation {
    condition = alltrue([
      for a in [var.monitoring.cpu_high, var.monitoring.cpu_low, var.monitoring.response_time, var.monitoring.unhealthy_hosts, merge({ threshold = 0 }, var.monitoring.status_check == null ? { periods = 1, period = 60 } : var.monitoring.status_check)] :
      a.periods >= 1 && floor(a.periods) == a.periods && (contains([10, 20, 30], a.period) || (a.period >= 60 && a.period % 60 == 0)) && a.periods * a.period <= 86400
    ])
    error_message = "monitoring.cpu_high, cpu_low, response_time, unhealthy_hosts and status_check must have periods from 1 on, and a period of 10, 20, 30 or a multiple of 60 seconds, a day altogether at most."
  }
  validation {
    condition     = alltrue([for p in [var.monitoring.cpu_high.threshold, var.monitoring.cpu_low.threshold, var.monitoring.memory_high, var.monitoring.disk_high] : p >= 0 && p <= 100])
    error_message = "monitoring.cpu_high.threshold, cpu_low.threshold, memory_high and disk_high must be percentages; they are ${var.monitoring.cpu_high.threshold}, ${var.monitoring.cpu_low.threshold}, ${var.monitoring.memory_high} and ${var.monitoring.disk_high}."
  }
  validation {
    condition     = var.monitoring.cpu_low.threshold < var.monitoring.cpu_high.threshold
    error_message = "monitoring.cpu_low.threshold must be below monitoring.cpu_high.threshold; they are ${var.monitoring.cpu_low.threshold} and ${var.monitoring.cpu_high.threshold}."
  }
  validation {
    condition     = alltrue([for t in [var.monitoring.response_time.threshold, var.monitoring.unhealthy_hosts.threshold, var.monitoring.errors_high] : t >= 0])
    error_message = "monitoring.response_time.threshold, unhealthy_hosts.threshold and errors_high must not be negative."
  }
  validation {
    condition     = alltrue([for p in values(var.monitoring.event_patterns) : can(keys(jsondecode(p)))]) && alltrue([for n in keys(var.monitoring.event_patterns) : can(regex("^[A-Za-z0-9_-]{1,20}$", n))])
    error_message = "monitoring.event_patterns must be EventBridge patterns in JSON, by names of 1 to 20 letters, digits, dashes and underscores; the names are ${join(", ", keys(var.monitoring.event_patterns))}."
  }
}
