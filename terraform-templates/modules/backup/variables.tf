variable "id" {
  description = "Identity of the deployment; names what must be unique in the account."
  type        = string
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts the backups in the deployment's own region."
  type        = string
  nullable    = false
}

variable "backup" {
  description = "The root's variable of the same name, which says what each attribute means."
  type = object({
    daily_retention_days   = number
    weekly_retention_days  = number
    monthly_retention_days = number
    volumes                = optional(bool, false)
    hour                   = number
    time_zone              = string
    copy_vault_arn         = string
    copy_retention_days    = number
    delete_backups         = bool
  })
  nullable = false

  validation {
    condition     = alltrue([for d in [var.backup.daily_retention_days, var.backup.weekly_retention_days, var.backup.monthly_retention_days] : d >= 0 && d <= 36500 && floor(d) == d])
    error_message = "backup.daily_retention_days, weekly_retention_days and monthly_retention_days must be whole numbers of days, or 0 for none; they are ${var.backup.daily_retention_days}, ${var.backup.weekly_retention_days} and ${var.backup.monthly_retention_days}."
  }
  validation {
    condition     = var.backup.daily_retention_days + var.backup.weekly_retention_days + var.backup.monthly_retention_days > 0
    error_message = "backup must keep daily, weekly or monthly backups; leave backup null for none."
  }
  validation {
    condition     = var.backup.hour >= 0 && var.backup.hour <= 23 && floor(var.backup.hour) == var.backup.hour
    error_message = "backup.hour must be a whole number from 0 to 23; it is ${var.backup.hour}."
  }
  validation {
    condition     = can(regex("^(Etc/UTC|UTC|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$", var.backup.time_zone))
    error_message = "backup.time_zone must be one of the IANA database, such as Europe/Berlin; it is ${var.backup.time_zone}."
  }
  validation {
    condition     = var.backup.copy_vault_arn == null || can(regex("^arn:[a-z-]+:backup:[a-z0-9-]+:[0-9]{12}:backup-vault:[A-Za-z0-9_-]{2,50}$", var.backup.copy_vault_arn))
    error_message = "backup.copy_vault_arn must be the ARN of a backup vault, or null for no copies; it is ${coalesce(var.backup.copy_vault_arn, "null")}."
  }
  validation {
    condition     = var.backup.copy_retention_days >= 1 && var.backup.copy_retention_days <= 36500 && floor(var.backup.copy_retention_days) == var.backup.copy_retention_days
    error_message = "backup.copy_retention_days must be a whole number of days from 1; it is ${var.backup.copy_retention_days}."
  }
}

variable "permissions_boundary" {
  description = "The root's variable of the same name."
  type        = string
  default     = null
}
