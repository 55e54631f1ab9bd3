data "aws_partition" "current" {}

data "aws_ssm_parameter" "image" {
  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
}

data "aws_ami" "this" {
  filter {
    name   = "image-id"
    values = [data.aws_ssm_parameter.image.insecure_value]
  }
}

resource "aws_iam_role" "this" {
  name_prefix          = "${substr(var.id, 0, 37)}-"
  path                 = "/ec2-docker/"
  description          = "Lets the bastion of ${var.id} be managed by Systems Manager, and nothing else"
  permissions_boundary = var.permissions_boundary

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.${data.aws_partition.current.dns_suffix}" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "ssm" {
  role       = aws_iam_role.this.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_instance_profile" "this" {
  name_prefix = "${substr(var.id, 0, 37)}-"
  path        = "/ec2-docker/"
  role        = aws_iam_role.this.name
}

resource "aws_instance" "this" {
  ami                    = data.aws_ami.this.id
  instance_type          = var.bastion.instance_type
  subnet_id              = var.subnet_id
  vpc_security_group_ids = [var.security_group_id]
  iam_instance_profile   = aws_iam_instance_profile.this.name
  key_name               = var.bastion.key_name

  user_data = var.bastion.lifetime_minutes == 0 ? null : "#!/bin/sh\nshutdown -h +${var.bastion.lifetime_minutes}\n"
  # A bastion that shuts itself down is gone, and is not left to be started by whoever finds it.
  instance_initiated_shutdown_behavior = "terminate"
  user_data_replace_on_change          = true

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = 10
    encrypted   = true
    kms_key_id  = var.kms_key_arn
  }

  tags = { "Name" = "${var.name} bastion" }

  depends_on = [aws_iam_role_policy_attachment.ssm]

  lifecycle {
    ignore_changes = [ami]
  }
}
