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

variable "generations" {
  description = "What runs: an instance for each key, and what each is. One, or during an update two: the one that serves and the one that may follow it. What is changed only by another instance (user data, image, architecture, network, public_ip, disk key, SSH key, spot) needs another key."
  type = map(object({
    # File with the exact bytes of the instance's user data, relative to this directory. They belong to the key: other bytes, another key.
    user_data_file = optional(string, "bootstrap/user-data")
    # EC2 instance type, of the given architecture. A change stops the instance and starts it again.
    instance_type = string
    # CPU architecture of the instance type: x86_64 or arm64. Chooses among the machine images of one name.
    architecture = string
    # Operating system: ubuntu-22.04, ubuntu-24.04 or al2023 in their newest release at the time of creation, or the id of an AMI.
    machine_image = string
    # Ports that the containers publish on the host; each is opened to every one of ingress_cidrs.
    ports = optional(list(object({ port = number, protocol = string })), [])
    # IPv4 and IPv6 networks from which the published ports can be reached; none leaves them closed.
    ingress_cidrs = optional(list(string), [])
    # IPv4 and IPv6 networks from which port 22 can be reached; none leaves it closed.
    ssh_cidrs = optional(list(string), [])
    # VPC of the instance; null for the subnet's, or the default VPC.
    vpc_id = optional(string)
    # Subnet of the instance; null for one of the VPC's that gives public addresses by itself, or, without public_ip, one that does not.
    subnet_id = optional(string)
    # Whether AWS gives the instance a public IPv4 address at launch; null leaves it to the subnet.
    public_ip = optional(bool)
    # Whether the instance has an Elastic IP address while it serves, which it takes over from the one before it.
    elastic_ip = optional(bool, false)
    # Size of the root volume in GiB; no less than the machine image's own, at most what a gp3 volume can have.
    disk_size_gib = optional(number, 20)
    # KMS key that encrypts the root volume, as key id, key ARN, alias name or alias ARN; null for the account's default EBS key.
    kms_key_id = optional(string)
    # Public key, in the form of one line of authorized_keys, that the instance's own user accepts; null for none.
    ssh_public_key = optional(string)
    # Name of a key pair that the account has in the region already; null for none.
    key_name = optional(string)
    # Whether to ask for a one-time Spot instance, which AWS may terminate at any moment.
    spot = optional(bool, false)
    # Published TCP port of the url output; null for no url.
    url_port = optional(number)
    # Path of the url output.
    url_path = optional(string, "/")
  }))
  nullable = false

  validation {
    condition     = length(var.generations) >= 1 && length(var.generations) <= 2
    error_message = "generations must be one, or two during an update."
  }
  validation {
    condition     = alltrue([for key in keys(var.generations) : can(regex("^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$", key))])
    error_message = "generations must have keys of 1 to 64 lower case letters, digits and dashes."
  }
  validation {
    condition     = alltrue([for g in var.generations : fileexists("${path.module}/${g.user_data_file}")])
    error_message = "user_data_file must name a file relative to the blueprint's directory; there is none of that name."
  }
  validation {
    condition     = alltrue([for g in var.generations : can(regex("^[a-z][a-z0-9-]*\\.[a-z0-9-]+$", g.instance_type))])
    error_message = "instance_type must be a family and a size joined by a dot, such as t3.small."
  }
  validation {
    condition     = alltrue([for g in var.generations : contains(["x86_64", "arm64"], g.architecture)])
    error_message = "architecture must be x86_64 or arm64."
  }
  validation {
    condition     = alltrue([for g in var.generations : can(regex("^(ubuntu-22\\.04|ubuntu-24\\.04|al2023|ami-([0-9a-f]{8}|[0-9a-f]{17}))$", g.machine_image))])
    error_message = "machine_image must be ubuntu-22.04, ubuntu-24.04, al2023, or an AMI id such as ami-0123456789abcdef0."
  }
  validation {
    condition     = alltrue([for g in var.generations : alltrue([for p in g.ports : try(p.port >= 1 && p.port <= 65535 && floor(p.port) == p.port, false)])])
    error_message = "ports must be whole numbers from 1 to 65535."
  }
  validation {
    condition     = alltrue([for g in var.generations : alltrue([for p in g.ports : try(contains(["tcp", "udp"], p.protocol), false)])])
    error_message = "ports must each have the protocol tcp or udp."
  }
  validation {
    condition     = alltrue([for g in var.generations : length(distinct(g.ports)) == length(g.ports)])
    error_message = "ports must not name the same port and protocol twice."
  }
  # AWS gives networks back in their canonical form, so any other form would differ in every plan.
  validation {
    condition     = alltrue([for g in var.generations : alltrue([for c in g.ingress_cidrs : try(cidrsubnet(c, 0, 0) == c, false)])])
    error_message = "ingress_cidrs must be networks in canonical form with zero host bits, such as 203.0.113.0/24 or 2001:db8::/32."
  }
  validation {
    condition     = alltrue([for g in var.generations : length(distinct(g.ingress_cidrs)) == length(g.ingress_cidrs)])
    error_message = "ingress_cidrs must not name the same network twice."
  }
  validation {
    condition     = alltrue([for g in var.generations : alltrue([for c in g.ssh_cidrs : try(cidrsubnet(c, 0, 0) == c, false)])])
    error_message = "ssh_cidrs must be networks in canonical form with zero host bits, such as 203.0.113.0/24 or 2001:db8::/32."
  }
  validation {
    condition     = alltrue([for g in var.generations : length(distinct(g.ssh_cidrs)) == length(g.ssh_cidrs)])
    error_message = "ssh_cidrs must not name the same network twice."
  }
  validation {
    condition     = alltrue([for g in var.generations : g.vpc_id == null || can(regex("^vpc-([0-9a-f]{8}|[0-9a-f]{17})$", g.vpc_id))])
    error_message = "vpc_id must be the id of a VPC, such as vpc-0123456789abcdef0."
  }
  validation {
    condition     = alltrue([for g in var.generations : g.subnet_id == null || can(regex("^subnet-([0-9a-f]{8}|[0-9a-f]{17})$", g.subnet_id))])
    error_message = "subnet_id must be the id of a subnet, such as subnet-0123456789abcdef0."
  }
  validation {
    condition     = alltrue([for g in var.generations : g.disk_size_gib >= 1 && g.disk_size_gib <= 65536 && floor(g.disk_size_gib) == g.disk_size_gib])
    error_message = "disk_size_gib must be a whole number from 1 to 65536."
  }
  validation {
    condition     = alltrue([for g in var.generations : g.kms_key_id == null || can(regex("^(arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]+|alias/[A-Za-z0-9/_-]+|mrk-[0-9a-f]{32}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})$", g.kms_key_id))])
    error_message = "kms_key_id must be a key id, a key ARN, an alias name beginning with alias/, or an alias ARN."
  }
  validation {
    condition     = alltrue([for g in var.generations : g.ssh_public_key == null || can(regex("^(ssh-rsa|ssh-ed25519)[ \\t]+[A-Za-z0-9+/]+=*([ \\t][^\\r\\n]*)?$", g.ssh_public_key))])
    error_message = "ssh_public_key must be one line with an RSA or ED25519 public key, the kinds that EC2 accepts."
  }
  validation {
    condition     = alltrue([for g in var.generations : g.ssh_public_key == null || g.key_name == null])
    error_message = "ssh_public_key and key_name exclude each other: an instance has one key pair."
  }
  validation {
    condition     = alltrue([for g in var.generations : g.key_name == null || can(regex("^[!-~]([ -~]{0,253}[!-~])?$", g.key_name))])
    error_message = "key_name must be 1 to 255 printable ASCII characters with no blank at either end."
  }
  validation {
    condition     = alltrue([for g in var.generations : g.url_port == null || anytrue([for p in g.ports : p.port == g.url_port && p.protocol == "tcp"])])
    error_message = "url_port must be one of the published TCP ports."
  }
  validation {
    condition     = alltrue([for g in var.generations : can(regex("^/[!-~]*$", g.url_path))])
    error_message = "url_path must begin with a slash and hold no blanks or characters beyond ASCII; write those percent-encoded."
  }
}

variable "serving" {
  description = "Key of the generation that serves: the Elastic IP address leads to it, and the outputs tell of it."
  type        = string
  nullable    = false

  validation {
    condition     = contains(keys(var.generations), var.serving)
    error_message = "serving must be a key of generations."
  }
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

variable "permissions_boundary" {
  description = "ARN of the IAM policy that every role gets as its permissions boundary; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary == null || can(regex("^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/.+$", var.permissions_boundary))
    error_message = "permissions_boundary must be the ARN of an IAM policy; it is ${coalesce(var.permissions_boundary, "null")}."
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
