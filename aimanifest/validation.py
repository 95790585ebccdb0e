"""The whole story in one function: bytes to report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from aimanifest import frameworks, schemas
from aimanifest.document import FAULTS_LIMIT, LIMIT_BYTES, read
from aimanifest.findings import Finding
from aimanifest.manifest import Base, Component, FileText, Folder, Manifest
from aimanifest.report import Report, unsupported_claims
from aimanifest.rules import FAULTS, Assessment, Framework

FILE_NAMES = ("ai-manifest.yaml", "ai-manifest.yml", "ai-manifest.json")
LIMIT_BASES = 32
"""How many manifests of bases are read for one release, and how deep they may go."""
LIMIT_TEXT = 1024 * 1024
"""How many bytes the text of a license may have: no license comes near it."""

ALWAYS = ("core", "license-flow")
"""The frameworks by which every manifest is assessed, whatever is asked for: what is right, and
what people should ask. The first has its say even where the file is wrong."""

UNSURE = frozenset({"schema/format-version", FAULTS_LIMIT.id})
"""Rules whose findings leave open what else is at fault, so that nothing may be read from the rest:
the file follows another version, or has more faults than were looked for."""


class Invalid(ValueError):  # noqa: N818  # it names what the manifest is
    """The file is not a right manifest; `report` says where and why."""

    def __init__(self, report: Report) -> None:
        """Keep the report for whoever catches this."""
        super().__init__(f"{report.path}: {len(report.problems)} faults")
        self.report = report


def validate(
    source: bytes,
    *,
    path: str = FILE_NAMES[0],
    require: Sequence[str] = ("osaid-1.0",),
    folder: Folder | None = None,
    policy: Framework | None = None,
) -> Report:
    """Read one manifest, check it against the schema, and measure it by each framework.

    Args:
        source: the file's bytes, whatever they are; no input makes this function raise.
        path: the name of the file, for messages only.
        require: ids of frameworks to assess besides `ALWAYS` and those that the release claims.
        folder: reads what lies beside the manifest, bases and license texts; see `LocalFolder`.
        policy: a policy, as `aimanifest.policy.load` reads it, to assess by too.

    Raises:
        KeyError: if `require` names a framework that does not exist.

    """
    chosen = [frameworks.load(each) for each in dict.fromkeys((*require, *ALWAYS))]
    report = _read(source, path, folder or Folder())
    manifest = report.manifest
    if manifest is None:
        return report
    (core,) = report.assessments
    faulted = frozenset(each.pointer for each in core.findings if each.outcome in FAULTS)
    strangers = False
    for claim in manifest.release.claims:
        try:
            framework = frameworks.load(claim.partition(":")[0])
        except KeyError:
            strangers = True
        else:
            if framework not in chosen:
                chosen.append(framework)
    chosen.sort(key=lambda each: each.id in ALWAYS)
    assessments = (core, *(each.assess(manifest, faulted) for each in chosen if each.id != "core"))
    claims = unsupported_claims(manifest, assessments, _judging() if strangers else ())
    if policy:
        faulted |= {each.pointer for each in claims}
        assessments = (core, policy.assess(manifest, faulted), *assessments[1:])
    return report._replace(assessments=assessments, claims=claims)


def _read(source: bytes, path: str, folder: Folder) -> Report:
    """Read one manifest, check it against the schema, and assess it by `core`, if it can be."""
    document = read(source)
    problems = document.problems
    if document.readable:
        problems += schemas.check(document)
    faulted = frozenset(each.pointer for each in problems)
    title = _title(document.data)
    if not document.readable or any(each.rule in UNSURE for each in problems):
        return Report(path, document.text, title, problems, source=source)
    manifest = Manifest.from_document(document, faulted, folder)
    core = frameworks.load("core").assess(manifest, faulted)
    right = None if problems else manifest
    return Report(path, document.text, title, problems, (core,), manifest=right, source=source)


def validate_file(
    path: str | os.PathLike[str],
    *,
    require: Sequence[str] = ("osaid-1.0",),
    policy: Framework | None = None,
) -> Report:
    """Do for the file at `path` what `validate` does for bytes, with the files that lie beside it.

    Raises:
        OSError: if the file cannot be read.
        KeyError: if `require` names a framework that does not exist.

    """
    own = os.fspath(path)
    folder = LocalFolder(os.path.dirname(own), own=own)
    return validate(read_bytes(own), path=own, require=require, folder=folder, policy=policy)


def load(path: str | os.PathLike[str]) -> Manifest:
    """Read the manifest in the file at `path`.

    Raises:
        OSError: if the file cannot be read.
        Invalid: if it is not a manifest that fits the schema.

    """
    source = read_bytes(path)
    document = read(source)
    problems = document.problems + (schemas.check(document) if document.readable else ())
    if problems:
        raise Invalid(Report(os.fspath(path), document.text, _title(document.data), problems))
    return Manifest.from_document(
        document, folder=LocalFolder(os.path.dirname(path), own=os.fspath(path))
    )


def assess(manifest: Manifest, framework: str | Framework = "osaid-1.0") -> Assessment:
    """Measure `manifest` by the framework with this id, or by one of your own.

    Raises:
        KeyError: if there is no such framework.

    """
    chosen = frameworks.load(framework) if isinstance(framework, str) else framework
    return chosen.assess(manifest)


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """Read at most one byte more than a manifest may have: enough to see that it is too large.

    Raises:
        OSError: if the file cannot be read.

    """
    with open(path, "rb") as file:
        return file.read(LIMIT_BYTES + 1)


class LocalFolder(Folder):
    """Reads files of one release: the manifests of bases, and the texts of licenses.

    A URL is never fetched, no path leads out of the folder, through links neither, and nothing but
    an ordinary file is opened. A circle of bases is cut where it closes.
    """

    def __init__(self, folder: str, *, own: str = "") -> None:
        """Look for files below `folder`; `own` is the path of the manifest that asks.

        A manifest without a path came from somewhere else, and no text is looked for beside it.
        """
        self._folder = folder or os.curdir
        self._own = own
        self._reading: list[str] = []
        self._closed: set[str] = set()
        self._known: dict[str, Base] = {}

    def bases(self, components: Iterable[Component]) -> Mapping[str, Base]:
        """Return what became of each component's own manifest, by component id."""
        return {each.id: self._base(each.manifest) for each in components if each.manifest}

    def text(self, path: str) -> FileText:
        """Return what is in the file `path`, which is relative to the manifest that is read now."""
        if not self._own:
            return super().text(path)
        try:
            found = self._find(path)
            if found is None:
                return FileText(fault="it is outside the folder of the release")
            source = _read_ordinary(found)
        except OSError as error:
            return FileText(fault=f"it cannot be read: {error.strerror}")
        if source is None:
            there = os.path.exists(found)
            return FileText(fault="it is no ordinary file" if there else "there is no such file")
        if len(source) > LIMIT_TEXT:
            return FileText(unread=f"it is longer than {LIMIT_TEXT // 1024**2} MiB")
        return _decoded(source)

    def _find(self, path: str) -> str | None:
        """Return where `path` leads, links followed; None where that is outside the release."""
        root = os.path.realpath(self._folder)
        folder = root if len(self._reading) < 2 else os.path.dirname(self._reading[-1])  # noqa: PLR2004
        found = os.path.realpath(os.path.join(folder, path))
        return found if found.startswith(os.path.join(root, "")) else None

    def _base(self, manifest: str) -> Base:
        if "://" in manifest:
            return Base("its manifest is elsewhere, and nothing is fetched unasked")
        if not self._reading:
            self._reading = [os.path.realpath(self._own or self._folder)]
        path = self._find(manifest)
        if path in self._reading:
            self._closed.add(path)
            return Base("its manifest leads back to this one", circular=True)
        if path is None:
            return Base("its manifest is outside the folder of the release")
        if path not in self._known:
            self._known[path] = self._read(path)
        return self._known[path]

    def _read(self, path: str) -> Base:
        if len(self._known) + len(self._reading) > LIMIT_BASES:
            return Base(f"more than {LIMIT_BASES} manifests of bases lead to it")
        if os.path.exists(path) and not os.path.isfile(path):
            return Base("its manifest is no ordinary file")  # a pipe would never end
        try:
            source = read_bytes(path)
        except OSError as error:
            return Base(f"its manifest cannot be read: {error.strerror}")
        asking = self._reading[-1]
        self._closed.discard(asking)
        self._reading.append(path)
        report = _read(source, path, self)
        self._reading.pop()
        if asking in self._closed:
            return Base("its manifest leads back to this one", circular=True)
        faults = (*report.problems, *_core_faults(report))
        if faults:
            return Base(f"its manifest has {_faults(faults)}")
        return Base("", manifest=report.manifest)


