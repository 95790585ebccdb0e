"""What people write where a license is asked for: what is understood, asked back, or left alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import recognition as tool
from hypothesis import given
from hypothesis import strategies as st

from aimanifest.data import spdx, spdx_names
from aimanifest.licenses import MAX_LENGTH, license_ids, parse
from aimanifest.licenses.facts import ai_rows
from aimanifest.licenses.meanings import close, key, meaning, meant, names_none
from aimanifest.licenses.recognition import (
    AMBIGUOUS,
    NO_LICENSE,
    RECOGNISED,
    UNKNOWN,
    nearest,
    recognise,
)

# -- what is recognised ----------------------------------------------------------------------------

UNDERSTOOD = """
Apache-2.0                                                      Apache-2.0
apache2                                                         Apache-2.0
Apache v2                                                       Apache-2.0
apache_2.0                                                      Apache-2.0
Apache Licence, Version 2.0                                     Apache-2.0
license:apache-2.0                                              Apache-2.0
Apache lisense 2.0                                              Apache-2.0
http://www.apache.org/licenses/LICENSE-2.0.html                 Apache-2.0
https://opensource.org/license/apache-2-0                       Apache-2.0
https://choosealicense.com/licenses/apache-2.0/                 Apache-2.0
Apache-2.0+                                                     Apache-2.0+
the MIT licence                                                 MIT
(MIT)                                                           MIT
BSD-3                                                           BSD-3-Clause
BSD 3-Clause                                                    BSD-3-Clause
bsd-new                                                         BSD-3-Clause
GPLv3+                                                          GPL-3.0-or-later
gpl-3.0-plus                                                    GPL-3.0-or-later
GNU General Public License v3.0 only                            GPL-3.0-only
GNU GPL version 2 or (at your option) any later version         GPL-2.0-or-later
GPL-2.0-with-classpath-exception                                GPL-2.0-only WITH Classpath-exception-2.0
LGPL-2.1+                                                       LGPL-2.1-or-later
Mozilla Public License 2                                        MPL-2.0
EPL v2                                                          EPL-2.0
CC BY 4                                                         CC-BY-4.0
CC BY-NC 4.0 license                                            CC-BY-NC-4.0
Creative Commons Attribution Non Commercial Share Alike 4.0     CC-BY-NC-SA-4.0
Creative Commons Attribution-ShareAlike 3.0 Unported            CC-BY-SA-3.0
cc-by-sa-nc-4.0                                                 CC-BY-NC-SA-4.0
https://creativecommons.org/licenses/by-nc-nd/4.0/deed.de       CC-BY-NC-ND-4.0
https://creativecommons.org/licenses/by/3.0/us/                 CC-BY-3.0-US
CC0                                                             CC0-1.0
odbl                                                            ODbL-1.0
https://opendatacommons.org/licenses/by/1-0/                    ODC-By-1.0
C-UDA                                                           C-UDA-1.0
Llama 3.1 Community License Agreement                           LicenseRef-Llama-3.1-Community
llama3.1                                                        LicenseRef-Llama-3.1-Community
LicenseRef-Llama-3.1                                            LicenseRef-Llama-3.1-Community
LicenseRef-scancode-llama-3.1-license-2024                      LicenseRef-Llama-3.1-Community
llama-3.1-license-2024                                          LicenseRef-Llama-3.1-Community
https://www.llama.com/llama3_1/license/                         LicenseRef-Llama-3.1-Community
https://www.llama.com/llama3/license/                           LicenseRef-Llama-3-Community
gemma                                                           LicenseRef-Gemma-Terms
Gemma Terms of Use                                              LicenseRef-Gemma-Terms
qwen                                                            LicenseRef-Qwen-2024
Qwen License                                                    LicenseRef-Qwen-2024
BigScience RAIL License v1.0                                    LicenseRef-BigScience-BLOOM-RAIL-1.0
openrail++                                                      LicenseRef-CreativeML-OpenRAIL-PlusPlus-M
MIT or Apache 2.0                                               MIT OR Apache-2.0
Apache-2.0 and BigScience RAIL License v1.0                     Apache-2.0 AND LicenseRef-BigScience-BLOOM-RAIL-1.0
MIT OR LicenseRef-llama3.1                                      MIT OR LicenseRef-Llama-3.1-Community
MIT AND (ISC OR GPL-2.0+)                                       MIT AND (ISC OR GPL-2.0-or-later)
"""  # noqa: E501


def rows(table: str) -> list[tuple[str, str]]:
    pairs = (re.split(r"\s{2,}", line, maxsplit=1) for line in table.strip().splitlines())
    return [(text, expected) for text, expected in pairs]


@pytest.mark.parametrize(("text", "expression"), rows(UNDERSTOOD))
def test_what_is_clear_is_understood(text: str, expression: str) -> None:
    found = recognise(text)
    assert (found.outcome, str(found.expression)) == (RECOGNISED, expression)
    assert (found.question, found.candidates) == ("", ())
    assert bool(found.route) == (text not in {expression, "(MIT)"})


@pytest.mark.parametrize("id", sorted(license_ids()))
def test_every_id_is_itself(id: str) -> None:
    assert recognise(id).route == ""
    assert str(recognise(id).expression) == id
    assert str(recognise(id.upper()).expression) == id


@pytest.mark.parametrize("id", sorted(license_ids()))
def test_a_name_on_the_spdx_list_leads_to_its_license_and_to_no_other(id: str) -> None:
    name = spdx_names.NAMES[id]
    same = {each for each, other in spdx_names.NAMES.items() if other == name}
    found = meaning(name)
    assert found
    assert set(found.ids) <= same


def test_no_two_ids_are_spelt_alike() -> None:
    keys = [key(id) for id in [*license_ids(), *ai_rows()]]
    assert len(keys) == len(set(keys))


# -- what is asked back ----------------------------------------------------------------------------

ASKED = """
gpl                          GPL-3.0-only, GPL-3.0-or-later, GPL-2.0-only, GPL-2.0-or-later
gpl-3.0                      GPL-3.0-only, GPL-3.0-or-later
GPL-3.0                      GPL-3.0-only, GPL-3.0-or-later
GNU General Public License v3.0  GPL-3.0-only, GPL-3.0-or-later
https://www.gnu.org/licenses/gpl-3.0.en.html  GPL-3.0-only, GPL-3.0-or-later
LGPLv2                       LGPL-2.1-only, LGPL-2.1-or-later, LGPL-2.0-only, LGPL-2.0-or-later
bsd                          BSD-2-Clause, BSD-3-Clause
Apache                       Apache-2.0, Apache-1.1, Apache-1.0
Apache Software License      Apache-2.0, Apache-1.1, Apache-1.0
AL 2.0                       Apache-2.0, Artistic-2.0
MIT/X11                      MIT, X11
EUPL                         EUPL-1.2, EUPL-1.1, EUPL-1.0
EUPL 1                       EUPL-1.2, EUPL-1.1, EUPL-1.0
Elastic License              Elastic-2.0
Business Source License      BUSL-1.1
SIL Open Font License        OFL-1.1, OFL-1.0
cc-by-nd                     CC-BY-ND-4.0, CC-BY-ND-3.0, CC-BY-ND-2.5, CC-BY-ND-2.0, CC-BY-ND-1.0
public domain                CC0-1.0, CC-PDM-1.0, PDDL-1.0
Modified MIT                 LicenseRef-Kimi-K2-Modified-MIT, LicenseRef-MiniMax-M2.5-Modified-MIT
Gemma                        LicenseRef-Gemma-Terms
Llama 3.1                    LicenseRef-Llama-3.1-Community
Apache-2.0?                  Apache-2.0
!MIT                         MIT
MIT★                         MIT
MIT/Apache-2.0               MIT OR Apache-2.0, MIT AND Apache-2.0
MIT, ISC and 0BSD            MIT OR ISC OR 0BSD, MIT AND ISC AND 0BSD
GPL-2.0 OR MIT               GPL-2.0-only OR MIT, GPL-2.0-or-later OR MIT
bsd and MIT                  BSD-2-Clause AND MIT, BSD-3-Clause AND MIT
"""


@pytest.mark.parametrize(("text", "candidates"), rows(ASKED))
def test_what_only_the_author_knows_is_asked_and_not_guessed(text: str, candidates: str) -> None:
    found = recognise(text)
    assert (found.outcome, found.expression) == (AMBIGUOUS, None)
    assert found.candidates == tuple(candidates.split(", "))
    assert found.question.endswith(".")


def test_one_candidate_is_not_an_answer() -> None:
    assert meant("Elastic License") == ()
    assert meant("gpl-3.0") == ("GPL-3.0-only", "GPL-3.0-or-later")
    assert meant("Elastic License 2.0") == ("Elastic-2.0",)


# -- what names none, and what is unknown ----------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Undisclosed", "Component not included", "Component not include.", "unlicensed", "", " ",
        "-", "n/a", "none", "other", "Custom licence", "not disclosed", "All rights reserved",
        "Purposely left ambiguous", "Proprietary", "NONE", "NOASSERTION",
        "https://choosealicense.com/licenses/undefined/",
    ],
)  # fmt: skip
def test_what_names_no_license_is_told_apart_from_what_is_unknown(text: str) -> None:
    found = recognise(text)
    assert (found.outcome, found.expression, found.candidates) == (NO_LICENSE, None, ())
    assert found.question


@pytest.mark.parametrize(
    "text",
    [
        "pubmed", "BSD 2.0", "not MIT", "不是MIT", "MIT (modified)", "Unknown (Apache-2.0?)",
        "MIT License, an OSI-approved license.", "weights as apache 2", "LicenseRef-Mine",
        "Weights: Apache-2.0. Code: MIT.", "cc-by-3.0, mit, other", "GPL-2.0-only WITH Foo",
        # Models, which are under more than one license, and families:
        "Skywork", "Seamless", "ChatGLM-6B", "Yi Series Models", "Gemma 4", "Grok", "Falcon 2",
        "Meta Community License",
        # Addresses that say nothing of what stands there:
        "https://example.org/licenses/mit", "https://github.com/x/y/blob/main/LICENSE",
        "https://creativecommons.org/licenses/by/3.0/fr/", "https://opensource.org/licenses/",
        "https://github.com/x/y?tab=Apache-2.0-1-ov-file", "https://example.org/unknown",
    ],
)  # fmt: skip
def test_what_is_not_known_stays_unknown(text: str) -> None:
    found = recognise(text)
    assert (found.outcome, found.expression) == (UNKNOWN, None)
    assert "://" not in text or found.candidates == ()


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("MTI", "MIT"),
        ("Apahce-2.0", "Apache-2.0"),
        ("Gemma 4", "LicenseRef-Gemma-Terms"),
        ("Mistral license", "LicenseRef-Mistral-MRL-0.1"),
        ("Meta Community License", "LicenseRef-Llama-3-Community"),
    ],
)
def test_what_is_unknown_gets_the_nearest_names(text: str, near: str) -> None:
    assert near in recognise(text).candidates
    assert near not in nearest(text, besides=near)


def test_a_wrong_expression_is_explained() -> None:
    question = recognise("GPL-2.0-only WITH Foo").question
    assert question == "`Foo` is not the id of an SPDX license exception"


def test_a_very_long_text_is_unknown_at_once() -> None:
    assert recognise("MIT OR " * 1000 + "MIT") == (UNKNOWN, None, "", "", ())
    assert recognise("x, " * (MAX_LENGTH // 3)).outcome == UNKNOWN
    assert close("x" * 100, ["MIT"]) == ()


PIECES = st.sampled_from(
    "MIT mit Apache 2.0 2 3 GPL gpl-2.0 GPL-2.0 + or and OR AND WITH later only CC BY NC SA ND "
    "cc-by License licence v V , / ; ( ) . - _ none not other Llama 3.1 LicenseRef-x llama3.1 "
    "https://spdx.org/licenses/ https://creativecommons.org/licenses/by/ 4.0 \n 许可 ++ ?".split(
        " "
    )
)


@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join)))
def test_any_text_gets_one_of_four_answers(text: str) -> None:
    found = recognise(text)
    assert found.outcome in {RECOGNISED, AMBIGUOUS, NO_LICENSE, UNKNOWN}
    assert (found.expression is not None) == (found.outcome == RECOGNISED)
    assert found.outcome != AMBIGUOUS or found.candidates
    for each in (*found.candidates, *([str(found.expression)] if found.expression else [])):
        assert parse(each).deprecated == () or each in spdx.DEPRECATED
    if found.expression:
        again = recognise(str(found.expression))
        assert (again.outcome, again.expression, again.route) == (RECOGNISED, found.expression, "")


@given(st.text())
def test_what_names_none_has_no_meaning(text: str) -> None:
    assert not (names_none(text) and meaning(text))


# -- the tool that measures it ---------------------------------------------------------------------

RECORDS = {
    "mot/a.yml": """\
