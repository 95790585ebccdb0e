"""Clauses that reach what is made from a work: of the SPDX list, and on the output of models."""

from __future__ import annotations

_GNU = ("GPL-", "LGPL-", "AGPL-")
_BY_SA = ("CC-BY-SA-", "GPL-3.0-", "LAL-1.3")

_SHARE_ALIKE = (
    (
        "GPL-1.0-only GPL-1.0-or-later",
        "2(b)",
        (
            "to be licensed at no charge to all third parties under the terms of this General "
            "Public License"
        ),
        "works that contain it must be shared under the same terms",
        _GNU,
    ),
    (
        "GPL-2.0-only GPL-2.0-or-later",
        "2(b)",
        (
            "to be licensed as a whole at no charge to all third parties under the terms of this "
            "License"
        ),
        "works that contain it or derive from it must be shared under the same terms",
        _GNU,
    ),
    (
        "AGPL-3.0-only AGPL-3.0-or-later GPL-3.0-only GPL-3.0-or-later",
        "5(c)",
        (
            "You must license the entire work, as a whole, under this License to anyone who comes "
            "into possession of a copy"
        ),
        "works based on it must be shared under the same terms",
        _GNU,
    ),
    (
        "LGPL-2.0-only LGPL-2.0-or-later LGPL-2.1-only LGPL-2.1-or-later",
        "2(c)",
        (
            "You must cause the whole of the work to be licensed at no charge to all third parties "
            "under the terms of this License"
        ),
        "works based on it must be shared under the same terms",
        _GNU,
    ),
    (
        "LGPL-3.0-only LGPL-3.0-or-later",
        "2",
        "you may convey a copy of the modified version",
        "modified versions must be shared under the same terms, or under the GNU GPL",
        _GNU,
    ),
    (
        "MPL-2.0",
        "3.1",
        (
            "including any Modifications that You create or to which You contribute, must be under "
            "the terms of this License"
        ),
        "modified files must be shared under the same terms",
        ("MPL-2.0", *_GNU),
    ),
    (
        "EPL-1.0",
        "3",
        "it must be made available under this Agreement",
        "its source code must be shared under the same terms",
        ("EPL-",),
    ),
    (
        "EPL-2.0",
        "3.2",
        "it must be made available under this Agreement",
        "its source code must be shared under the same terms",
        ("EPL-2.0", *_GNU),
    ),
    (
        "EUPL-1.0 EUPL-1.1 EUPL-1.2",
        "5",
        "will be done under the terms of this Licence",
        "derivative works must be shared under the same terms, or under those that it lists",
        ("EUPL-", *_GNU, *_BY_SA, "EPL-", "MPL-2.0", "OSL-", "CECILL-"),
    ),
    (
        "OSL-1.0 OSL-1.1 OSL-2.0 OSL-2.1",
        "1(c)",
        "shall be licensed under the Open Software License",
        "derivative works must be shared under the same terms",
        ("OSL-",),
    ),
    (
        "OSL-3.0",
        "1(c)",
        "shall be licensed under this Open Software License",
        "derivative works must be shared under the same terms",
        ("OSL-",),
    ),
    (
        "CC-BY-SA-1.0 CC-BY-SA-2.0 CC-BY-SA-2.5",
        "4(b)",
        "a Derivative Work only under the terms of this License",
        "derivative works must be shared under the same terms",
        _BY_SA,
    ),
    (
        "CC-BY-NC-SA-1.0 CC-BY-NC-SA-2.0 CC-BY-NC-SA-2.5",
        "4(b)",
        "a Derivative Work only under the terms of this License",
        "derivative works must be shared under the same terms",
        ("CC-BY-NC-SA-",),
    ),
    (
        "CC-BY-SA-3.0 CC-BY-SA-3.0-IGO",
        "4(b)",
        "You may Distribute or Publicly Perform an Adaptation only under the terms of",
        "adaptations must be shared under the same terms, or under those of a compatible license",
        _BY_SA,
    ),
    (
        "CC-BY-NC-SA-3.0 CC-BY-NC-SA-3.0-IGO",
        "4(b)",
        "You may Distribute or Publicly Perform an Adaptation only under",
        "adaptations must be shared under the same terms",
        ("CC-BY-NC-SA-",),
    ),
    (
        "CC-BY-SA-4.0",
        "3(b)(1)",
        (
            "must be a Creative Commons license with the same License Elements, this version or "
            "later, or a BY-SA Compatible License"
        ),
        (
            "adapted material must be shared under the same terms, or under those of a compatible "
            "license"
        ),
        _BY_SA,
    ),
    (
        "CC-BY-NC-SA-4.0",
        "3(b)(1)",
        (
            "must be a Creative Commons license with the same License Elements, this version or "
            "later, or a BY-NC-SA Compatible License"
        ),
        "adapted material must be shared under the same terms",
        ("CC-BY-NC-SA-",),
    ),
    (
        "CC-BY-SA-2.0-UK CC-BY-SA-2.1-JP CC-BY-SA-3.0-AT CC-BY-SA-3.0-DE",
        "",
        "",
        "adaptations must be shared under the same terms",
        _BY_SA,
    ),
    (
        "CC-BY-NC-SA-2.0-DE CC-BY-NC-SA-2.0-FR CC-BY-NC-SA-2.0-UK CC-BY-NC-SA-3.0-DE",
        "",
        "",
        "adaptations must be shared under the same terms",
        ("CC-BY-NC-SA-",),
    ),
    (
        "ODbL-1.0",
        "4.4(a)",
        "Any Derivative Database that You Publicly Use must be only under the terms of",
        (
            "derivative databases must be shared under the same terms; works produced with the "
            "database need not be (4.5(b))"
        ),
        ("ODbL-",),
    ),
    (
        "CDLA-Sharing-1.0",
        "3.1(a)",
        "The Data (including the Enhanced Data) must be Published under this Agreement",
        "enhanced data must be shared under the same terms",
        ("CDLA-Sharing-",),
    ),
    (
        (
            "GFDL-1.1-only GFDL-1.1-or-later GFDL-1.2-only GFDL-1.2-or-later GFDL-1.3-only "
            "GFDL-1.3-or-later GFDL-1.1-no-invariants-only GFDL-1.1-no-invariants-or-later "
            "GFDL-1.2-no-invariants-only GFDL-1.2-no-invariants-or-later "
            "GFDL-1.3-no-invariants-only GFDL-1.3-no-invariants-or-later"
        ),
        "4",
        "release the Modified Version under precisely this License",
        "modified versions must be shared under the same terms",
        ("GFDL-",),
    ),
)

