output "address" {
  description = "Name of the database's host."
  value       = aws_db_instance.this.address
}

output "port" {
  description = "Port of the database."
  value       = aws_db_instance.this.port
}

output "name" {
  description = "Name of the database on it."
  value       = aws_db_instance.this.db_name
}

output "secret_arn" {
  description = "ARN of the secret with the master user's name and password, as the JSON keys username and password."
  value       = aws_db_instance.this.master_user_secret[0].secret_arn
}

output "identifier" {
  description = "Name of the instance in RDS."
  value       = aws_db_instance.this.identifier
}

output "log_group_name" {
  description = "Log group of the database."
  value       = aws_cloudwatch_log_group.this.name
}
