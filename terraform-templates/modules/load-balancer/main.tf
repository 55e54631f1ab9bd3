data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

locals {
  # AWS allows 32 characters for a load balancer and for a target group. The eight digits at the end of the identity are what is unique.
  digits = substr(var.id, length(var.id) - 8, 8)
  # AWS keeps names that begin with internal- for itself.
  stem = replace(substr(var.id, 0, length(var.id) - 9), "/^internal-/", "internal")
  name = replace("${trimsuffix(substr(local.stem, 0, 23), "-")}-${local.digits}", "/^internal-/", "internal")
  # A target group cannot change its port: the next one stands beside it until the listener has moved.
  target_name = "${trimsuffix(substr(local.stem, 0, 17), "-")}-${local.digits}-${var.target_port}"

  https = var.load_balancer.certificate_arn != null
  logs  = var.load_balancer.log_retention_days != null
}

# Access logs go to buckets that S3 encrypts by itself; it takes no other key for them.
resource "aws_s3_bucket" "logs" {
  count = local.logs ? 1 : 0

  bucket_prefix = "${substr(var.id, 0, 32)}-"
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "logs" {
  count = local.logs ? 1 : 0

  bucket                  = aws_s3_bucket.logs[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  count = local.logs ? 1 : 0

  bucket = aws_s3_bucket.logs[0].id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  count = local.logs ? 1 : 0

  bucket = aws_s3_bucket.logs[0].id

  rule {
    id     = "logs"
    status = "Enabled"

    filter {}

    # S3 takes objects into the class for rare access after 30 days, and keeps them there for 30 at least.
    dynamic "transition" {
      for_each = var.load_balancer.log_retention_days > 60 ? [30] : []

      content {
        days          = transition.value
        storage_class = "STANDARD_IA"
      }
    }

    expiration {
      days = var.load_balancer.log_retention_days
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  count = local.logs ? 1 : 0

  bucket = aws_s3_bucket.logs[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "LoadBalancersWrite"
        Effect    = "Allow"
        Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.logs[0].arn}/AWSLogs/${data.aws_caller_identity.current.account_id}/*"
      },
      {
        Sid       = "NobodyReadsInClear"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.logs[0].arn, "${aws_s3_bucket.logs[0].arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })

  depends_on = [aws_s3_bucket_public_access_block.logs]
}

resource "aws_lb" "this" {
  name               = local.name
  load_balancer_type = "application"
  internal           = var.load_balancer.internal
  subnets            = var.subnet_ids
  security_groups    = [var.security_group_id]

  idle_timeout               = var.load_balancer.idle_timeout
  enable_deletion_protection = var.load_balancer.deletion_protection
  drop_invalid_header_fields = true

  dynamic "access_logs" {
    for_each = aws_s3_bucket.logs[*].id

    content {
      enabled = true
      bucket  = access_logs.value
    }
  }

  depends_on = [aws_s3_bucket_policy.logs]
}

resource "aws_lb_target_group" "this" {
  name                 = local.target_name
  vpc_id               = var.vpc_id
  target_type          = var.target_type
  port                 = var.target_port
  protocol             = "HTTP"
  deregistration_delay = var.load_balancer.deregistration_delay

  health_check {
    path                = var.load_balancer.health_check.path
    port                = var.load_balancer.health_check.port == null ? "traffic-port" : tostring(var.load_balancer.health_check.port)
    matcher             = var.load_balancer.health_check.matcher
    interval            = var.load_balancer.health_check.interval
    timeout             = var.load_balancer.health_check.timeout
    healthy_threshold   = var.load_balancer.health_check.healthy_threshold
    unhealthy_threshold = var.load_balancer.health_check.unhealthy_threshold
  }

  dynamic "stickiness" {
    for_each = var.load_balancer.stickiness_seconds == null ? [] : [var.load_balancer.stickiness_seconds]

    content {
      type            = "lb_cookie"
      cookie_duration = stickiness.value
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  port              = var.load_balancer.http_port
  protocol          = "HTTP"

  dynamic "default_action" {
    for_each = local.https ? [1] : []

    content {
      type = "redirect"

      redirect {
        protocol    = "HTTPS"
        port        = tostring(var.load_balancer.https_port)
        status_code = "HTTP_301"
      }
    }
  }

  dynamic "default_action" {
    for_each = local.https ? [] : [1]

    content {
      type             = "forward"
      target_group_arn = aws_lb_target_group.this.arn
    }
  }
}

resource "aws_lb_listener" "https" {
  count = local.https ? 1 : 0

  load_balancer_arn = aws_lb.this.arn
  port              = var.load_balancer.https_port
  protocol          = "HTTPS"
  certificate_arn   = var.load_balancer.certificate_arn
  # TLS 1.2 and 1.3, with forward secrecy.
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
}