SHARE_ALIKE: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    id: (section, quote, meaning, answers)
    for ids, section, quote, meaning, answers in _SHARE_ALIKE
    for id in ids.split()
}
"""An id of the SPDX list, and the clause by which what is made from the work stands under the same
terms: where it is, its words ("" where they were not read), what they amount to, and how the ids
begin under which that may be shared too, by its own text or as another version of it. Which version
allows which is not told apart: whoever asks by this table asks too seldom rather than too often.
Read from the texts of the SPDX list, November 2026. Only licenses met in AI releases are here."""

SPARES_RESULTS: dict[str, tuple[str, str]] = {
    "CDLA-Sharing-1.0": (
        "3.5",
        (
            "This Agreement imposes no obligations or restrictions on Your Use or Publication of "
            "Results"
        ),
    ),
}
"""Share-alike licenses for data that leave free what is computed from the data, and their words."""

_DERIVATIVE = (
    "any other model which is created or initialized by transfer of patterns of the weights, "
    "parameters, activations or output of the Model"
)
_IMPOSE = (
    "a model made from its output to perform like it counts as a derivative, on which its use "
    "restrictions must be imposed"
)
_LLAMA = (
    "attribution-badge",
    "1(b)(i)",
    (
        "If you use the Llama Materials or any outputs or results of the Llama Materials to "
        "create, train, fine tune, or otherwise improve an AI model"
    ),
    "a model improved with its output must be named “Llama …”",
)

ON_OUTPUT: dict[str, tuple[str, str, str, str]] = {
    "LicenseRef-BigCode-OpenRAIL-M-v1": (
        "flow-down",
        "1(i) and 5.1",
        (
            "any other model which is created or initialized by transfer of patterns of the "
            "weights, parameters, activations or Output of the Model"
        ),
        (
            "a model made from its output counts as a modification, on which its use restrictions, "
            "or similar ones, must be imposed"
        ),
    ),
    "LicenseRef-BigScience-BLOOM-RAIL-1.0": ("flow-down", "1(5) and 4(1)", _DERIVATIVE, _IMPOSE),
    "LicenseRef-BigScience-OpenRAIL-M": ("flow-down", "1(e) and 4(a)", _DERIVATIVE, _IMPOSE),
    "LicenseRef-CreativeML-OpenRAIL-M": ("flow-down", "1 and 4", _DERIVATIVE, _IMPOSE),
    "LicenseRef-CreativeML-OpenRAIL-PlusPlus-M": ("flow-down", "1 and 4", _DERIVATIVE, _IMPOSE),
    "LicenseRef-DeepSeek-1.0": ("flow-down", "1 and 4(a)", _DERIVATIVE, _IMPOSE),
    "LicenseRef-Gemma-Terms": (
        "flow-down",
        "1.1(e) and 3.1",
        (
            "any other machine learning model which is created by transfer of patterns of the "
            "weights, parameters, operations, or Output of Gemma"
        ),
        _IMPOSE,
    ),
    "LicenseRef-HyperCLOVA-X-SEED-2025": (
        "attribution-badge",
        "3.1",
        (
            "If you use the Model or any Outputs of the Model to create, train, fine tune, or "
            "otherwise improve an AI model"
        ),
        "a model improved with its output must be named “HyperCLOVA X …”",
    ),
    "LicenseRef-Llama-3.1-Community": _LLAMA,
    "LicenseRef-Llama-3.2-Community": _LLAMA,
    "LicenseRef-Llama-3.3-Community": _LLAMA,
    "LicenseRef-Llama-4-Community": _LLAMA,
    "LicenseRef-LTXV-Open-Weights-2025": ("flow-down", "1.4 and 3.1", _DERIVATIVE, _IMPOSE),
    "LicenseRef-Qwen-2024": (
        "attribution-badge",
        "5(b)",
        (
            "If you use the Materials or any outputs or results therefrom to create, train, "
            "fine-tune, or improve an AI model"
        ),
        (
            "the documentation of a model improved with its output must display “Built with Qwen” "
            "or “Improved using Qwen”"
        ),
    ),
}
"""An id of ai-licenses.json, and the clause that does not forbid to train other models with the
output but binds who does: its word, where it stands, its own words, and what they amount to. What
forbids it is `output-use`, and in ai-licenses.json. Read from the texts that its rows name."""
