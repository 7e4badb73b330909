"""The project's own gold set: invented releases, transcripts and news, and the scorer that reads them."""
