# Asks what it is asked to ask, with the HTTP client that is named, each used as its documentation shows.
import base64
import json
import os
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def with_requests(question):
    import requests

    file = question.get("file")
    files = {file["field"]: (file["name"], base64.b64decode(file["base64"]), file["type"])} if file else None
    answer = requests.request(
        question["method"],
        question["url"],
        headers=question.get("headers", {}),
        data=question["body"].encode() if question.get("body") else None,
        files=files,
        timeout=30,
    )
    return answer.status_code, answer.headers, answer.content


def with_urllib(question):
    request = urllib.request.Request(
        question["url"],
        method=question["method"],
        headers=question.get("headers", {}),
        data=question["body"].encode() if question.get("body") else None,
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


CLIENTS = {"requests": with_requests, "urllib": with_urllib}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            status, headers, body = CLIENTS[question["client"]](question)
            answer = {
                "status": status,
                "headers": {name.lower(): value for name, value in headers.items()},
                "base64": base64.b64encode(body).decode(),
            }
        except Exception as error:
            answer = {"error": repr(error)}
        text = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *arguments):
        pass


ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