release:
  license: {distribution: {name: MIT, path: ''}}
  components:
    - {name: Datasets, license: unlicensed}
    - {name: Model card, license: pubmed, license_path: 'https://www.llama.com/llama3/license'}
""",
    "index/b.yaml": "system: {endmodellicense: gpl-3.0}\nlicenses: {link: x, notes: As said.}\n",
    "cards/c.md": "---\nlicense: mit\n---\nlicense: no front matter\n",
    "cards/broken.md": "---\nlicense: [mit\n license: isc\n---\n",
    "cards/none.md": "# A model\n",
    "bom/d.json": json.dumps(
        {
            "licenses": [{"license": {"id": "MIT", "url": "https://spdx.org/licenses/MIT"}}],
            "properties": [{"name": "license", "value": "other"}],
            "tags": ["license:mit", "en"],
        }
    ),
    "spdx/e.json": json.dumps(
        [
            {
                "relationshipType": "hasDeclaredLicense",
                "to": ["https://spdx.org/licenses/ISC", "https://example.org/x#1"],
            },
            {"simplelicensing_licenseListVersion": "3.24.0"},
            {"simplelicensing_licenseExpression": "CC-BY-4.0"},
        ]
    ),
    "spdx/SOURCE.md": "---\nlicense: mit\n---\n",
}

TABLE = """\
| corpus |  | strings | recognised | ambiguous | no license | unknown |
| --- | --- | --- | --- | --- | --- | --- |
| bom | addresses | 1 (1) | 1 (1) | 0 | 0 | 0 |
| bom | names | 3 (3) | 2 (2) | 0 | 1 (1) | 0 |
| cards | names | 3 (3) | 3 (3) | 0 | 0 | 0 |
| index | names | 1 (1) | 0 | 1 (1) | 0 | 0 |
| index | notes | 1 (1) | 0 | 0 | 0 | 1 (1) |
| mot | names | 3 (3) | 1 (1) | 0 | 1 (1) | 1 (1) |
| mot | addresses | 1 (1) | 1 (1) | 0 | 0 | 0 |
| spdx | addresses | 1 (1) | 1 (1) | 0 | 0 | 0 |
| spdx | names | 1 (1) | 1 (1) | 0 | 0 | 0 |
"""


def test_the_tool_finds_every_statement_of_each_kind_of_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in RECORDS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    tool.main([str(tmp_path)])
    shown = capsys.readouterr().out
    assert sorted(shown.splitlines()) == sorted(TABLE.splitlines())
    tool.main([str(tmp_path), "--list"])
    listed = capsys.readouterr().out.splitlines()
    assert len(listed) == len(
        {text for counted in tool.collect(tmp_path).values() for text in counted}
    )
    assert [line for line in listed if line.startswith("unknown") and "'pubmed'" in line]
