terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
      # What belongs to CloudFront is kept in us-east-1.
      configuration_aliases = [aws.us_east_1]
    }
  }
}
