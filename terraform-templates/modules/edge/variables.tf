variable "id" {
  description = "Identity of the deployment; names what must be unique in the account."
  type        = string
  nullable    = false
}

variable "load_balancer_dns" {
  description = "Name of the load balancer in the DNS."
  type        = string
  nullable    = false
}

variable "load_balancer_zone_id" {
  description = "Hosted zone of that name."
  type        = string
  nullable    = false
}

variable "http_port" {
  description = "Port on which the load balancer speaks HTTP."
  type        = number
  nullable    = false
}

variable "https_port" {
  description = "Port on which it speaks HTTPS; null if it does not."
  type        = number
}

variable "edge" {
  description = "The root's variable of the same name, which says what each attribute means."
  type = object({
    domain_names          = list(string)
    certificate_arn       = string
    zone_id               = string
    origin_domain_name    = string
    bucket_paths          = list(string)
    default_root_object   = string
    cache_answers         = bool
    waf                   = bool
    rate_limit            = number
    price_class           = string
    delete_bucket_content = bool
  })
  nullable = false

  validation {
    condition     = alltrue([for d in concat(var.edge.domain_names, var.edge.origin_domain_name == null ? [] : [var.edge.origin_domain_name]) : can(regex("^(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$", d))])
    error_message = "edge.domain_names and origin_domain_name must be names of hosts in lower case, such as www.example.com; they are ${join(", ", var.edge.domain_names)}."
  }
  validation {
    condition     = var.edge.certificate_arn == null || can(regex("^arn:[a-z-]+:acm:us-east-1:[0-9]{12}:certificate/[A-Za-z0-9-]+$", var.edge.certificate_arn))
    error_message = "edge.certificate_arn must be the ARN of an ACM certificate in us-east-1, where CloudFront looks for it; it is ${coalesce(var.edge.certificate_arn, "null")}."
  }
  validation {
    condition     = length(var.edge.domain_names) == 0 || var.edge.certificate_arn != null
    error_message = "edge.domain_names needs edge.certificate_arn, a certificate of those names."
  }
  validation {
    condition     = var.edge.zone_id == null || can(regex("^[A-Z0-9]{1,32}$", var.edge.zone_id))
    error_message = "edge.zone_id must be the id of a Route 53 zone, such as Z0123456789ABCDEFGHIJ; it is ${coalesce(var.edge.zone_id, "null")}."
  }
  # CloudFront checks the origin's certificate against the name that it calls.
  validation {
    condition     = var.https_port == null || var.edge.origin_domain_name != null
    error_message = "edge.origin_domain_name must be a name of the load balancer's certificate where load_balancer.certificate_arn is given: CloudFront checks it."
  }
  validation {
    condition     = alltrue([for p in var.edge.bucket_paths : can(regex("^/[A-Za-z0-9_.*$/~\"'@:+&-]*$", p))])
    error_message = "edge.bucket_paths must be path patterns that begin with a slash, such as /static/*; they are ${join(", ", var.edge.bucket_paths)}."
  }
  validation {
    condition     = var.edge.default_root_object == null || can(regex("^[^/].*$", var.edge.default_root_object))
    error_message = "edge.default_root_object must be a file without a leading slash, such as index.html; it is ${coalesce(var.edge.default_root_object, "null")}."
  }
  validation {
    condition     = var.edge.rate_limit >= 10 && var.edge.rate_limit <= 2000000000 && floor(var.edge.rate_limit) == var.edge.rate_limit
    error_message = "edge.rate_limit must be a whole number from 10; it is ${var.edge.rate_limit}."
  }
  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.edge.price_class)
    error_message = "edge.price_class must be PriceClass_100, PriceClass_200 or PriceClass_All; it is ${var.edge.price_class}."
  }
}
