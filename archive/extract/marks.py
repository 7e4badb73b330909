"""The marks that walls and logins leave in headers and markup, whatever their words and language."""

from __future__ import annotations

import re

__all__ = ["HOSTING_HEADERS", "LOGIN_MARKS", "PRODUCT_MARKS", "WALL_HEADERS", "WALL_MARKS"]

# Headers by which a product says that the answer is its own.
WALL_HEADERS = frozenset(("cf-mitigated", "x-amzn-waf-action", "x-sucuri-block", "x-vercel-mitigated", "x-dd-b"))
# Headers that stand in good answers, too: with them, a page of few words that a wall could say is a wall.
HOSTING_HEADERS = re.compile(
    "|".join(
        (
            r"server: (?:akamaighost|ddos-guard|cloudfront|sucuri)",
            r"x-cdn: (?:incapsula|imperva)",
            r"x-iinfo:",
            r"x-px-",
            r"x-datadome:",
            r"x-kpsdk-",
            r"x-sucuri-id:",
        )
    ),
    re.IGNORECASE,
)
# Lower-case pieces of markup; sought as they are, because a page's source is long. These stand in good pages, too.
WALL_MARKS = (
    "/cdn-cgi/challenge-platform/h/",
    "challenges.cloudflare.com",
    "_incapsula_resource",
    "request unsuccessful",
    "awswaf",
    "perfdrive.com",
    "window.kpsdk",
    "/tspd/",
    "g-recaptcha",
    "h-captcha",
)
# These only stand in the products' own pages.
PRODUCT_MARKS = (
    "cf-browser-verification",
    "cf-error-details",
    "cf-chl-",
    "cf_chl_",
    "challenge-error-text",
    "_incapsula_resource?swudnsai",
    "incapsula incident id",
    "reeseskipexpirationcheck",
    "ct.captcha-delivery.com",
    "geo.captcha-delivery.com",
    "gokuprops",
    'id="px-captcha"',
    "captcha.px-cdn.net",
    "errors.edgesuite.net",
    "sec-if-cpt-container",
    "distil_r_captcha",
    "distilcaptchaform",
    "sucuri_cloudproxy",
    "sucuri-firewall-block",
    "validate.perfdrive.com",
    "sgcaptcha",
    "ddos-guard/js-challenge",
    "errors/validatecaptcha",
    "errors_page/validatecaptcha",
    "/.within.website/x/cmd/anubis",
)
LOGIN_MARKS = (
    "type=password",
    "type='password",
    'type="password',
    'name="loginfmt"',
    "aadcdn.ms",
    "samlrequest",
    "samlresponse",
    "/adfs/ls",
    "okta-signin",
    "/authenticate.aspx",
)
