output "url" {
  description = "Address of the containers: CloudFront's where there is one, else the load balancer's."
  value       = try(module.edge[0].url, module.load_balancer.url)
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
  value       = compact(concat([module.network.log_group_name], flatten(module.monitoring[*].log_group_names), module.database[*].log_group_name))
}

output "alarm_topic_arn" {
  description = "Topic of alarms and scaling events; null without monitoring."
  value       = one(module.monitoring[*].alarm_topic_arn)
}

output "dashboard_name" {
  description = "CloudWatch dashboard; null without monitoring."
  value       = one(module.monitoring[*].dashboard_name)
}

output "database_address" {
  description = "Host of the database; null without."
  value       = one(module.database[*].address)
}

output "database_secret_arn" {
  description = "Secret with the database's username and password; null without."
  value       = one(module.database[*].secret_arn)
}

output "registry_url" {
  description = "Repository that images are pushed to; null without."
  value       = one(module.registry[*].url)
}

output "distribution_id" {
  description = "CloudFront distribution; null without edge."
  value       = one(module.edge[*].distribution_id)
}

output "bucket" {
  description = "Bucket of static files and uploads; null without edge."
  value       = one(module.edge[*].bucket)
}

output "backup_vault_name" {
  description = "Vault of the backups; null without."
  value       = one(module.backup[*].vault_name)
}

output "bastion_instance_id" {
  description = "Bastion; null without."
  value       = one(module.bastion[*].instance_id)
}
