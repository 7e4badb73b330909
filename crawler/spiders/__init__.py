"""The spider that every source gets; `crawler.loader` gives it a catalog entry."""
