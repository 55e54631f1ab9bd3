"""The AWS price list, which moto does not have.

A fixture and no part of moto. Answers GetProducts as the Price List API's reference describes it, for what this project asks about in
eu-central-1; the figures are the fixture's own.
"""
import io
import json

TARGET = "AWSPriceListService.GetProducts"
REGION = "eu-central-1"
LINUX = {"operatingSystem": "Linux", "tenancy": "Shared", "preInstalledSw": "NA", "capacitystatus": "Used"}


def _instances():
    hourly = {"m1.small": "0.0500000000", "t3.small": "0.0240000000", "t3.micro": "0.0120000000", "t3.medium": "0.0480000000", "t3.large": "0.0960000000"}
    for kind, usd in hourly.items():
        # An instance under a contract is listed as free on demand; nobody without it pays that.
        for price in ("0.0000000000", usd):
            yield "AmazonEC2", dict(LINUX, instanceType=kind, usagetype=f"EUC1-BoxUsage:{kind}"), "Hrs", price


def _volumes():
    for kind, usd in {"gp2": "0.1190000000", "gp3": "0.0952000000", "standard": "0.0590000000"}.items():
        yield "AmazonEC2", {"productFamily": "Storage", "volumeApiName": kind, "usagetype": f"EUC1-EBS:VolumeUsage.{kind}"}, "GB-Mo", usd


def _by_usage():
    # Of each family also what is not meant: what costs by use, other processors, other kinds of a thing.
    yield "AmazonEC2", {"productFamily": "NAT Gateway", "usagetype": "EUC1-NatGateway-Hours"}, "Hrs", "0.0520000000"
    yield "AmazonEC2", {"productFamily": "NAT Gateway", "usagetype": "EUC1-NatGateway-Bytes"}, "GB", "0.0010000000"
    yield "AWSELB", {"productFamily": "Load Balancer-Application", "usagetype": "EUC1-LoadBalancerUsage"}, "Hrs", "0.0270000000"
    yield "AWSELB", {"productFamily": "Load Balancer-Application", "usagetype": "EUC1-LCUUsage"}, "LCU-Hrs", "0.0080000000"
    yield "AWSELB", {"productFamily": "Load Balancer-Application", "usagetype": "EUC1-TS-LoadBalancerUsage"}, "Hrs", "0.0056000000"
    yield "AmazonVPC", {"productFamily": "VpcEndpoint", "usagetype": "EUC1-VpcEndpoint-Hours"}, "Hrs", "0.0120000000"
    yield "AmazonVPC", {"productFamily": "VpcEndpoint", "usagetype": "EUC1-VpcEndpoint-Bytes"}, "GB", "0.0010000000"
    yield "AmazonECS", {"productFamily": "Compute", "usagetype": "EUC1-Fargate-vCPU-Hours:perCPU"}, "hours", "0.0465600000"
    yield "AmazonECS", {"productFamily": "Compute", "usagetype": "EUC1-Fargate-ARM-vCPU-Hours:perCPU"}, "hours", "0.0372500000"
    yield "AmazonECS", {"productFamily": "Compute", "usagetype": "EUC1-Fargate-GB-Hours"}, "hours", "0.0051100000"
    yield "AmazonECS", {"productFamily": "Compute", "usagetype": "EUC1-Fargate-ARM-GB-Hours"}, "hours", "0.0040900000"


def _databases():
    for zones, factor in (("Single-AZ", 1), ("Multi-AZ", 2)):
        for kind, usd in {"db.t3.micro": 0.021, "db.t3.small": 0.042}.items():
            yield "AmazonRDS", {"productFamily": "Database Instance", "databaseEngine": "PostgreSQL", "instanceType": kind, "deploymentOption": zones,
                                "usagetype": f"EUC1-{'Multi-AZ' if factor == 2 else 'Instance'}Usage:{kind}"}, "Hrs", f"{usd * factor:.10f}"
        prefix = "Multi-AZ-" if factor == 2 else ""
        yield "AmazonRDS", {"productFamily": "Database Storage", "databaseEngine": "Any", "volumeType": "General Purpose-GP3",
                            "deploymentOption": zones, "usagetype": f"EUC1-RDS:{prefix}GP3-Storage"}, "GB-Mo", f"{0.137 * factor:.10f}"


PRODUCTS = [*_instances(), *_volumes(), *_by_usage(), *_databases()]


def _product(service, attributes, unit, usd):
    rate = {"unit": unit, "pricePerUnit": {"USD": usd}, "beginRange": "0", "endRange": "Inf"}
    term = {"offerTermCode": "JRTCKXETXF", "priceDimensions": {"SKU.JRTCKXETXF.6YS6EN2CT7": rate}}
    family = attributes.get("productFamily", "Compute Instance")
    return json.dumps({"serviceCode": service, "product": {"productFamily": family, "attributes": attributes},
                       "terms": {"OnDemand": {"SKU.JRTCKXETXF": term}}})


class Fixture:
    """Stands before moto."""

    def __init__(self, moto):
        self.moto = moto

    def __call__(self, environ, start_response):
        if environ.get("HTTP_X_AMZ_TARGET") != TARGET:
            return self.moto(environ, start_response)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        question = json.loads(body)
        wanted = {each["Field"]: each["Value"] for each in question["Filters"]}
        found = [_product(*each) for each in PRODUCTS
                 if each[0] == question["ServiceCode"] and wanted.items() <= dict(each[1], regionCode=REGION).items()]
        start_response("200 OK", [("Content-Type", "application/x-amz-json-1.1")])
        return [json.dumps({"FormatVersion": "aws_v1", "PriceList": found}).encode()]
