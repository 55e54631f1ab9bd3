output "url" {
  description = "Address of CloudFront: by the first of its names, or by its own."
  value       = "https://${try(var.edge.domain_names[0], aws_cloudfront_distribution.this.domain_name)}/"
}

output "domain_name" {
  description = "CloudFront's own name for the distribution."
  value       = aws_cloudfront_distribution.this.domain_name
}

output "distribution_id" {
  description = "Id of the distribution, by which its cache is emptied."
  value       = aws_cloudfront_distribution.this.id
}

output "bucket" {
  description = "Bucket of static files and uploads."
  value       = aws_s3_bucket.this.id
}

output "bucket_arn" {
  description = "ARN of the bucket."
  value       = aws_s3_bucket.this.arn
}
