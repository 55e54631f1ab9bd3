"""The AWS price list, which moto does not have.

A fixture and no part of moto. Answers GetProducts as the Price List API's reference describes it, for some types of instances and volumes in
eu-central-1; the figures are the fixture's own.
"""
import io
import json

TARGET = "AWSPriceListService.GetProducts"
HOURLY = {"m1.small": "0.0500000000", "t3.small": "0.0240000000", "t3.micro": "0.0120000000"}
MONTHLY = {"gp2": "0.1190000000", "gp3": "0.0952000000", "standard": "0.0590000000"}


def _product(unit, usd):
    rate = {"unit": unit, "pricePerUnit": {"USD": usd}, "beginRange": "0", "endRange": "Inf"}
    term = {"offerTermCode": "JRTCKXETXF", "priceDimensions": {"SKU.JRTCKXETXF.6YS6EN2CT7": rate}}
    return json.dumps({"serviceCode": "AmazonEC2", "terms": {"OnDemand": {"SKU.JRTCKXETXF": term}}})


class Fixture:
    """Stands before moto."""

    def __init__(self, moto):
        self.moto = moto

    def __call__(self, environ, start_response):
        if environ.get("HTTP_X_AMZ_TARGET") != TARGET:
            return self.moto(environ, start_response)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        wanted = {each["Field"]: each["Value"] for each in json.loads(body)["Filters"]}
        found = []
        if wanted["regionCode"] == "eu-central-1":
            # An instance under a contract is listed as free on demand; nobody without it pays that.
            found += [_product("Hrs", "0.0000000000"), _product("Hrs", HOURLY[wanted["instanceType"]])] if wanted.get("instanceType") in HOURLY else []
            found += [_product("GB-Mo", MONTHLY[wanted["volumeApiName"]])] if wanted.get("volumeApiName") in MONTHLY else []
        start_response("200 OK", [("Content-Type", "application/x-amz-json-1.1")])
        return [json.dumps({"FormatVersion": "aws_v1", "PriceList": found}).encode()]
