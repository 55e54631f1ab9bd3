output "vault_name" {
  description = "Vault that holds the backups."
  value       = aws_backup_vault.this.name
}

output "plan_id" {
  description = "Id of the plan."
  value       = aws_backup_plan.this.id
}
