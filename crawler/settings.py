"""Scrapy's settings where we deviate from its defaults, each with its reason, and the settings of our own.

Any of them can be set for one crawl: `scrapy crawl SOURCE -s NAME=VALUE`.
"""

from __future__ import annotations

import os

BOT_NAME = "on-the-record"
COMMANDS_MODULE = "crawler.commands"  # `crawl` with honest exit statuses
SPIDER_LOADER_CLASS = "crawler.loader.CatalogLoader"  # each catalog entry is a spider
ADDONS = {"crawler.middlewares.replay.Replay": 0}

# -- Our own ----------------------------------------------------------------------------------------------------------
CONTACT = os.environ.get("CONTACT", "")  # an e-mail or web address that a site's operator can write to
REPLAY: list[str] = []  # WARC files that answer every request; nothing then reaches the network
ALLOW_PRIVATE_ADDRESSES = False  # for a demo or test on this machine only
ARCHIVE_DATABASE = os.environ.get("ARCHIVE_DATABASE", "")  # empty: the archive's own default
ARCHIVE_WARC = ""  # folder of the WARC files; empty: beside the database
ARCHIVE_CATALOG: list[str] = []  # empty: the environment variable of that name, else the built-in entries
EXTRACT_WORKERS = 2  # processes
LISTING_PAGES_MAX = 25  # of one source in one run
LISTING_PAGES_MAX_BACKFILL = 5_000
DOCUMENTS_MAX = 20_000  # asked for in one run; the frontier keeps the rest for the next
REVISIT_ALL = False  # look again at everything listed or young, also where its next visit has not come
PROBE_DAYS = 30  # between two looks at what a host answers where there is nothing; 0: never
CRAWL_DELAY_MAX = 60.0  # seconds; a longer Crawl-delay counts as this
BACKOFF_FIRST = 60.0  # seconds for which a host is left alone after a 429 that names no time; doubled each time
CHROMIUM = os.environ.get("CHROMIUM", "")  # of sources with `browser`; empty: a chromium on the PATH
BROWSER_SECONDS = 60.0  # for one page, with all that it asks for
BROWSER_REQUESTS_MAX = 60  # scripts and data that one page may ask for
STOP_AFTER = 15.0  # seconds after SIGTERM or Ctrl-C in which answers under way may still come in

# -- Manners ----------------------------------------------------------------------------------------------------------
# USER_AGENT is made from CONTACT by `crawler.commands.crawl`; robots.txt is read for this token of it.
ROBOTSTXT_USER_AGENT = "OnTheRecord"
ROBOTSTXT_OBEY = True  # Scrapy's own default is to ignore robots.txt
AUTOTHROTTLE_ENABLED = True  # a slow site is asked more slowly
AUTOTHROTTLE_START_DELAY = 1.0  # seconds, for the first answer of a host; 5 by default
DOWNLOAD_DELAY = 0.25  # seconds between requests to one host at least; none by default
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # press rooms are small servers
# Of a source at all: what waits behind another request would be sent although the host has asked to wait.
CONCURRENT_REQUESTS = 1
# In the order in which listings show them; Scrapy would ask for the oldest first, and of a trap for its last links.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
DOWNLOAD_DELAY_JITTER = 0  # by default a delay may be half of what was set
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the spider says it once, in words
RETRY_TIMES = 1  # what fails twice is asked again by the next run
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408]  # not 429: asking again at once is what it forbids

# -- What may come in -------------------------------------------------------------------------------------------------
DOWNLOAD_MAXSIZE = 20_971_520  # bytes, before and after decompression; 1 GiB by default
DOWNLOAD_WARNSIZE = 0  # no warning below the limit
DOWNLOAD_TIMEOUT = 60  # seconds; 180 by default
DOWNLOAD_FAIL_ON_DATALOSS = False  # a cut body is kept as truncated evidence
HTTPERROR_ALLOW_ALL = True  # 304, 404, 410 and walls are evidence too
REDIRECT_ENABLED = False  # the spider follows redirects itself, because every hop is a capture
METAREFRESH_ENABLED = False
COOKIES_ENABLED = False  # an archive reads what everybody is shown
REFERER_ENABLED = False

# -- What must not happen ---------------------------------------------------------------------------------------------
DOWNLOAD_VERIFY_CERTIFICATES = True  # off by default
TELNETCONSOLE_ENABLED = False  # a local port that runs Python
REMOTE_CONTROL_ENABLED = False  # the same
HTTPPROXY_ENABLED = False  # a proxy would resolve names behind the resolver that refuses private addresses
# `file:///etc/hostname` as a start address would be read.
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}
TWISTED_DNS_RESOLVER = "crawler.middlewares.resolver.PublicResolver"
DOWNLOADER_MIDDLEWARES = {
    # First of all, so that not even robots.txt is asked of a private address.
    "crawler.middlewares.safety.SafetyMiddleware": 50,
    # Scrapy's lets all but the first of simultaneous requests through, and reads a 5xx as permission.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "crawler.middlewares.traps.TrapMiddleware": 60,
    "crawler.middlewares.backoff.BackoffMiddleware": 560,  # nearer to the network than Scrapy's retries
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # discovery holds listings to their hosts
}
ITEM_PIPELINES = {"crawler.pipelines.ArchivePipeline": 100}

# -- What a person reads ----------------------------------------------------------------------------------------------
LOG_LEVEL = "WARNING"  # one line per thing that went wrong; INFO and DEBUG are Scrapy's own diary
LOG_FORMAT = "%(levelname)s: %(message)s"
STATS_DUMP = False  # the run's counts are printed instead
LOGSTATS_INTERVAL = 0
