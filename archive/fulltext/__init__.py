"""Full-text search of versions and statements: the indexes on both databases, and one query language over them.

SQLite keeps FTS5 tables (`version_search`, `statement_search`), PostgreSQL a generated `tsvector` column
(`version.search`, `statement.search`). Both split at everything that is neither letter nor digit, ignore case
and Latin accents, and stem nothing, so that a question has the same answers on either; a title's words weigh more than
a text's.

    mayor budget        both words             "snow plan"      these words in a row
    plow*               words that begin so    tax OR levy      either of the two neighbours
    -draft              without the word       -"for review"    without the phrase

Whatever is asked is answered: what is no word is ignored, and a question without words names every row.
"""

from archive.fulltext.indexes import STATEMENTS, VERSIONS, Index, create, drop
from archive.fulltext.language import Query, Term, fold, parse

__all__ = ["STATEMENTS", "VERSIONS", "Index", "Query", "Term", "create", "drop", "fold", "parse"]
