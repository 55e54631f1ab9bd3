locals {
  # Policies that CloudFront itself keeps under these ids, the same in every account (CloudFront developer guide, managed policies).
  cached     = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  uncached   = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
  all_viewer = "216adef6-5c7f-47e4-b989-5492eafa07d3"
  security   = "67f7725c-6f97-4210-82d7-5512b31e9d03"

  https = var.https_port != null
  names = var.edge.zone_id == null ? [] : var.edge.domain_names
}

resource "aws_s3_bucket" "this" {
  bucket_prefix = "${substr(var.id, 0, 32)}-"
  force_destroy = var.edge.delete_bucket_content
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    id     = "cheaper"
    status = "Enabled"

    filter {}

    # By how often each object is asked for, whatever is larger than 128 KiB.
    transition {
      days          = 30
      storage_class = "INTELLIGENT_TIERING"
    }

    noncurrent_version_expiration {
      noncurrent_days = 30
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}

# CloudFront alone reads, and by this distribution alone.
resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "CloudFrontReads"
        Effect    = "Allow"
        Principal = { Service = "cloudfront.amazonaws.com" }
        Action    = "s3:GetObject"
        Resource  = "${aws_s3_bucket.this.arn}/*"
        Condition = { StringEquals = { "aws:SourceArn" = aws_cloudfront_distribution.this.arn } }
      },
      {
        Sid       = "NobodyReadsInClear"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })

  depends_on = [aws_s3_bucket_public_access_block.this]
}

resource "aws_cloudfront_origin_access_control" "this" {
  name                              = var.id
  description                       = "Bucket of ${var.id}"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_wafv2_web_acl" "this" {
  count = var.edge.waf ? 1 : 0

  provider = aws.us_east_1

  name        = var.id
  description = "Requests to ${var.id}"
  scope       = "CLOUDFRONT"

  default_action {
    allow {}
  }

  rule {
    name     = "rate"
    priority = 0

    action {
      block {}
    }

    statement {
      rate_based_statement {
        limit              = var.edge.rate_limit
        aggregate_key_type = "IP"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "rate"
      sampled_requests_enabled   = true
    }
  }

  dynamic "rule" {
    for_each = { "AWSManagedRulesCommonRuleSet" = 1, "AWSManagedRulesKnownBadInputsRuleSet" = 2 }

    content {
      name     = rule.key
      priority = rule.value

      override_action {
        none {}
      }

      statement {
        managed_rule_group_statement {
          vendor_name = "AWS"
          name        = rule.key
        }
      }

      visibility_config {
        cloudwatch_metrics_enabled = true
        metric_name                = rule.key
        sampled_requests_enabled   = true
      }
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = var.id
    sampled_requests_enabled   = true
  }
}

resource "aws_cloudfront_distribution" "this" {
  enabled             = true
  is_ipv6_enabled     = true
  comment             = var.id
  http_version        = "http2and3"
  price_class         = var.edge.price_class
  aliases             = var.edge.domain_names
  default_root_object = var.edge.default_root_object
  web_acl_id          = one(aws_wafv2_web_acl.this[*].arn)

  origin {
    origin_id                = "bucket"
    domain_name              = aws_s3_bucket.this.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.this.id
  }

  origin {
    origin_id   = "load-balancer"
    domain_name = coalesce(var.edge.origin_domain_name, var.load_balancer_dns)

    custom_origin_config {
      http_port              = var.http_port
      https_port             = local.https ? var.https_port : 443
      origin_protocol_policy = local.https ? "https-only" : "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    target_origin_id           = "load-balancer"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    cache_policy_id            = var.edge.cache_answers ? local.cached : local.uncached
    origin_request_policy_id   = var.edge.cache_answers ? null : local.all_viewer
    response_headers_policy_id = local.security
  }

  dynamic "ordered_cache_behavior" {
    for_each = var.edge.bucket_paths

    content {
      path_pattern               = ordered_cache_behavior.value
      target_origin_id           = "bucket"
      viewer_protocol_policy     = "redirect-to-https"
      allowed_methods            = ["GET", "HEAD"]
      cached_methods             = ["GET", "HEAD"]
      compress                   = true
      cache_policy_id            = local.cached
      response_headers_policy_id = local.security
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = var.edge.certificate_arn == null
    acm_certificate_arn            = var.edge.certificate_arn
    ssl_support_method             = var.edge.certificate_arn == null ? null : "sni-only"
    minimum_protocol_version       = var.edge.certificate_arn == null ? "TLSv1" : "TLSv1.2_2021"
  }
}

resource "aws_route53_record" "viewer" {
  for_each = { for pair in setproduct(local.names, ["A", "AAAA"]) : "${pair[0]} ${pair[1]}" => { name = pair[0], type = pair[1] } }

  zone_id = var.edge.zone_id
  name    = each.value.name
  type    = each.value.type

  alias {
    name                   = aws_cloudfront_distribution.this.domain_name
    zone_id                = aws_cloudfront_distribution.this.hosted_zone_id
    evaluate_target_health = false
  }
}

resource "aws_route53_record" "origin" {
  count = var.edge.zone_id != null && var.edge.origin_domain_name != null ? 1 : 0

  zone_id = var.edge.zone_id
  name    = var.edge.origin_domain_name
  type    = "A"

  alias {
    name                   = var.load_balancer_dns
    zone_id                = var.load_balancer_zone_id
    evaluate_target_health = true
  }
}
