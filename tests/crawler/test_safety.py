"""Nothing that a site says makes us ask an address of our own network."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.resolver import dnscache
from scrapy.settings import Settings
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.failures import Refused
from crawler.middlewares.addresses import is_public, literal_address
from crawler.middlewares.resolver import PublicResolver, refused_names
from crawler.middlewares.safety import SafetyMiddleware
from tests.crawler.conftest import ROOT
from tests.traps import Traps

PRIVATE = [
    "http://127.0.0.1", "http://127.0.0.2", "http://127.1", "http://127.0.1", "http://2130706433", "http://0x7f000001",
    "http://0x7f.0.0.1", "http://0x7f.1", "http://0177.0.0.1", "http://017700000001", "http://0", "http://0.0.0.0",
    "http://[::1]", "http://[::]", "http://[0:0:0:0:0:0:0:1]", "http://[::ffff:127.0.0.1]", "http://[::ffff:7f00:1]",
    "http://[::127.0.0.1]", "http://[64:ff9b::7f00:1]", "http://[2002:7f00:1::]", "http://[fe80::1]", "http://[fd00::1]",
    "http://[fc00::1]", "http://[ff02::1]", "http://10.0.0.1", "http://172.16.0.1", "http://172.31.255.255",
    "http://192.168.0.1", "http://169.254.169.254", "http://100.64.0.1", "http://224.0.0.1", "http://255.255.255.255",
    "http://198.18.0.1", "http://192.0.2.1", "http://localhost", "http://localhost.", "http://LOCALHOST",
    "http://www.localhost", "http://printer.local", "http://metadata.google.internal", "http://１２７.0.0.1",
    "http://127。0。0。1", "http://user:word@127.0.0.1", "http://[::1%25lo]",
]  # fmt: skip

ASK = """
import json, sys
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.project import get_project_settings
from crawler.failures import reason_of

told = {}

class Asking(Spider):
    name = "asking"
    async def start(self):
        for url in json.load(sys.stdin):
            try:
                request = Request(url, callback=self.got, errback=self.failed, cb_kwargs={"url": url}, dont_filter=True)
            except ValueError:
                told[url] = "refused_address"
            else:
                yield request
    def got(self, response, url):
        told[url] = response.status
    def failed(self, failure):
        told[failure.request.cb_kwargs["url"]] = reason_of(failure.value)[0]

settings = get_project_settings()
settings.setdict({"ITEM_PIPELINES": {}, "RETRY_ENABLED": False, "AUTOTHROTTLE_ENABLED": False, "DOWNLOAD_DELAY": 0,
                  "DOWNLOAD_TIMEOUT": 5, "LOG_LEVEL": "CRITICAL", "ROBOTSTXT_OBEY": sys.argv[1] == "robots"})
