variable "deployment_id" {
  description = "Identity of the deployment: its name, a dash and eight hexadecimal digits. Names what must be unique in the account, and tags everything."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,31}-[0-9a-f]{8}$", var.deployment_id))
    error_message = "deployment_id must be a deployment's name followed by a dash and eight hexadecimal digits, such as shop-0a1b2c3d."
  }
}

variable "deployment_name" {
  description = "Name that people know the deployment by; its Name tag."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,31}$", var.deployment_name))
    error_message = "deployment_name must be 1 to 32 lower case letters, digits and dashes, and begin with a letter."
  }
  validation {
    condition     = startswith(var.deployment_id, "${var.deployment_name}-")
    error_message = "deployment_name must be the name that deployment_id begins with."
  }
}

variable "region" {
  description = "AWS region of everything here, such as eu-central-1."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+(-[a-z]+)+-[0-9]+$", var.region))
    error_message = "region must be the code of an AWS region, such as eu-central-1."
  }
}

variable "instance_type" {
  description = "EC2 instance type, of the given architecture."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*\\.[a-z0-9-]+$", var.instance_type))
    error_message = "instance_type must be a family and a size joined by a dot, such as t3.small."
  }
}

variable "architecture" {
  description = "CPU architecture of the instance type: x86_64 or arm64. Chooses among the machine images of one name."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture must be x86_64 or arm64."
  }
}

variable "machine_image" {
  description = "Operating system: ubuntu-22.04, ubuntu-24.04 or al2023 in their newest release at the time of creation, or the id of an AMI."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(ubuntu-22\\.04|ubuntu-24\\.04|al2023|ami-([0-9a-f]{8}|[0-9a-f]{17}))$", var.machine_image))
    error_message = "machine_image must be ubuntu-22.04, ubuntu-24.04, al2023, or an AMI id such as ami-0123456789abcdef0."
  }
}

variable "user_data_file" {
  description = "File with the exact bytes of the instance's user data, relative to this directory. A changed file replaces the instance."
  type        = string
  default     = "bootstrap/user-data"
  nullable    = false

  validation {
    condition     = fileexists("${path.module}/${var.user_data_file}")
    error_message = "user_data_file must name a file relative to the blueprint's directory; there is none of that name."
  }
}

variable "ports" {
  description = "Ports that the containers publish on the host; each is opened to every one of ingress_cidrs."
  type = list(object({
    port     = number
    protocol = string
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for p in var.ports : try(p.port >= 1 && p.port <= 65535 && floor(p.port) == p.port, false)])
    error_message = "ports must be whole numbers from 1 to 65535."
  }
  validation {
    condition     = alltrue([for p in var.ports : try(contains(["tcp", "udp"], p.protocol), false)])
    error_message = "ports must each have the protocol tcp or udp."
  }
  validation {
    condition     = length(distinct(var.ports)) == length(var.ports)
    error_message = "ports must not name the same port and protocol twice."
  }
}

variable "ingress_cidrs" {
  description = "IPv4 and IPv6 networks from which the published ports can be reached; none leaves them closed."
  type        = list(string)
  default     = []
  nullable    = false

  # AWS gives networks back in their canonical form, so any other form would differ in every plan.
  validation {
    condition     = alltrue([for c in var.ingress_cidrs : try(cidrsubnet(c, 0, 0) == c, false)])
    error_message = "ingress_cidrs must be networks in canonical form with zero host bits, such as 203.0.113.0/24 or 2001:db8::/32."
  }
  validation {
    condition     = length(distinct(var.ingress_cidrs)) == length(var.ingress_cidrs)
    error_message = "ingress_cidrs must not name the same network twice."
  }
}

variable "ssh_cidrs" {
  description = "IPv4 and IPv6 networks from which port 22 can be reached; none, the default, leaves it closed."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for c in var.ssh_cidrs : try(cidrsubnet(c, 0, 0) == c, false)])
    error_message = "ssh_cidrs must be networks in canonical form with zero host bits, such as 203.0.113.0/24 or 2001:db8::/32."
  }
  validation {
    condition     = length(distinct(var.ssh_cidrs)) == length(var.ssh_cidrs)
    error_message = "ssh_cidrs must not name the same network twice."
  }
}

variable "vpc_id" {
  description = "VPC of the instance; null for the subnet's own, or the account's default VPC."
  type        = string
  default     = null

  validation {
    condition     = var.vpc_id == null || can(regex("^vpc-([0-9a-f]{8}|[0-9a-f]{17})$", var.vpc_id))
    error_message = "vpc_id must be the id of a VPC, such as vpc-0123456789abcdef0."
  }
}

