"""Walls, "not found" pages and shells that answer 200, and the pages that only speak of them."""

from __future__ import annotations

import pytest

from archive.records import Outcome
from tests.extract.pages import read

BODY = (
    "<p>"
    + "The council met on Tuesday and talked about the wall, the login and the maintenance of the page. " * 12
    + "</p>"
)


def _page(title: str, body: str, head: str = "") -> str:
    return f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head><body>{body}</body></html>"


WALLS = {
    "cloudflare-1020": _page(
        "Access denied | www.example.gov used Cloudflare to restrict access",
        "<h1>Access denied</h1><p>Error code 1020</p><p>You do not have access to www.example.gov.</p>"
        "<p>Ray ID: 7f3</p>",
    ),
    "cloudflare-blocked": _page(
        "Attention Required! | Cloudflare",
        "<h1>Sorry, you have been blocked</h1><h2>You are unable to access example.gov</h2><p>This website is using a "
        "security service to protect itself from online attacks.</p><p>Cloudflare Ray ID: 7f3 Your IP: 192.0.2.1</p>",
    ),
    "imperva": '<html><head><META NAME="robots" CONTENT="noindex,nofollow"></head><body><iframe id="main-iframe" '
    'src="/_Incapsula_Resource?SWUDNSAI=31&xinfo=9"></iframe><p>Request unsuccessful. Incapsula incident ID: 443-1</p>'
    "</body></html>",
    "datadome": _page(
        "example.com",
        "<p>Please enable JS and disable any ad blocker. Are you a robot? captcha</p>"
        "<script>var dd={'host':'geo.captcha-delivery.com'}</script>",
    ),
    "aws-waf": _page(
        "Human Verification",
        "<div id=captcha-container></div><noscript><h1>JavaScript is disabled</h1></noscript>"
        "<script src='https://x.token.awswaf.com/challenge.js'></script><p>Please verify you are human.</p>",
    ),
    "distil": _page(
        "Pardon Our Interruption...", "<p>As you were browsing something made us think you were a bot.</p>"
    ),
    "f5": _page(
        "Request Rejected",
        "<p>The requested URL was rejected. Please consult your administrator.</p><p>Support ID: 9</p>",
    ),
    "perimeterx": _page("Access to this page has been denied", "<p>Press &amp; Hold to confirm you are a human</p>"),
    "captcha": _page("Security Check", "<p>I'm not a robot</p><div class=g-recaptcha data-sitekey=x></div>"),
    "forbidden": _page("403 Forbidden", "<center><h1>403 Forbidden</h1></center><hr><center>nginx</center>"),
    "login": _page(
        "Sign in | Town Intranet",
        "<h1>Sign in</h1><form><label>User</label><input type=text><input type='password'></form>",
    ),
    "consent": _page(
        "Before you continue",
        "<h1>Before you continue</h1><p>We use cookies and personal data to deliver our services. Accept all or reject "
        "all cookies. Read our privacy policy.</p>",
    ),
    "maintenance": _page("Site Maintenance", "<h1>We&rsquo;ll be back soon!</h1><p>Please check back shortly.</p>"),
    "503": _page("503 Service Temporarily Unavailable", "<h1>503 Service Temporarily Unavailable</h1><hr>nginx"),
}
ABSENT = {
    "plain": _page("404 Not Found", "<h1>Not Found</h1><p>The requested URL was not found on this server.</p>"),
    "site": _page("Page Not Found - City of Orrin", "<h1>Page not found</h1><p>The page may have been moved.</p>"),
    "oops": _page("City of Orrin", "<h1>Oops! The page you are looking for can't be found.</h1><p>404</p>"),
    "gone": _page("Orrin", "<h1>This page</h1><h2>Article no longer available</h2><p>The article was removed.</p>"),
    "spanish": _page("Página no encontrada | Ciudad", "<p>404</p>"),
}
EMPTY = {
    "shell": _page(
        "Newsroom", '<div id="root"></div><script src=a.js></script><script src=b.js></script><script></script>'
    ),
    "nothing": _page("", ""),
    "asks": _page("App", "<div><p>You need to enable JavaScript to run this app.</p></div>"),
}
GOOD = {
    "about a wall": _page("Access Denied: the story of a fence", f"<main><h1>Access Denied</h1>{BODY}</main>"),
    "about 404": _page("404", f"<main><h1>404: Page Not Found</h1>{BODY}</main>"),
    "about maintenance": _page("Road Maintenance", "<h1>Road Maintenance</h1><p>Crews mend Mill Lane on Monday.</p>"),
    "login link": _page(
        "Budget passed", "<a href=/login>Log in</a><h1>Budget passed</h1><p>The budget passed, 5 to 4.</p>"
    ),
    "two lines": _page(
        "Statement", "<h1>Statement of Mayor Lind</h1><p>We mourn with the family. We will not forget.</p>"
    ),
    "challenge script": _page(
        "Levee", f"<h1>Levee holds</h1>{BODY}<script src=/cdn-cgi/challenge-platform/h/x></script>"
    ),
    "cookie notice": _page(
        "Ferries",
        "<h1>Ferries run late</h1><p>The ferries run until two.</p><div class=cookie-banner>We use cookies.</div>",
    ),
}


@pytest.mark.parametrize("name", WALLS)
def test_wall(name: str) -> None:
    """A wall that answers 200 is blocked, gives its reason and no text."""
    found = read(WALLS[name])
    assert (found.outcome, found.text) == (Outcome.BLOCKED, "")
    assert found.reason


@pytest.mark.parametrize("name", ABSENT)
def test_soft_404(name: str) -> None:
    """A "not found" page that answers 200 is an absence."""
    assert read(ABSENT[name]).outcome is Outcome.ABSENT


@pytest.mark.parametrize("name", EMPTY)
def test_shell(name: str) -> None:
    """A page without words of its own is empty, and says why."""
    found = read(EMPTY[name])
    assert found.outcome is Outcome.EMPTY
    assert found.reason


@pytest.mark.parametrize("name", GOOD)
def test_good_page(name: str) -> None:
    """A page that speaks of walls, or carries their scripts beside a text, is a page."""
    found = read(GOOD[name])
    assert found.outcome is Outcome.TEXT, found.reason


def test_header_of_a_wall() -> None:
    """A header in which the wall names itself is enough."""
    found = read(GOOD["about a wall"], headers=(("Server", "cloudflare"), ("CF-Mitigated", "challenge")))
    assert found.outcome is Outcome.BLOCKED
    assert "cf-mitigated" in (found.reason or "")
