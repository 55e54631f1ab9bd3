output "instance_id" {
  description = "Id of the EC2 instance."
  value       = aws_instance.this.id
}

output "public_ip" {
  description = "Public IPv4 address: the Elastic IP address where there is one; null without any."
  value       = local.public_ip
}

output "private_ip" {
  description = "Private IPv4 address in the VPC."
  value       = aws_instance.this.private_ip
}

output "public_dns" {
  description = "Public DNS name; null without a public address, or where the VPC gives no names."
  value       = local.public_dns
}

output "availability_zone" {
  description = "Availability zone that the instance runs in."
  value       = aws_instance.this.availability_zone
}

output "security_group_id" {
  description = "Id of the security group that holds the published ports."
  value       = aws_security_group.this.id
}

output "url" {
  description = "Address of the published HTTP port, by the private address where there is no public one; null without url_port."
  value       = var.url_port == null ? null : "http://${coalesce(local.public_ip, aws_instance.this.private_ip)}:${var.url_port}${var.url_path}"
}