process = AsyncCrawlerProcess(settings)
process.crawl(process.create_crawler(Asking))
process.start()
print(json.dumps(told))
"""


@pytest.mark.parametrize("robots", ["robots", "no-robots"])
def test_forty_spellings_of_private_addresses_get_no_connection(site: Traps, robots: str) -> None:
    """A server on this machine sees no request, whatever the spelling, and every refusal is named."""
    port = site.server_address[1]
    urls = [f"{base}:{port}/secret" for base in PRIVATE]
    urls += ["file:///etc/hostname", "ftp://127.0.0.1/x", "data:text/html,x", "s3://bucket/key", "gopher://127.0.0.1/"]
    done = subprocess.run(
        [sys.executable, "-c", ASK, robots],
        cwd=ROOT, input=json.dumps(urls), capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == dict.fromkeys(urls, "refused_address"), done.stderr
    assert site.hits.total() == 0


@pytest.mark.parametrize("base", PRIVATE)
def test_the_middleware_alone_refuses_each_spelling(base: str) -> None:
    """A literal private address is refused before any name is resolved."""
    with pytest.raises((Refused, ValueError)):
        SafetyMiddleware(allow_private=False).process_request(Request(f"{base}/secret"))


@pytest.mark.parametrize(
    "url",
    ["https://brackwater.example/news", "http://8.8.8.8/", "http://[2606:4700::1111]/", "https://internal.example/",
     "https://localhost.example/", "http://0x7f.example/", "https://münchen.example/"],
)  # fmt: skip
def test_public_addresses_pass(url: str) -> None:
    """Names and public literals are let through."""
    SafetyMiddleware(allow_private=False).process_request(Request(url))


def test_private_addresses_pass_only_by_the_setting() -> None:
    """ALLOW_PRIVATE_ADDRESSES lets a local server be crawled, and still no other scheme."""
    middleware = SafetyMiddleware(allow_private=True)
    middleware.process_request(Request("http://127.0.0.1:8000/"))
    with pytest.raises(Refused):
        middleware.process_request(Request("file:///etc/hostname"))


@pytest.mark.parametrize(
    ("host", "address"),
    [("2130706433", "127.0.0.1"), ("0x7f.1", "127.0.0.1"), ("0177.1", "127.0.0.1"), ("8.8.8.8", "8.8.8.8"),
     ("brackwater.example", None), ("127.0.0.1.example", None), ("", None)],
)  # fmt: skip
def test_a_literal_is_read_as_the_c_library_reads_it(host: str, address: str | None) -> None:
    """Decimal, octal, hexadecimal and short spellings give the address that a connection would go to."""
    found = literal_address(host)
    assert (None if found is None else str(found)) == address
    assert found is None or is_public(found) == (address == "8.8.8.8")


class _Names:
    """A name server that answers each time with the next of its answers."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)

    def resolveHostName(self, receiver: Any, name: str, port: int, *_: Any) -> Any:  # noqa: N802
        receiver.resolutionBegan(SimpleNamespace(name=name))
        for host in self.answers.pop(0):
            receiver.addressResolved((IPv6Address if ":" in host else IPv4Address)("TCP", host, port))
        receiver.resolutionComplete()
        return receiver


class _Received(list[str]):
    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        pass

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        pass


def _resolver(*answers: Sequence[str], allow: bool = False) -> PublicResolver:
    dnscache.clear()
    reactor: Any = SimpleNamespace(nameResolver=_Names(*answers))
    crawler: Any = SimpleNamespace(settings=Settings({"ALLOW_PRIVATE_ADDRESSES": allow}))
    return PublicResolver.from_crawler(crawler, reactor)


def _resolve(resolver: PublicResolver, name: str) -> list[str]:
    received = _Received()
    resolver.resolveHostName(received, name, 80)  # type: ignore[arg-type]
    return received


@pytest.mark.parametrize(
    ("answers", "given"),
    [
        (["8.8.8.8"], ["8.8.8.8"]),
        (["8.8.8.8", "2606:4700::1111"], ["8.8.8.8", "2606:4700::1111"]),
        (["127.0.0.1"], []),
        (["8.8.8.8", "10.0.0.1"], []),
        (["fd00::1"], []),
        (["::ffff:192.168.1.1"], []),
        ([], []),
    ],
)
def test_a_name_with_one_private_answer_has_none(answers: list[str], given: list[str]) -> None:
    """The resolver gives all answers or none."""
    name = f"name-{len(answers)}-{'-'.join(answers).replace(':', '')}.example"
    assert _resolve(_resolver(answers), name) == given
    assert (name in refused_names) == (bool(answers) and not given)


def test_a_second_answer_cannot_rebind_a_name() -> None:
    """The first, public answer stays; the name server is not asked again."""
    resolver = _resolver(["8.8.8.8"], ["127.0.0.1"])
    assert _resolve(resolver, "rebinding.example") == ["8.8.8.8"]
    assert _resolve(resolver, "rebinding.example") == ["8.8.8.8"]


def test_the_resolver_gives_private_answers_by_the_setting() -> None:
    """ALLOW_PRIVATE_ADDRESSES holds for names too."""
    assert _resolve(_resolver(["127.0.0.1"], allow=True), "here.example") == ["127.0.0.1"]
