"""The users' phones of the demo: what Keycloak calls its authentication channel, and the page on which they answer.

Keycloak posts each question to /request; the page is at /phone?user=alice, without a login: it is for one machine, and for trying out.
Reads KEYCLOAK (where answers are sent), ASSETS (folder of the page's files), PORT, and CLIENT (what the page calls who asks).
"""

import base64
import json
import os
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

KEYCLOAK = os.environ.get("KEYCLOAK", "http://keycloak:8080")
ASSETS = Path(os.environ.get("ASSETS", "/assets"))
CLIENT = os.environ.get("CLIENT", "Countersign")
MOST_REMEMBERED = 100
LARGEST_BODY = 65536
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
DECISIONS = {"approve": ("approved", "SUCCEED"), "deny": ("denied", "UNAUTHORIZED")}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"


class Requests:
    """The newest questions. Each is answered once: a second answer would destroy the first one at Keycloak."""

    def __init__(self):
        self.lock = threading.Lock()
        self.all = []

    def add(self, token, body):
        claims = claims_of(token)
        with self.lock:
            self.all.append(
                {
                    "id": uuid.uuid4().hex,
                    "token": token,
                    "issuer": claims["iss"],
                    "user": body.get("login_hint", ""),
                    "status": "pending",
                    "bindingMessage": body.get("binding_message", ""),
                    "authorizationDetails": details(body),
                    "createdAt": moment(time.time()),
                    "expiresAt": moment(claims["exp"]),
                    "asking": True,
                }
            )
            del self.all[:-MOST_REMEMBERED]

    def of(self, user):
        with self.lock:
            return [shown(request) for request in reversed(self.all) if request["user"] == user]

    def decide(self, request_id, decision):
        """The HTTP status for the page: 204, 404 or 409."""
        status, word = DECISIONS[decision]
        with self.lock:
            request = next((one for one in self.all if one["id"] == request_id), None)
            if request is None:
                return 404
            if shown(request)["status"] != "pending":
                return 409
            if not tell_keycloak(request, word):
                return 502
            request["status"] = status
            request["decidedAt"] = moment(time.time())
            return 204


def tell_keycloak(request, word):
    path = "/" + urllib.parse.urlsplit(request["issuer"]).path.lstrip("/") + "/protocol/openid-connect/ext/ciba/auth/callback"
    headers = {"Authorization": "Bearer " + request["token"], "Content-Type": "application/json"}
    body = json.dumps({"status": word}).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(KEYCLOAK + path, body, headers), timeout=10) as answer:
            return answer.status == 200
    except urllib.error.URLError as failure:
        print(f"Keycloak didn't take the answer: {failure}", flush=True)
        return False


def claims_of(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def details(body):
    """Keycloak hands on what it doesn't know, as text."""
    try:
        found = json.loads(body.get("authorization_details", "[]"))
        return found if isinstance(found, list) else []
    except ValueError:
        return []


def moment(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat().replace("+00:00", "Z")


def shown(request):
    public = {name: value for name, value in request.items() if name not in ("token", "issuer", "user")}
    if public["status"] == "pending" and public["expiresAt"] <= moment(time.time()):
        public["status"] = "expired"
    return public


class Phone(BaseHTTPRequestHandler):
    requests = Requests()
    protocol_version = "HTTP/1.1"
    timeout = 20

    def do_GET(self):
        if not self.is_for_this_machine():
            self.answer(421)
            return
        address = urllib.parse.urlsplit(self.path)
        user = urllib.parse.parse_qs(address.query).get("user", [""])[0]
        if address.path == "/phone" and user:
            page = (ASSETS / "phone.html").read_text().replace("{client}", CLIENT)
            self.answer(200, page.encode(), "text/html; charset=utf-8")
        elif address.path == "/phone/requests" and user:
            self.answer(200, json.dumps(self.requests.of(user)).encode(), "application/json")
        elif address.path in ("/", "/phone"):
            self.answer(303, headers={"Location": "/phone?user=alice"})
        elif address.path.startswith("/assets/"):
            self.asset(Path(address.path).name)
        else:
            self.answer(404)

    def do_POST(self):
        parts = self.path.split("/")
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY:
            self.close_connection = True
            self.answer(413)
            return
        body = self.rfile.read(length)
        if self.path == "/request":
            self.requests.add(self.headers["Authorization"].removeprefix("Bearer "), json.loads(body))
            self.answer(201)
        elif len(parts) == 5 and parts[1:3] == ["phone", "requests"] and parts[4] in DECISIONS:
            self.answer(self.requests.decide(parts[3], parts[4]) if self.is_own_page() else 403)
        else:
            self.answer(404)

    def is_own_page(self):
        """No other site's page presses the buttons."""
        return self.is_for_this_machine() and self.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"

    def is_for_this_machine(self):
        """No other name leads here, which somebody has pointed at this machine."""
        return urllib.parse.urlsplit("//" + self.headers.get("Host", "")).hostname in THIS_MACHINE

    def asset(self, name):
        file = ASSETS / "assets" / name
        if file.suffix in TYPES and file.is_file():
            self.answer(200, file.read_bytes(), TYPES[file.suffix])
        else:
            self.answer(404)

    def answer(self, status, body=b"", content_type=None, headers=None):
        self.send_response(status)
        if content_type:
            self.send_header("Content-Type", content_type)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing: the addresses name users."""


if __name__ == "__main__":
    ThreadingHTTPServer((os.environ.get("HOST", "0.0.0.0"), int(os.environ.get("PORT", "8080"))), Phone).serve_forever()
