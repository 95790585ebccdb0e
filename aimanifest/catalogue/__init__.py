"""Licenses looked up: what a text names, and all that is known of it, as one answer."""

from __future__ import annotations

import re
from typing import NamedTuple

from aimanifest.licenses.meanings import HUB, NAME
from aimanifest.licenses.notions import Judged, judged
from aimanifest.licenses.profiles import Profile, profile
from aimanifest.licenses.recognition import RECOGNISED, Recognition, recognise


class Answer(NamedTuple):
    """What a text says about a license.

    `licenses` are those that it names, in its order; None for one of which nothing is known here.
    """

    text: str
    recognition: Recognition
    licenses: dict[str, Profile | None]
    judged: tuple[Judged, ...]

    @property
    def known(self) -> bool:
        """Whether it names licenses, and something is known of each of them."""
        return self.recognition.outcome == RECOGNISED and None not in self.licenses.values()

    @property
    def alone(self) -> Profile | None:
        """The license that it is about, where it is about one, and that is known."""
        ids = list(self.licenses)
        return self.licenses[ids[0]] if ids == [str(self.recognition.expression)] else None

    @property
    def assumed_version(self) -> str:
        """The version that is described, where the text means a license without saying which."""
        if self.alone is None or self.recognition.route not in (NAME, HUB):
            return ""
        version = self.alone.version
        stated = any(part in self.text for part in re.split(r",? ", version))
        return "" if stated else version


def look_up(text: str) -> Answer:
    """Say all that is known of the license, or the licenses, that `text` names."""
    recognition = recognise(text)
    expression = recognition.expression
    if expression is None:
        return Answer(text, recognition, {}, ())
    alone = expression.ids == (str(expression),)
    found = {id: profile(id, neighbours=alone) for id in expression.ids}
    return Answer(text, recognition, found, judged(expression))
