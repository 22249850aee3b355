"""Checks an OpenAPI description, and that requests and answers are what it says.

usage: validate.py FOLDER

FOLDER holds openapi.json, policies/*.json as `GET /v1/policies/{policy}` answers them, and exchanges.jsonl: one
exchange a line, {"name", "path", "method", "type", "request", "status", "answerType", "answer", "refused"}.
With "refused" the request must not fit its schema. Prints one line for each mistake and ends with 1 if there is any.
"""

import json
import pathlib
import sys

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry
from referencing.jsonschema import DRAFT202012


def pointer(*parts):
    return "#" + "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


class Description:
    def __init__(self, document):
        self.document = document
        resource = DRAFT202012.create_resource(document)
        self.registry = Registry().with_resource("urn:openapi", resource)
        self.made = {}

    def validator(self, *parts):
        place = "urn:openapi" + pointer(*parts).replace("%", "%25").replace("{", "%7B").replace("}", "%7D")
        if place not in self.made:
            self.made[place] = Draft202012Validator({"$ref": place}, registry=self.registry)
        return self.made[place]

    def request(self, path, method, kind):
        return self.validator("paths", path, method, "requestBody", "content", kind, "schema")

    def answer(self, path, method, status, kind):
        response = self.document["paths"][path][method]["responses"][str(status)]
        if "$ref" in response:
            name = response["$ref"].split("/")[-1]
            return self.validator("components", "responses", name, "content", kind, "schema")
        return self.validator("paths", path, method, "responses", str(status), "content", kind, "schema")


def first(validator, value):
    error = next(iter(validator.iter_errors(value)), None)
    return None if error is None else f"{error.json_path}: {error.message[:300]}"


def main(folder):
    mistakes = 0

    def say(text):
        nonlocal mistakes
        mistakes += 1
        print(text)

    document = json.loads((folder / "openapi.json").read_text())
    for error in OpenAPIV31SpecValidator(document).iter_errors():
        say(f"openapi.json: {error.message[:300]}")
    description = Description(document)
    for name, schema in document["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)

    inputs = {}
    for file in sorted((folder / "policies").glob("*.json")):
        for version in json.loads(file.read_text())["versions"]:
            for decision in version["decisions"]:
                schema = decision.get("schema")
                if schema is None:
                    continue
                Draft202012Validator.check_schema(schema)
                inputs.setdefault(decision["name"], []).append(Draft202012Validator(schema))

    count = 0
    with open(folder / "exchanges.jsonl") as lines:
        for line in lines:
            exchange = json.loads(line)
            count += 1
            name, path, method = exchange["name"], exchange["path"], exchange["method"]
            if exchange.get("request") is not None:
                found = first(description.request(path, method, exchange["type"]), exchange["request"])
                if exchange.get("refused"):
                    if found is None:
                        say(f"{name}: the schema takes what the daemon refuses")
                elif found is not None:
                    say(f"{name}: request: {found}")
                decision = path.removeprefix("/v1/decide/")
                facts = isinstance(exchange["request"], dict) and exchange["request"].get("input")
                if facts and decision in inputs and not exchange.get("refused"):
                    if all(first(schema, facts) for schema in inputs[decision]):
                        say(f"{name}: inputs: {first(inputs[decision][-1], facts)}")
            found = first(
                description.answer(path, method, exchange["status"], exchange["answerType"]),
                exchange["answer"])
            if found is not None:
                say(f"{name}: answer: {found}")
    print(f"{count} exchanges, {len(inputs)} decisions, {mistakes} mistakes")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
