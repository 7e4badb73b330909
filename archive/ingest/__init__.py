"""Readers that turn what people have - WARC and WACZ files, folders of pages, records, texts - into captures."""

from __future__ import annotations
