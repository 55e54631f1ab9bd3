output "vpc_id" {
  description = "Id of the VPC."
  value       = local.own ? aws_vpc.this[0].id : var.network.vpc_id
}

output "public_subnet_ids" {
  description = "Ids of the subnets that lead to the internet, one a zone."
  value       = local.own ? aws_subnet.public[*].id : var.network.public_subnet_ids
}

output "private_subnet_ids" {
  description = "Ids of the subnets that are reached from within the VPC alone."
  value       = local.own ? aws_subnet.private[*].id : var.network.private_subnet_ids
}

output "database_subnet_ids" {
  description = "Ids of the subnets without a way out, for databases; the private ones where an existing VPC has no others."
  value = (local.own ? aws_subnet.database[*].id
  : length(var.network.database_subnet_ids) > 0 ? var.network.database_subnet_ids : var.network.private_subnet_ids)
}

output "nat_addresses" {
  description = "Public addresses that the private subnets show to the world."
  value       = aws_eip.nat[*].public_ip
}

output "log_group_name" {
  description = "Log group of the flow logs; null without."
  value       = local.flow_logs ? aws_cloudwatch_log_group.flow[0].name : null
}