variable "subnet_id" {
  description = "Subnet of the instance; null for one of the VPC's that gives public addresses by itself, or, without public_ip, one that does not."
  type        = string
  default     = null

  validation {
    condition     = var.subnet_id == null || can(regex("^subnet-([0-9a-f]{8}|[0-9a-f]{17})$", var.subnet_id))
    error_message = "subnet_id must be the id of a subnet, such as subnet-0123456789abcdef0."
  }
}

variable "public_ip" {
  description = "Whether AWS gives the instance a public IPv4 address at launch; null leaves it to the subnet. A change replaces the instance."
  type        = bool
  default     = null
}

variable "elastic_ip" {
  description = "Whether the instance gets an Elastic IP address, which stays the same when the instance is replaced."
  type        = bool
  default     = false
  nullable    = false
}

variable "disk_size_gib" {
  description = "Size of the root volume in GiB; no less than the machine image's own, at most what a gp3 volume can have."
  type        = number
  default     = 20
  nullable    = false

  validation {
    condition     = var.disk_size_gib >= 1 && var.disk_size_gib <= 65536 && floor(var.disk_size_gib) == var.disk_size_gib
    error_message = "disk_size_gib must be a whole number from 1 to 65536."
  }
}

variable "kms_key_id" {
  description = "KMS key that encrypts the root volume, as key id, key ARN, alias name or alias ARN; null for the account's default EBS key."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_id == null || can(regex("^(arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]+|alias/[A-Za-z0-9/_-]+|mrk-[0-9a-f]{32}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})$", var.kms_key_id))
    error_message = "kms_key_id must be a key id, a key ARN, an alias name beginning with alias/, or an alias ARN."
  }
}

variable "ssh_public_key" {
  description = "Public key, in the form of one line of authorized_keys, that the instance's own user accepts; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.ssh_public_key == null || can(regex("^(ssh-rsa|ssh-ed25519)[ \\t]+[A-Za-z0-9+/]+=*([ \\t][^\\r\\n]*)?$", var.ssh_public_key))
    error_message = "ssh_public_key must be one line with an RSA or ED25519 public key, the kinds that EC2 accepts."
  }
  validation {
    condition     = var.ssh_public_key == null || var.key_name == null
    error_message = "ssh_public_key and key_name exclude each other: an instance has one key pair."
  }
}

variable "key_name" {
  description = "Name of a key pair that the account has in the region already; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.key_name == null || can(regex("^[!-~]([ -~]{0,253}[!-~])?$", var.key_name))
    error_message = "key_name must be 1 to 255 printable ASCII characters with no blank at either end."
  }
}

variable "spot" {
  description = "Whether to ask for a one-time Spot instance, which AWS may terminate at any moment."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Further tags for everything that is created."
  type        = map(string)
  default     = {}
  nullable    = false

  # AWS allows 50 tags a resource, of which four are the deployment's own.
  validation {
    condition     = length(var.tags) <= 46
    error_message = "tags must be 46 at most."
  }
  # The letters are those that IAM accepts, the strictest of the services used here.
  validation {
    condition     = alltrue([for k in keys(var.tags) : can(regex("^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,128}$", k))])
    error_message = "tags must have keys of 1 to 128 letters, digits, spaces and the characters _ . : / = + - @."
  }
  validation {
    condition     = alltrue([for v in values(var.tags) : can(regex("^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{0,256}$", v))])
    error_message = "tags must have values of at most 256 letters, digits, spaces and the characters _ . : / = + - @."
  }
  validation {
    condition     = alltrue([for k in keys(var.tags) : !can(regex("^(aws:|ec2-docker:|name$)", lower(k)))])
    error_message = "tags must not have the key Name, nor keys that begin with aws: or ec2-docker:, which are reserved."
  }
}

variable "url_port" {
  description = "Published TCP port of the url output; null for no url."
  type        = number
  default     = null

  validation {
    condition     = var.url_port == null || anytrue([for p in var.ports : p.port == var.url_port && p.protocol == "tcp"])
    error_message = "url_port must be one of the published TCP ports."
  }
}

variable "url_path" {
  description = "Path of the url output."
  type        = string
  default     = "/"
  nullable    = false

  validation {
    condition     = can(regex("^/[!-~]*$", var.url_path))
    error_message = "url_path must begin with a slash and hold no blanks or characters beyond ASCII; write those percent-encoded."
  }
}

variable "max_retries" {
  description = "How often the AWS provider repeats a request that AWS throttles or fails to answer."
  type        = number
  default     = 25
  nullable    = false

  validation {
    condition     = var.max_retries >= 0 && var.max_retries <= 100 && floor(var.max_retries) == var.max_retries
    error_message = "max_retries must be a whole number from 0 to 100."
  }
}
