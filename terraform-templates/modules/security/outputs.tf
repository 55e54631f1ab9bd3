output "kms_key_arn" {
  description = "Key that encrypts what the deployment keeps."
  value       = aws_kms_key.this.arn
}

output "load_balancer_group_id" {
  description = "Security group of the load balancer."
  value       = aws_security_group.load_balancer.id
}

output "workload_group_id" {
  description = "Security group of the instances or tasks that the containers run on."
  value       = aws_security_group.workload.id
}

output "endpoints_group_id" {
  description = "Security group of the interface endpoints; null without."
  value       = one(aws_security_group.endpoints[*].id)
}

output "database_group_id" {
  description = "Security group of the database; null without."
  value       = one(aws_security_group.database[*].id)
}

output "bastion_group_id" {
  description = "Security group of the bastion; null without."
  value       = one(aws_security_group.bastion[*].id)
}

output "instance_role_name" {
  description = "Role of the instances; null where the workload are tasks."
  value       = one(aws_iam_role.instance[*].name)
}

output "instance_profile_name" {
  description = "Profile by which instances have that role; null where the workload are tasks."
  value       = one(aws_iam_instance_profile.instance[*].name)
}
