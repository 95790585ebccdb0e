"""What an organisation asks of releases: a file, read and made into rules like any other.

A policy is a framework whose rules are declared in YAML. Those of the frameworks that it requires
become rules of it, so there is one verdict, and no definition's own verdict is ever touched.
"""

from __future__ import annotations

import os
from collections.abc import Sequence, Set

from aimanifest.document import LIMIT_BYTES, Document, read
from aimanifest.findings import Finding, Outcome
from aimanifest.policy.asking import Asked
from aimanifest.policy.compilation import LEVEL, Compiled, Written, compiled
from aimanifest.policy.faults import faults, trouble
from aimanifest.policy.waivers import Waived, applied, waivers_rule
from aimanifest.rules import FAULTS, MISSING, Assessment, Framework, Policy
from aimanifest.schemas import POLICY, check

_SHIPPED = os.path.join(os.path.dirname(os.path.dirname(__file__)), "policies")
_SUFFIX = ".yaml"

LIMIT_EXTENDED = 8
"""How many policies may extend one another."""


class Faulty(ValueError):  # noqa: N818  # it names what the policy is
    """The file is no right policy; `findings` say where in `path` and why."""

    def __init__(self, path: str, findings: tuple[Finding, ...]) -> None:
        """Keep the findings for whoever catches this."""
        super().__init__(f"{path}: {len(findings)} faults")
        self.path = path
        self.findings = findings


class Unknown(ValueError):  # noqa: N818  # it names what the policy is
    """There is no policy of this name; `names` are those that there are."""

    def __init__(self, name: str) -> None:
        """Keep the names for whoever catches this."""
        super().__init__(f"there is no policy {name!r}")
        self.name = name
        self.names = shipped()


class PolicyFramework(Framework):
    """A policy, with its waivers, which it holds against what its rules find."""

    waivers: tuple[Waived, ...] = ()
    required: Set[str] = frozenset()

    def assess(self, manifest: object, faulted: Set[str] = frozenset()) -> Assessment:
        """Put every rule to `manifest`, and hold the waivers against what they find.

        A waiver is for a rule at a place, so what two frameworks find at one place is told twice.
        Among the rules of one framework, a fault is told once, as that framework tells it; among
        those of a policy, what only repeats a fault, or doubts what is wrong already.
        """
        subject = self.subject_of(manifest)
        told: dict[tuple[str, str], list[Finding]] = {}
        answers = []
        for rule in self.rules:
            origin = rule.id.partition("/")[0]
            answer = rule.answer(subject)
            new: list[Finding] = []
            repeats: list[str] = []
            for each in answer.findings:
                before = told.setdefault((origin, each.pointer), [])
                strictly = origin not in self.required
                if each.pointer in faulted or _repeats(each, before, strictly=strictly):
                    repeats.append(each.pointer)
                else:
                    new.append(each)
            for each in new:
                if each.outcome in FAULTS:
                    told[origin, each.pointer].append(each)
            answers.append(answer._replace(findings=tuple(new), repeats=tuple(repeats)))
        return applied(Assessment(self, tuple(answers)), self.waivers, manifest)


def _repeats(finding: Finding, before: Sequence[Finding], *, strictly: bool) -> bool:
    """Whether a finding says what was said at its place before, or only doubts it.

    In a framework, it does unless it is worse; `strictly`, it does only in the same words.
    """
    if not strictly:
        rank = finding.outcome.rank if finding.outcome else 0
        return any(each.outcome and each.outcome.rank >= rank for each in before)
    doubts = finding.outcome is Outcome.UNDETERMINED
    return any(
        each.message == finding.message or (doubts and each.outcome in MISSING) for each in before
    )


def shipped() -> tuple[str, ...]:
    """Return the names of the policies that come with aimanifest."""
    files = sorted(each for each in os.listdir(_SHIPPED) if each.endswith(_SUFFIX))
    return tuple(each.removesuffix(_SUFFIX) for each in files)


