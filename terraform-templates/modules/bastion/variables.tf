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

variable "name" {
  description = "What the deployment's people know it by; begins the Name tag."
  type        = string
  nullable    = false
}

variable "subnet_id" {
  description = "Public subnet of the bastion."
  type        = string
  nullable    = false
}

variable "security_group_id" {
  description = "Security group of the bastion."
  type        = string
  nullable    = false
}

variable "bastion" {
  description = "The root's variable of the same name, which says what each attribute means."
  type = object({
    instance_type    = string
    ssh_cidrs        = list(string)
    key_name         = string
    lifetime_minutes = number
  })
  nullable = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*\\.[a-z0-9-]+$", var.bastion.instance_type))
    error_message = "bastion.instance_type must be a family and a size joined by a dot, such as t3.nano; it is ${var.bastion.instance_type}."
  }
  validation {
    condition     = alltrue([for c in var.bastion.ssh_cidrs : try(cidrsubnet(c, 0, 0) == c && !strcontains(c, ":"), false)])
    error_message = "bastion.ssh_cidrs must be IPv4 networks in canonical form with zero host bits, such as 203.0.113.0/24; it is ${join(", ", var.bastion.ssh_cidrs)}."
  }
  validation {
    condition     = length(var.bastion.ssh_cidrs) == 0 || var.bastion.key_name != null
    error_message = "bastion.ssh_cidrs needs bastion.key_name, the key pair that SSH is entered with."
  }
  validation {
    condition     = var.bastion.lifetime_minutes >= 0 && floor(var.bastion.lifetime_minutes) == var.bastion.lifetime_minutes
    error_message = "bastion.lifetime_minutes must be a whole number of minutes, or 0 for no end; it is ${var.bastion.lifetime_minutes}."
  }
}

variable "permissions_boundary" {
  description = "The root's variable of the same name."
  type        = string
  default     = null
}
