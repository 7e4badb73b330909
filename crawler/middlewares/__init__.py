"""Manners and safety between spider and network: robots.txt, private addresses, replay from WARC files."""
