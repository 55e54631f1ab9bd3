resource "aws_ecr_repository" "this" {
  # ECR takes no two dashes in a row.
  name                 = coalesce(var.registry.name, "ec2-docker/${replace(var.id, "/-+/", "-")}")
  image_tag_mutability = "IMMUTABLE"
  force_delete         = var.registry.delete_images

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = var.kms_key_arn
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  repository = aws_ecr_repository.this.name

  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "The newest ${var.registry.keep_images} images"
      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = var.registry.keep_images }
      action       = { type = "expire" }
    }]
  })
}