def _read_ordinary(path: str) -> bytes | None:
    """Read at most one byte more than a text may have; None if it is no ordinary file.

    A pipe would never end, and to open a device may do something.
    """
    if not os.path.isfile(path):
        return None
    with open(path, "rb") as file:
        return file.read(LIMIT_TEXT + 1)


def _decoded(source: bytes) -> FileText:
    """Decode a text of whatever age: as what its byte order mark says, UTF-8, or Windows-1252."""
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        return FileText(source.decode("utf-16", "replace"))
    if b"\0" in source:
        return FileText(unread="it is not plain text")
    try:
        return FileText(source.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return FileText(source.decode("cp1252", "replace"))


def _judging() -> tuple[str, ...]:
    """Return the ids of all frameworks that have a verdict."""
    return tuple(each.id for each in frameworks.every().values() if each.levels)


def _core_faults(report: Report) -> Iterable[Finding]:
    core = report.assessment("core")
    return (each for each in core.findings if each.outcome in FAULTS) if core else ()


def _faults(problems: Sequence[Finding]) -> str:
    return "a fault" if len(problems) == 1 else f"{len(problems)} faults"


def _title(data: object) -> str:
    """Return the name of the release, where one can be read."""
    release = data.get("release") if isinstance(data, dict) else None
    name = release.get("name") if isinstance(release, dict) else None
    return name if isinstance(name, str) else ""
