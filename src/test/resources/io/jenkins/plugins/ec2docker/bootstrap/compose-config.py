# Prints, as JSON, the services that Docker Compose 1.29 makes of the Compose file and the .env in a directory: what `docker-compose config`
# would print, but before its YAML printer, which does not give U+0085 back as it was.
import json
import sys

from compose.cli.command import get_config_from_options

config = get_config_from_options(sys.argv[1], {'--project-directory': sys.argv[1]})
json.dump({service['name']: service for service in config.services}, sys.stdout)
