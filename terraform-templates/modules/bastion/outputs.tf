output "instance_id" {
  description = "Id of the bastion, by which Session Manager is told of it."
  value       = aws_instance.this.id
}

output "public_ip" {
  description = "Public address of the bastion."
  value       = aws_instance.this.public_ip
}
