"""Short pages about nothing but themselves, in words no rule foresaw, and short releases that look like them."""

from __future__ import annotations

import pytest

from archive.records import Outcome
from tests.extract.pages import read

CHROME = """<header><div><a href="/">City of Orrin</a> <a href="/es">Español</a></div>
<nav><ul><li><a href="/news">News</a></li><li><a href="/pay">Pay a bill</a></li></ul></nav></header>
<p><a href="/">Home</a> &raquo; <a href="/news">News</a></p>
<main>{}</main><footer><p>100 Alder Street, Orrin. Phone: 555-0100</p></footer>"""

WALLS = {
    "session": (
        "Timed out",
        "<p>You have not used this form for a while, so your session was closed. Start again.</p>",
    ),
    "browser": (
        "Orrin",
        "<h1>Time for a newer browser</h1><p>This site does not work with your version of Explorer.</p>",
    ),
    "region": ("Sorry", "<p>Visitors from your country or region are not allowed to access this content.</p>"),
    "portal": ("Free WiFi", "<p>Welcome! Accept the terms of use below to connect to the internet.</p>"),
    "rate": ("429", "<p>Slow down, please: too many requests from your address. Wait a minute and try again.</p>"),
    "cookies": ("Cookies off", "<p>Your browser refuses cookies; without them this website cannot log you in.</p>"),
    "queue": (
        "Please stand by",
        "<p>The website is busy. You are in a queue and will be redirected automatically.</p>",
    ),
    "soon": ("Orrin", "<h1>Coming soon</h1><p>We are still building this page. Come back later.</p>"),
    "filter": ("Web filter", "<p>Access to the URL you requested is restricted by policy. Category: proxy.</p>"),
    "password": (
        "Staff",
        "<form><p>Username</p><input name=u><p>Password</p><input type=password><p>Forgot?</p></form>",
    ),
    "lost": ("Whoops", "<p>That link is broken, or the page has wandered off. Go back to the home page.</p>"),
    "network": ("Something failed", "<p>Connect to the VPN, then reload this page to view its content.</p>"),
}
# None tells a day, and none quotes anybody.
RELEASES = {
    "closed": ("City Hall closed", "<p>City Hall will be closed for the holiday. It opens again the day after.</p>"),
    "road": (
        "Mill Road blocked",
        "<p>Mill Road is blocked by a fallen tree. Use Alder Street instead. Crews are working.</p>",
    ),
    "cyber": (
        "Cyber incident",
        "<p>A cyberattack has disrupted the county's phones and servers. Courts stay open. Residents need do "
        "nothing.</p>",
    ),
    "new website": (
        "New city website",
        "<p>Orrin has a new website. Residents can pay water bills, report potholes and find parks on it.</p>",
    ),
    "portal": (
        "Permit portal opens",
        "<p>Builders can now apply for permits online. The portal replaces the paper forms at the counter.</p>",
    ),
    "outage": (
        "Water outage",
        "<p>Water service is temporarily unavailable on Pine Street while a main is mended.</p>",
    ),
    "records": (
        "Access to court records",
        "<p>The clerk again gives access to court records at the counter. Sealed files remain closed to the "
        "public.</p>",
    ),
    "404 jobs": ("404 jobs", "<p>The mill's owners will bring 404 jobs to Orrin, the mayor announced.</p>"),
    "cancelled": ("Meeting cancelled", "<p>The planning board does not meet this week. Its next meeting stands.</p>"),
    "maintenance": (
        "Website maintenance",
        "<p>The library's website will be down Saturday from 6 a.m. to 9 a.m. Books can be renewed by telephone.</p>",
    ),
    "statement": ("Statement", "<p>We mourn with the family. We will not forget him.</p>"),
    "apology": (
        "An apology",
        "<p>We are sorry for the delay in trash pickup. Trucks will come to every house on the east side.</p>",
    ),
    "scam": (
        "Scam warning",
        "<p>Callers pretend to be the utility and ask for account numbers and passwords. Hang up; the "
        "utility never asks.</p>",
    ),
    "suspended": (
        "Service suspended",
        "<p>Bus service on line 12 is suspended because of snow. Other lines run late.</p>",
    ),
    "wifi": (
        "Free Wi-Fi downtown",
        "<p>Downtown visitors can use free Wi-Fi in both squares. The council pays for it.</p>",
    ),
    "denied": (
        "Permit denied",
        "<p>The zoning board denied the permit for the quarry. The owner may appeal to the court.</p>",
    ),
    "parking": (
        "Parking limits",
        "<p>Parking is not allowed on both sides of Oak Lane while crews sweep. Cars will be towed.</p>",
    ),
    "found": (
        "Missing boy found",
        "<p>The missing boy was found safe at a neighbor's home. Thank you to all who searched.</p>",
    ),
    "moved": (
        "Clerk has moved",
        "<p>The clerk's office has moved to 12 Elm Street. Its telephone number is the same.</p>",
    ),
    "recall": (
        "Recall",
        "<p>The lot of baby food named below was recalled. Return it to the store for your money.</p>",
    ),
}


def _page(title: str, body: str) -> str:
    return f"<!doctype html><html lang=en><head><title>{title} | City of Orrin</title></head><body>{body}</body></html>"


@pytest.mark.parametrize("inside", ["{}", CHROME], ids=["alone", "in chrome"])
@pytest.mark.parametrize("name", WALLS)
def test_a_page_about_itself(name: str, inside: str) -> None:
    """It is refused, alone and inside the menus of a city."""
    title, body = WALLS[name]
    found = read(_page(title, inside.format(body)))
    assert found.outcome in (Outcome.BLOCKED, Outcome.ABSENT), found.text


@pytest.mark.parametrize("inside", ["{}", CHROME], ids=["alone", "in chrome"])
@pytest.mark.parametrize("heading", [True, False], ids=["headed", "bare"])
@pytest.mark.parametrize("name", RELEASES)
def test_a_short_release(name: str, heading: bool, inside: str) -> None:
    """A release of a sentence or two is a page, whatever its words share with walls."""
    title, body = RELEASES[name]
    found = read(_page(title, inside.format(f"<h1>{title}</h1>{body}" if heading else body)))
    assert found.outcome is Outcome.TEXT, found.reason
