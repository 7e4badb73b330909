"""Finding people by printed names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from archive.roster.names import FullName, fold, given_roots, parse_name
from archive.roster.values import Person

__all__ = ["Index"]


class Index:
    """People by given and family name, and by every form of their surnames."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._full: dict[tuple[str, str], list[tuple[Person, FullName]]] = defaultdict(list)
        self._surnames: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            for form in _forms(person):
                for given in {form.given, *form.nicknames}:
                    for root in given_roots(given):
                        self._full[root, form.surname].append((person, form))
                for surname in form.surnames():
                    if person not in self._surnames[surname]:
                        self._surnames[surname].append(person)

    def full(self, name: FullName) -> list[Person]:
        """People whom this full name may mean, in the order of the data."""
        found: dict[str, Person] = {}
        for given in (name.given, *name.nicknames):
            for root in given_roots(given):
                for person, form in self._full.get((root, name.surname), ()):
                    if _same_middles(name.middles, form.middles):
                        found[person.id] = person
        return sorted(found.values(), key=lambda person: person.id)

    def surname(self, surname: str) -> list[Person]:
        """People with this surname, folded."""
        return list(self._surnames.get(surname, ()))


def _forms(person: Person) -> list[FullName]:
    """The names a person goes by; an alias of one word stands for the given name."""
    written = [person.name]
    if person.given and person.family:
        written.append(f"{person.given} {person.family}")
    for alias in person.aliases:
        written.append(alias if " " in alias.strip() else f"{alias} {person.family or parse_name(person.name).surname}")
    forms = {parse_name(text): None for text in written}
    family = fold(person.family)
    return [form for form in forms if len(form.words) > 1 or form.words == (family,)]


def _same_middles(printed: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether no middle name or initial of the one gainsays the other's."""
    return all(
        one[0] == other[0] if len(one) == 1 or len(other) == 1 else one == other
        for one, other in zip(printed, known, strict=False)
    )
