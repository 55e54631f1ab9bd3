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
  description = "ARN of the target group, which tells of the health of each task."
  value       = module.load_balancer.target_group_arn
}

output "cluster_name" {
  description = "Name of the ECS cluster."
  value       = aws_ecs_cluster.this.name
}

output "service_name" {
  description = "Name of the ECS service in it, which tells of its tasks and of the last deployment."
  value       = aws_ecs_service.this.name
}

output "task_definition_arn" {
  description = "Revision of the task definition that the service was last told to run."
  value       = aws_ecs_task_definition.this.arn
}

output "vpc_id" {
  description = "Id of the VPC."
  value       = module.network.vpc_id
}

output "nat_addresses" {
  description = "Public addresses that the tasks show to the world."
  value       = module.network.nat_addresses
}

output "log_group_names" {
  description = "Log groups of the deployment."
  value = compact(concat(
    [aws_cloudwatch_log_group.containers.name, module.network.log_group_name], aws_cloudwatch_log_group.insights[*].name, module.database[*].log_group_name
  ))
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
