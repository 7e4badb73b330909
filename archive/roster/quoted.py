"""From a quotation, as the extractor found it, to whom the roster says it is of."""

from __future__ import annotations

from archive.records import Quotation, QuotationKind, SpeakerForm
from archive.roster.roster import Roster
from archive.roster.values import Printed, Resolution, Setting

__all__ = ["resolve_quotation"]


def resolve_quotation(roster: Roster, quotation: Quotation, setting: Setting) -> Resolution:
    """The speaker of a quotation in a document of that setting.

    A release that is a statement and names nobody is of whoever holds the office that publishes it.
    """
    printed = Printed(name=quotation.speaker, role=quotation.role, place=quotation.place, form=quotation.form)
    if quotation.speaker is None and quotation.kind is QuotationKind.WHOLE and setting.office:
        printed = Printed(role=setting.office.replace("_", " "), form=SpeakerForm.PERSON)
    return roster.resolve(printed, setting)