def load(name: str, *, today: str) -> PolicyFramework:
    """Return the policy that comes with aimanifest under this name, or that is in this file.

    What has a slash or a full stop in it is the path of a file; anything else is a name. `today`,
    written `2027-01-31`, is the day by which waivers are judged.

    Raises:
        OSError: if the file cannot be read.
        Unknown: if no policy has this name.
        Faulty: if the file is no right policy.

    """
    written = _written(name, "", ())
    return _framework(written, _compiled(written), today)


def _compiled(written: Written) -> Compiled:
    """Make a policy into rules, after the one that it extends."""
    base = _compiled(written.extends) if written.extends else Compiled({})
    found = faults(written, base)
    if found:
        raise Faulty(written.source, found)
    return compiled(written, base)


def _written(name: str, folder: str, trail: tuple[str, ...]) -> Written:
    """Read a policy, and the one that it extends; `trail` are the files that led here."""
    path = _path(name, folder)
    source = path if _is_path(name) else name
    with open(path, "rb") as file:
        document = read(file.read(LIMIT_BYTES + 1), foreign=_foreign)
    problems = document.problems + check(document, POLICY)
    if problems:
        raise Faulty(source, problems)
    if "extends" not in document.data:
        return Written(source, document, None)
    return Written(source, document, _extended(path, source, document, trail))


def _extended(path: str, source: str, document: Document, trail: tuple[str, ...]) -> Written:
    """Read the policy that the one in `path` extends, or say why that cannot be done."""
    name, folder = document.data["extends"], os.path.dirname(path)
    trail = (*trail, os.path.realpath(path))
    try:
        if os.path.realpath(_path(name, folder)) in trail:
            reason = "which leads back to this policy"
        elif len(trail) > LIMIT_EXTENDED:
            reason = f"and no more than {LIMIT_EXTENDED} policies may extend one another"
        else:
            return _written(name, folder, trail)
    except Unknown as error:
        reason = f"and there is no such policy; there are {', '.join(error.names)}"
    except OSError as error:
        reason = f"which cannot be read: {error.strerror}"
    message = f"the policy extends `{name}`, {reason}"
    fix = "Write the name of a policy that comes with aimanifest, or the path of another file."
    raise Faulty(source, (trouble(message, at=document.place(("extends",)), fix=fix),))


def _is_path(name: str) -> bool:
    return any(each in name for each in ("/", ".", os.sep))


def _path(name: str, folder: str) -> str:
    if _is_path(name):
        return os.path.join(folder, name)
    if name not in shipped():
        raise Unknown(name)
    return os.path.join(_SHIPPED, name + _SUFFIX)


def _foreign(data: dict[str, object]) -> str:
    """Say what the file is if it is no policy; "" if it is one."""
    if "aimanifest_policy" in data:
        return ""
    guess = " It looks like an AI manifest." if "aimanifest" in data else ""
    return f"This is no policy: it has no key `aimanifest_policy`.{guess}"


def _framework(written: Written, found: Compiled, today: str) -> PolicyFramework:
    """Make a framework of a policy that was found right."""
    data = written.document.data
    sources = data.get("sources") or [{}]
    framework = PolicyFramework(
        id=data["id"],
        title=data["title"],
        version=data["version"],
        url=data.get("url") or sources[0].get("url") or written.source,
        levels=(LEVEL,),
        beside=f'What the policy "{data["title"]}" asks besides (not part of the verdict)',
        not_checked=found.not_checked,
        subject=lambda manifest: Asked(manifest, plain),
        policy=Policy(
            written.source,
            data.get("status", ""),
            today,
            found.softened,
            data.get("accept_waived", False),
        ),
    )
    plain = Framework(  # as bases are assessed: a waiver is for one release
        id=framework.id,
        title=framework.title,
        version=framework.version,
        url=framework.url,
        levels=framework.levels,
        subject=framework.subject,
    )
    framework.required = frozenset(found.required)
    plain.rules += found.rules
    framework.rules += found.rules
    if found.waivers:
        framework.waivers = found.waivers
        framework.rules.append(waivers_rule(framework))
    return framework
