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
    def assumed_version(self) -> str:
        """The version that is described, where the text means a license without saying which."""
        profiles = list(self.licenses.values())
        if self.recognition.route in (NAME, HUB) and len(profiles) == 1 and profiles[0]:
            version = profiles[0].version
            stated = not version or any(each in self.text for each in re.split(r",? ", version))
            return "" if stated else version
        return ""


def look_up(text: str) -> Answer:
    """Say all that is known of the license, or the licenses, that `text` names."""
    recognition = recognise(text)
    expression = recognition.expression
    if expression is None:
        return Answer(text, recognition, {}, ())
    alone = expression.ids == (str(expression),)
    found = {id: profile(id, neighbours=alone) for id in expression.ids}
    return Answer(text, recognition, found, judged(expression))
