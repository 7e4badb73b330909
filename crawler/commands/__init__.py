"""Commands that Scrapy finds by COMMANDS_MODULE."""
