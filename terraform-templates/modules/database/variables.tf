variable "id" {
  description = "Identity of the deployment; names what must be unique in the account."
  type        = string
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key that encrypts what is kept here."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Subnets of the database, of two zones at least."
  type        = list(string)
  nullable    = false
}

variable "security_group_id" {
  description = "Security group of the database."
  type        = string
  nullable    = false
}

variable "database" {
  description = "The root's variable of the same name, which says what each attribute means."
  type = object({
    engine_version        = string
    instance_class        = string
    name                  = string
    username              = string
    storage_gib           = number
    max_storage_gib       = number
    multi_az              = bool
    backup_retention_days = number
    deletion_protection   = bool
    final_snapshot        = bool
    log_retention_days    = number

    password_rotation_days = number
  })
  nullable = false

  validation {
    condition     = can(regex("^1[3-8](\\.[0-9]+)?$", var.database.engine_version))
    error_message = "database.engine_version must be a version of PostgreSQL from 13 to 18, such as 16 or 16.4; it is ${var.database.engine_version}."
  }
  validation {
    condition     = can(regex("^db\\.[a-z][a-z0-9]*\\.[a-z0-9]+$", var.database.instance_class))
    error_message = "database.instance_class must be a class of RDS, such as db.t3.micro; it is ${var.database.instance_class}."
  }
  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9_]{0,62}$", var.database.name))
    error_message = "database.name must be 1 to 63 letters, digits and underscores, and begin with a letter; it is ${var.database.name}."
  }
  # Names that RDS keeps for itself.
  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9_]{0,62}$", var.database.username)) && !contains(["admin", "postgres", "rdsadmin", "rds_superuser", "rdsrepladmin"], lower(var.database.username))
    error_message = "database.username must be 1 to 63 letters, digits and underscores, begin with a letter, and be none of the reserved names admin, postgres and rdsadmin; it is ${var.database.username}."
  }
  validation {
    condition     = var.database.storage_gib >= 20 && var.database.storage_gib <= 65536 && floor(var.database.storage_gib) == var.database.storage_gib
    error_message = "database.storage_gib must be a whole number from 20 to 65536; it is ${var.database.storage_gib}."
  }
  validation {
    condition     = var.database.max_storage_gib == 0 || (var.database.max_storage_gib > var.database.storage_gib && var.database.max_storage_gib <= 65536)
    error_message = "database.max_storage_gib must be more than database.storage_gib and at most 65536, or 0 for no growth; it is ${var.database.max_storage_gib}."
  }
  validation {
    condition     = var.database.backup_retention_days >= 0 && var.database.backup_retention_days <= 35 && floor(var.database.backup_retention_days) == var.database.backup_retention_days
    error_message = "database.backup_retention_days must be a whole number from 0 to 35; it is ${var.database.backup_retention_days}."
  }
  # docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html
  validation {
    condition     = var.database.password_rotation_days >= 1 && var.database.password_rotation_days <= 1000 && floor(var.database.password_rotation_days) == var.database.password_rotation_days
    error_message = "database.password_rotation_days must be a whole number from 1 to 1000; it is ${var.database.password_rotation_days}."
  }
  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.database.log_retention_days)
    error_message = "database.log_retention_days must be a number of days that CloudWatch Logs knows, such as 7, 14, 30, 90 or 365; it is ${var.database.log_retention_days}."
  }
}
