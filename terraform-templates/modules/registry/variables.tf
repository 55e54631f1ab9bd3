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

variable "registry" {
  description = "The root's variable of the same name, which says what each attribute means."
  type = object({
    name          = string
    keep_images   = number
    delete_images = bool
  })
  nullable = false

  validation {
    condition     = var.registry.name == null || can(regex("^[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*$", var.registry.name))
    error_message = "registry.name must be lower case letters and digits, joined by single dots, dashes, underscores or slashes; it is ${coalesce(var.registry.name, "null")}."
  }
  validation {
    condition     = var.registry.keep_images >= 1 && var.registry.keep_images <= 10000 && floor(var.registry.keep_images) == var.registry.keep_images
    error_message = "registry.keep_images must be a whole number from 1 to 10000; it is ${var.registry.keep_images}."
  }
}
