#!/usr/bin/env python3
"""May this order ship? Asks writd over its Unix socket; needs Python 3.8 and nothing else.

usage: ask.py SOCKET REQUEST.json
Ends with 0 and `yes: …` only when the daemon permits it, else with 1 and `no: …`, which says why.
"""
import http.client
import json
import socket
import sys
import time
import uuid

DECISION = "full_payment.may_ship"
SECONDS = 2  # for each try
TRIES = 2


class Doubt(Exception):
    """There is no answer that may be trusted."""


class Unreachable(Doubt):
    """Not now: asking again is safe, for a decision changes nothing."""


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("writ", timeout=SECONDS)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def ask_once(path, body, request_id):
    connection = UnixConnection(path)
    try:
        connection.request("POST", f"/v1/decide/{DECISION}", body, {
            "Content-Type": "application/json", "X-Request-ID": request_id, "Connection": "close"})
        response = connection.getresponse()
        if response.length is None and not response.chunked:
            raise Doubt("the answer does not say how long it is")
        text = response.read()  # a cut answer raises IncompleteRead
    except http.client.IncompleteRead:
        raise Unreachable("the answer was cut off")
    except http.client.RemoteDisconnected:
        raise Unreachable("the daemon closed the connection without an answer")
    except http.client.HTTPException as problem:
        raise Doubt(f"what came is no answer: {problem!r}")
    except OSError as problem:  # nobody there, no permission, time-out, connection broken
        raise Unreachable(f"no answer: {problem}")
    finally:
        connection.close()
    try:
        answer = json.loads(text)
    except ValueError:
        raise Doubt(f"status {response.status}, and the answer is not JSON")
    if not isinstance(answer, dict):
        raise Doubt("the answer is no object")
    if response.status == 503:
        raise Unreachable(f"status 503: {answer.get('detail')}")
    if response.status != 200:
        raise Doubt(f"status {response.status}: {answer.get('detail')}")
    if answer.get("decision") != DECISION or answer.get("requestId") != request_id:
        raise Doubt("this is the answer to something else")
    return answer


def ask(path, body, request_id):
    for attempt in range(TRIES):
        try:
            return ask_once(path, body, request_id)  # the same id each time
        except Unreachable:
            if attempt + 1 == TRIES:
                raise
            time.sleep(0.2)


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: ask.py SOCKET REQUEST.json")
    with open(sys.argv[2], "rb") as file:
        body = file.read()
    request_id = str(uuid.uuid4())
    try:
        answer = ask(sys.argv[1], body, request_id)
    except Doubt as problem:
        print(f"no: {problem} (request {request_id})")
        return 1
    ids = f"(decision {answer.get('decisionId')}, request {request_id})"
    if answer.get("permitted") is True:  # and nothing else is a yes
        print(f"yes: ship {ids}")
        return 0
    reasons = [f"{reason['code']}: {reason['text']}" for reason in answer.get("reasons", [])]
    print(f"no: {answer.get('outcome')}: {'; '.join(reasons)} {ids}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
