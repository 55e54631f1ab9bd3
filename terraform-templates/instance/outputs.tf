output "instance_id" {
  description = "Id of the EC2 instance that serves."
  value       = local.instances[var.serving].instance_id
}

output "public_ip" {
  description = "Public IPv4 address: the Elastic IP address where there is one; null without any."
  value       = local.instances[var.serving].public_ip
}

output "private_ip" {
  description = "Private IPv4 address in the VPC."
  value       = local.instances[var.serving].private_ip
}

output "public_dns" {
  description = "Public DNS name; null without a public address, or where the VPC gives no names."
  value       = local.instances[var.serving].public_dns
}

output "availability_zone" {
  description = "Availability zone that the instance runs in."
  value       = local.instances[var.serving].availability_zone
}

output "security_group_id" {
  description = "Id of the security group that holds the published ports."
  value       = local.instances[var.serving].security_group_id
}

output "url" {
  description = "Address of the published HTTP port, by the private address where there is no public one; null without url_port."
  value       = local.instances[var.serving].url
}

output "instances" {
  description = "The same of every generation, by its key: of the one that serves and, during an update, of the one that may follow it."
  value       = local.instances
}
