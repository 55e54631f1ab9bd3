locals {
  port  = local.https ? var.load_balancer.https_port : var.load_balancer.http_port
  usual = local.https ? 443 : 80
}

output "url" {
  description = "Address of the load balancer, by its own name."
  value       = "${local.https ? "https" : "http"}://${aws_lb.this.dns_name}${local.port == local.usual ? "" : ":${local.port}"}/"
}

output "dns_name" {
  description = "Name of the load balancer in the DNS."
  value       = aws_lb.this.dns_name
}

output "zone_id" {
  description = "Hosted zone of that name, for alias records."
  value       = aws_lb.this.zone_id
}

output "arn" {
  description = "ARN of the load balancer."
  value       = aws_lb.this.arn
}

output "arn_suffix" {
  description = "How metrics name the load balancer."
  value       = aws_lb.this.arn_suffix
}

output "target_group_arn" {
  description = "ARN of the target group."
  value       = aws_lb_target_group.this.arn
}

output "target_group_arn_suffix" {
  description = "How metrics name the target group."
  value       = aws_lb_target_group.this.arn_suffix
}

output "https_port" {
  description = "Port that speaks HTTPS; null without a certificate."
  value       = local.https ? var.load_balancer.https_port : null
}

output "http_port" {
  description = "Port that speaks HTTP, or leads to HTTPS."
  value       = var.load_balancer.http_port
}
