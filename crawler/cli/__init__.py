"""Commands of `archive` that need Scrapy, registered by the entry-point group `archive.commands`."""
