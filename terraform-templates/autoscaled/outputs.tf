output "url" {
  description = "Address of the containers: by the load balancer's own name."
  value       = module.load_balancer.url
}

output "load_balancer_dns" {
  description = "Name of the load balancer in the DNS."
  value       = module.load_balancer.dns_name
}

output "load_balancer_arn" {
  description = "ARN of the load balancer."
  value       = module.load_balancer.arn
}

output "target_group_arn" {
  description = "ARN of the target group, which tells of the health of each instance."
  value       = module.load_balancer.target_group_arn
}

output "autoscaling_group_name" {
  description = "Name of the Auto Scaling group, which tells of its instances and of the last instance refresh."
  value       = aws_autoscaling_group.this.name
}

output "lifecycle_hook_name" {
  description = "Name of the lifecycle hook that the boot script completes once the containers are healthy."
  value       = aws_autoscaling_lifecycle_hook.this.name
}

output "launch_template_version" {
  description = "Version of the launch template that instances are launched from."
  value       = aws_launch_template.this.latest_version
}

output "vpc_id" {
  description = "Id of the VPC."
  value       = module.network.vpc_id
}

output "nat_addresses" {
  description = "Public addresses that the instances show to the world."
  value       = module.network.nat_addresses
}

output "log_group_names" {
  description = "Log groups of the deployment."
  value       = compact([module.network.log_group_name])
}
