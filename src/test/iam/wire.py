#!/usr/bin/env python3
"""Reads calls as they went over the wire (JSON lines, see RecordedCalls.java) from stdin, and writes each as its operation of AWS's own service
model: {service, region, operation, parameters, answer, failed, faults}. The models are botocore's, which come with moto; shapes.py finds the faults.

A call of which the model knows nothing ends this with an error: it would be a call that no test looks at.
"""
import functools
import json
import re
import sys
from urllib.parse import parse_qsl, unquote, urlsplit

import botocore.parsers
from botocore.exceptions import UnknownServiceError
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.utils import get_service_model
from werkzeug.datastructures import Headers, MultiDict

sys.dont_write_bytecode = True
from shapes import faults  # noqa: E402

# Services whose models have another name than they sign with.
MODELS = {"monitoring": "cloudwatch", "elasticloadbalancing": "elbv2", "tagging": "resourcegroupstaggingapi"}


@functools.cache
def model(service):
    return get_service_model(MODELS.get(service, service))


@functools.cache
def paths(service):
    """Of each operation that a path names: method, what its query must have, pattern of the path, operation. The closest first."""
    found = []
    for name in model(service).operation_names:
        http = model(service).operation_model(name).http
        path, _, query = http["requestUri"].partition("?")
        path = re.sub(r"^/\{Bucket\}", "/{Bucket}", path)
        pattern = "".join(
            (f"(?P<{part[1:-2]}>.+)" if part.endswith("+}") else f"(?P<{part[1:-1]}>[^/]+)") if part.startswith("{") else re.escape(part)
            for part in re.split(r"(\{[^}]+\})", path))
        required = {key for key, value in parse_qsl(query, keep_blank_values=True)}
        values = {key: value for key, value in parse_qsl(query, keep_blank_values=True) if value}
        deprecated = model(service).operation_model(name).deprecated
        found.append((http["method"], required, values, re.compile(pattern.rstrip("/") + "/?$"), (deprecated, path.count("{")), name))
    return sorted(found, key=lambda each: (-len(each[1]), each[4], each[5]))


def by_path(call):
    url = urlsplit(call["uri"])
    query = dict(parse_qsl(url.query, keep_blank_values=True))
    for method, required, values, pattern, _, name in paths(call["service"]):
        match = pattern.match(url.path)
        if method == call["method"] and match and required <= query.keys() and all(query[k] == v for k, v in values.items()):
            if call["service"] == "s3" and not required - {"x-id"} and set(query) - {"x-id", "versionId", "prefix", "list-type", "max-keys"}:
                continue
            return name, match.groupdict()
    raise LookupError(f"no operation of {call['service']} is {call['method']} {call['uri']}")


def operation(call):
    if call["target"]:
        return call["target"].split(".")[-1], {}
    if model(call["service"]).protocol.startswith("rest"):
        return by_path(call)
    form = dict(parse_qsl(call["body"], keep_blank_values=True))
    if "Action" in form:
        return form["Action"], {}
    return re.search(r"/operation/(\w+)$", call["uri"]).group(1), {}


def protocol(call, service):
    if call["target"]:
        return "json"
    if service.protocol in ("json", "smithy-rpc-v2-cbor"):
        return "query"
    return service.protocol


def parsed(call):
    service = model(call["service"])
    name, path = operation(call)
    described = service.operation_model(name)
    url = urlsplit(call["uri"])
    spoken = protocol(call, service)
    parameters = PROTOCOL_PARSERS[spoken](described).parse({
        "method": call["method"],
        "values": MultiDict(parse_qsl(call["body"] if spoken in ("query", "ec2") else url.query, keep_blank_values=True)),
        "headers": Headers(),
        "body": call["body"].encode(),
        "url_path": url.path,
        "url_params": path,
    })
    answer = {}
    if call["status"] < 300 and described.output_shape is not None and not described.has_streaming_output:
        answer = botocore.parsers.create_parser(spoken).parse(
            {"body": call["answer"].encode(), "headers": Headers(), "status_code": call["status"]}, described.output_shape)
        answer.pop("ResponseMetadata", None)
    return {"service": call["service"], "region": call["region"], "operation": name, "parameters": parameters, "answer": answer,
            "failed": call["status"] >= 300, "faults": list(faults(described.input_shape, parameters)) if described.input_shape else []}


def main():
    for line in sys.stdin:
        # moto's ARNs of distributions lack the empty Region.
        call = json.loads(re.sub(r"(arn(:|%3A)aws\2cloudfront\2)(?=[0-9])", r"\1\2", line))
        # Of another process, which takes the recorder's port for one that was its own a moment ago.
        if call["service"] == "unsigned":
            continue
        try:
            print(json.dumps(parsed(call), default=str))
        except (UnknownServiceError, LookupError, AttributeError, KeyError, TypeError) as e:
            print(json.dumps(call)[:2000], file=sys.stderr)
            raise


if __name__ == "__main__":
    main()
