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

variable "vpc_id" {
  description = "VPC of the security groups."
  type        = string
  nullable    = false
}

variable "listener_ports" {
  description = "Ports that the load balancer listens on."
  type        = set(number)
  nullable    = false
}

variable "ingress_cidrs" {
  description = "IPv4 and IPv6 networks from which the load balancer can be reached."
  type        = list(string)
  nullable    = false
}

variable "workload_ports" {
  description = "Ports of the containers that the load balancer reaches, its health check included."
  type        = set(number)
  nullable    = false
}

variable "endpoints" {
  description = "Whether there are interface endpoints for the workload to call."
  type        = bool
  nullable    = false
}

variable "database" {
  description = "Whether there is a database for the workload to reach."
  type        = bool
  nullable    = false
}

variable "edge_port" {
  description = "Port of the load balancer that CloudFront reaches; null without CloudFront."
  type        = number
}

variable "bastion_cidrs" {
  description = "IPv4 networks from which a bastion's port 22 can be reached; null without a bastion."
  type        = list(string)
}

variable "workload_ssh" {
  description = "Whether the bastion reaches port 22 of the workload."
  type        = bool
  nullable    = false
}

variable "workload_ssh_cidrs" {
  description = "IPv4 and IPv6 networks from which port 22 of the workload can be reached."
  type        = list(string)
  nullable    = false
}

variable "instance_role" {
  description = "Whether the workload are instances, which have a role; tasks have roles of their own."
  type        = bool
  nullable    = false
}

variable "permissions_boundary" {
  description = "The root's variable of the same name."
  type        = string
  default     = null
}
