output "vault_name" {
  description = "Vault that holds the backups."
  value       = aws_backup_vault.this.name
}

output "copy_vault_arn" {
  description = "Vault of the other region; null without."
  value       = one(aws_backup_vault.copies[*].arn)
}

output "plan_id" {
  description = "Id of the plan."
  value       = aws_backup_plan.this.id
}
