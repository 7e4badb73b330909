"""A year of forty press rooms, lived through in minutes: an injected clock, real servers, the real crawler and archive.

truth.py    what is published, edited, withdrawn, and what befalls the sites; a pure function of the seed
sites.py    what each address answers at a time
living.py   the clock, the servers and the crawls
verdict.py  what the archive found, held against the truth
"""
