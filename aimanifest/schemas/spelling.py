"""What was probably meant: misspellings, synonyms, and the words of other formats."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

LONGEST = 40
"""No word of the format is longer; what is, was not meant to be one."""

_KEYS = {
    "access": "visibility",
    "additional_terms": "terms usage_terms terms_of_use conditions policy policies aup "
    "acceptable_use acceptable_use_policy use_policy use_restrictions restrictions",
    "amount": "count number quantity size total",
    "assertion": "statement dedication",
    "availability": "available gated gating accessibility",
    "basis": "ground grounds",
    "checksums": "hash hashes sha256 sha256sum sha256sums checksum digest digests integrity",
    "collection": "selection selected collected gathering sampling data_collection obtained",
    "components": "component parts part artifacts artifact artefacts artefact assets",
    "contents": "content",
    "contents_license": "content_license license_of_contents works_license underlying_license",
    "data": "data_information datasheet",
    "date": "released release_date created created_at published published_at updated timestamp",
    "derived_from": "base_model base_models base bases parent parents finetuned_from "
    "fine_tuned_from based_on derived derives_from pretrained_from ancestors",
    "description": "summary abstract about desc",
    "documented_in": "documents document docs documentation documented documented_by",
    "extensions": "extension ext custom vendor_extensions",
    "extent": "completeness complete",
    "file": "path filename license_file license_path text",
    "format": "file_format serialization encoding",
    "from": "since start begin begins beginning start_date",
    "hardware": "gpu gpus cpu accelerator accelerators device devices memory vram ram",
    "homepage": "url website web page home site",
    "identifiers": "identifier id ids purl purls doi dois swhid arxiv",
    "includes": "covers cover contains contents include also kinds",
    "input": "inputs",
    "intended_use": "intended_uses purpose intended_purpose use uses use_case use_cases usage "
    "application applications application_area",
    "kind": "type types category class component_type role",
    "labeling": "labels label labelled labeled annotation annotations annotated",
    "languages": "language lang langs",
    "license": "licenses license_id license_expression license_name spdx spdx_id spdx_license "
    "declared_license rights",
    "licenses": "license_texts license_text license_files",
    "limitations": "limitation limits known_limitations known_issues caveats bias biases risks "
    "out_of_scope",
    "location": "url uri link href repo repository repo_url repository_url git source source_url "
    "download download_url hosted_at address homepage website hub huggingface github",
    "manifest": "ai_manifest own_manifest",
    "metadata": "meta about_this_file document",
    "modalities": "modality io inputs_and_outputs",
    "modality": "type medium media",
    "name": "title model_name label display_name dataset_name",
    "network": "internet online offline connectivity network_access telemetry",
    "notes": "note comment comments remark remarks explanation justification",
    "omitted": "missing withheld unavailable absent not_released",
    "origin": "source_type origins",
    "output": "outputs",
    "path": "file filename files folder directory dir subfolder subdirectory subpath",
    "peer_reviewed": "peer_review reviewed refereed is_peer_reviewed",
    "period": "time dates timespan timeframe time_frame time_range date_range collection_period "
    "collection_date",
    "personal_data": "pii personal_information personally_identifiable_information privacy "
    "sensitivity",
    "processing": "preprocessing pre_processing filtering cleaning cleansing curation",
    "produced_by": "code made_by created_by generated_by built_with trained_with training_code "
    "produced",
    "provenance": "source sources_of_data data_source",
    "publisher": "author authors organization organisation org vendor supplier creator creators "
    "provider developer owner maintainer maintainers company producer manufacturer",
    "reason": "because why reasons",
    "release": "model system ai_system product",
    "requirements": "requires system_requirements hardware_requirements prerequisites needs",
    "restricts": "restrictions restriction restricted",
    "revision": "commit tag sha commit_hash commit_id branch ref rev git_ref git_commit git_tag",
    "scope": "size coverage characteristics composition",
    "software": "os operating_system driver drivers platform cuda",
    "sources": "source parts subsets",
    "text": "statement wording",
    "to": "until till end ends end_date",
    "tool": "generator generated_by created_with software",
    "trained_on": "datasets dataset training_data train_data training_datasets trained_from",
    "training_compute": "compute flop flops training_flop training_flops total_flops",
    "unit": "units measure measured_in",
    "url": "link href uri website homepage location page web",
    "version": "release_version model_version",
}
"""What people call the keys of this format, most of it the word of another one."""

_WORDS = {
    "3d": "mesh meshes point-cloud point-clouds geometry",
    "acceptable-use-policy": "aup acceptable-use use-policy use-restrictions",
    "action": "actions control controls policy tool-calls",
    "adapter": "lora qlora peft adapters adaptor delta",
    "anonymised": "anonymized anonymous de-identified deidentified",
    "attribution-badge": "badge branding",
    "audio": "sound speech music voice",
    "auxiliary-model": "teacher teacher-model reward-model judge labeller labeler annotator ocr "
    "helper-model draft-model",
    "bytes": "byte",
    "capabilities": "capability abilities",
    "code": "programming program programs",
    "commercial": "trade-secret competition competitive business confidential",
    "consented": "consent opt-in with-consent",
    "continued-pretraining": "continual-pretraining continued-pre-training further-pretraining "
    "continued-training mid-training midtraining",
    "contract": "agreement nda contractual",
    "conversion": "converted convert export exported onnx gguf format-conversion",
    "conversion-code": "quantization-code conversion-script export-code export-script merge-code",
    "copyright": "rights ip intellectual-property third-party-rights",
    "copyright-policy": "copyright-compliance copyright-compliance-policy",
    "covenant": "non-assertion promise pledge",
    "crawled": "scraped web crawl web-crawl web-scraped common-crawl internet",
    "data-card": "datasheet dataset-card data-sheet dataset-documentation data-statement",
    "data-preprocessing-code": "preprocessing preprocessing-code data-processing data-code "
    "data-processing-code filtering-code data-pipeline data-filtering-code",
    "data-usage": "data-use data-privacy",
    "documentation": "docs doc manual guide user-guide tutorial handbook reference instructions",
    "documents": "pages articles books files",
    "embedding": "vector vectors latent",
    "energy": "energy-consumption carbon emissions footprint carbon-footprint power",
    "evaluation-code": "benchmark benchmarks benchmark-code eval-code eval evals test-code",
    "evaluation-data": "test-data test-set testing-data test-dataset eval-data benchmark-data "
    "evaluation-dataset",
    "evaluation-results": "results metrics scores benchmark-results evaluation leaderboard",
    "explainability": "interpretability xai",
    "field-of-use": "use-based field-of-endeavor field-of-endeavour",
    "fine-tune": "finetune finetuned fine-tuned finetuning fine-tuning sft rlhf dpo tuned "
    "instruction-tuned",
    "full": "complete all entire whole",
    "gated": "restricted login registration sign-in",
    "hours": "h hrs",
    "image": "picture pictures photo photos photographs pixels",
    "images": "pictures photos photographs",
    "inference-code": "inference inference-script serving-code runtime demo-code",
    "intermediate-checkpoints": "checkpoint checkpoints training-checkpoints",
    "label": "class classes classification score scores bounding-box bounding-boxes mask masks "
    "segmentation",
    "law": "legal regulation statute gdpr",
    "licensed": "bought purchased commercial-license",
    "limitations": "bias biases risks limits",
    "merge": "merged model-merge merging",
    "model-architecture": "architecture model-code modeling-code modelling-code network",
    "model-card": "readme modelcard card system-card",
    "model-metadata": "prompts prompt system-prompt template templates chat-template "
    "prompt-template generation-config config configuration configs settings",
    "no-derivatives": "nd no-derivative",
    "no-rights-claimed": "no-rights no-copyright unlicense not-protected",
    "non-commercial": "nc noncommercial",
    "none": "no false never offline local",
    "not-applicable": "n/a na not-used",
    "not-produced": "does-not-exist nonexistent never-made not-made not-created",
    "obtainable": "paid purchasable on-request for-fee",
    "on-request": "request by-request upon-request contact ask",
    "optimizer-state": "optimizer optimiser optimizer-states",
    "other": "misc miscellaneous",
    "output-use": "outputs no-distillation",
    "own": "self-made self-collected in-house internal recorded measured first-party",
    "paid": "commercial for-sale purchase fee",
    "partial": "subset part incomplete some sample",
    "personal-data": "privacy pii personal gdpr patient-data",
    "present": "yes true some",
    "pseudonymised": "pseudonymized pseudonymous",
    "public-dataset": "public open-dataset existing-dataset",
    "public-domain": "cc0 pd publicdomain",
    "quantization": "quantized quantize quant quantised gptq awq int8 int4 4bit 8bit",
    "required": "yes true online internet needed cloud",
    "research-only": "research academic-only",
    "research-paper": "paper papers publication article peer-reviewed-paper",
    "retrieval-data": "rag rag-data knowledge-base retrieval vector-store retrieval-corpus",
    "rows": "records record entries observations",
    "sample-outputs": "samples sample examples demo outputs sample-output",
    "samples": "examples example items instances pairs conversations dialogues episodes prompts",
    "security": "safety misuse dual-use",
    "security-policy": "disclosure-policy vulnerability-disclosure",
    "share-alike": "copyleft sharealike",
    "simulated": "simulator simulation sim",
    "supporting-library": "library libraries dependency dependencies framework package tokenizer "
    "tokeniser tokenizer-code supporting-libraries",
    "synthetic": "generated model-generated ai-generated llm-generated artificial distilled",
    "tabular": "table tables spreadsheet csv structured",
    "technical": "infeasible size too-large",
    "technical-report": "report arxiv preprint whitepaper white-paper tech-report",
    "telemetry": "analytics tracking",
    "text": "txt natural-language language",
    "third-party": "partner vendor external",
    "time-series": "sensor signal signals",
    "training-code": "code source-code source training-script train-code simulator environment "
    "simulation fine-tuning-code finetuning-code",
    "training-configuration": "hyperparameters training-config training-settings "
    "training-arguments hparams",
    "training-content-summary": "content-summary public-summary training-data-summary data-summary",
    "training-data": "dataset datasets data corpus corpora pretraining-data pre-training-data "
    "fine-tuning-data finetuning-data preference-data calibration-data instruction-data "
    "training-set train-data training-dataset",
    "ungated": "public open available free download downloadable anyone",
    "unshareable": "closed private proprietary unsharable confidential not-shareable withheld",
    "usage": "use how-to-use intended-use",
    "user": "users user-data customer customers user-generated",
    "validation-code": "validation-script validation-and-testing",
    "validation-data": "dev-data dev-set validation-set validation-dataset development-data",
    "video": "movie movies film",
    "vulnerabilities": "cve cves vex",
    "weights": "model models llm base base-model foundation-model pretrained-model parameters "
    "model-weights model-parameters weight adapter lora adapters network-weights safetensors",
    "withdrawn": "removed deleted taken-down unavailable retracted",
    "withheld": "closed private proprietary unavailable not-released unreleased undisclosed secret "
    "restricted",
}
"""What people say for the words of the vocabularies."""

_TOLD = {
    "a base is `weights` with a `publisher` of its own": "base base-model foundation-model "
    "pretrained-model",
    "an adapter is `weights`, and `derived_from` maps its base to `adapter`": "adapter lora "
    "adapters",
    "tokenizer code is `supporting-library`, its vocabulary belongs to `weights`": "tokenizer "
    "tokeniser",
    "generation settings are `model-metadata`, those of the training `training-configuration`": (
        "config configuration configs settings"
    ),
    "benchmark code is `evaluation-code`, benchmark data `evaluation-data`": "benchmark benchmarks",
    "code has a kind by what it does: `training-code`, `inference-code`, `evaluation-code`": (
        "code source-code source"
    ),
    "a simulator that a policy learnt in is `training-code`": "simulator simulation environment",
    "a paper written for peer review is `research-paper`, any other `technical-report`": (
        "paper papers article publication"
    ),
    "parameters saved during training are `intermediate-checkpoints`, those released `weights`": (
        "checkpoint checkpoints"
    ),
}
"""What there is to say of a kind where a single word would be half the truth."""


class Meant(NamedTuple):
    """What was probably meant by a word; both are "" where nothing is near."""

    word: str
    why: str = ""


def synonym(word: str, keys: Collection[str]) -> str:
    """Return the one of `keys` that other people call `word`, or spell so; else ""."""
    plain = _plain(word, "_")
    return _first((plain, *_KEY_OF.get(plain, ())), keys)


def nearest(word: str, words: Collection[str]) -> str:
    """Return the one of `words` that `word` is a misspelling of, if it is near any; else ""."""
    if len(word) > LONGEST:
        return ""
    from difflib import get_close_matches  # noqa: PLC0415  # only when something is wrong

    joint = "_" if any("_" in each for each in words) else "-"
    return next(iter(get_close_matches(_plain(word, joint), words, n=1, cutoff=0.75)), "")


def meant(word: str, vocabulary: Collection[str]) -> Meant:
    """Return the word of `vocabulary` that was meant by `word`, and what is to be said of it."""
    plain = _plain(word, "-")
    found = _first((plain, *_WORD_OF.get(plain, ())), vocabulary) or nearest(word, vocabulary)
    return Meant(found, _WHY_OF.get(plain, "") if "weights" in vocabulary else "")


def bare(text: str) -> float | bool | None:
    """Return the number or the truth value that `text` was meant to be; None where it is neither.

    "6e24 FLOP" is 6e24, "3,000,000" is three millions, and "yes" is true.
    """
    word = text.strip().casefold()
    if word in _TRUTH:
        return _TRUTH[word]
    number = re.match(r"([0-9]{1,18}(?:[_,][0-9]{3})*(?:[.][0-9]{1,18})?)(e[+-]?[0-9]{1,2})?", word)
    if number is None or re.match(r"[0-9.,]", word[number.end() :]):
        return None
    digits = re.sub("[_,]", "", number[1]) + (number[2] or "")
    return int(digits) if digits.isdigit() else float(digits)


_TRUTH = {"true": True, "yes": True, "y": True, "on": True} | dict.fromkeys(
    ("false", "no", "n", "off"), False
)


def alike(word: str, other: str) -> bool:
    """Tell whether two spellings are of one word, so that nobody has to guess.

    They are the same letters and digits in the same order; capitals, spaces and signs between them
    may differ, and the endings that are not the same in Britain and in America.
    """
    return _letters(word) == _letters(other) != ""


def _letters(word: str) -> str:
    return "".join(filter(str.isalnum, _plain(word, "-")))


def _plain(word: str, joint: str) -> str:
    """Write `word` as this format would: lower case, one joint, American endings."""
    if len(word) > LONGEST:
        return word
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", joint, word.strip())
    plain = re.sub(r"[-_ .]+", joint, apart).lower()
    for british, american in (("licence", "license"), ("labell", "label"), ("isation", "ization")):
        plain = plain.replace(british, american)
    return plain


def _first(words: Iterable[str], allowed: Collection[str]) -> str:
    return next((each for each in words if each in allowed), "")


def _inverse(meanings: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Turn "word: what people say" round."""
    inverse: dict[str, tuple[str, ...]] = {}
    for word, said in meanings.items():
        for each in said.split():
            inverse[each] = (*inverse.get(each, ()), word)
    return inverse


_KEY_OF = _inverse(_KEYS)
_WORD_OF = _inverse(_WORDS)
_WHY_OF = {said: why for said, (why, *_) in _inverse(_TOLD).items()}


# -- texts that have a form ------------------------------------------------------------------------

LIMIT_REFORMED = 4096
"""How much of a text is looked at to bring it into form."""


def _date(text: str) -> str:
    backwards = re.fullmatch(r"([0-9]{1,2})[.]([0-9]{1,2})[.]([0-9]{4})", text)
    if backwards:
        day, month, year = backwards.groups()
        return f"{year}-{month:0>2}-{day:0>2}"
    plain = re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ].*)?", text)
    return "{}-{:0>2}-{:0>2}".format(*plain.groups()) if plain else ""


def _url(text: str) -> str:
    if clone := re.fullmatch(r"git@([A-Za-z0-9.-]+):([^ ]+)", text):
        return "https://{}/{}".format(*clone.groups())
    domain = re.match(r"www[.]|[A-Za-z0-9-]+([.][A-Za-z0-9-]+)*[.][a-z]{2,}/", text)
    return f"https://{text.replace(' ', '%20')}" if domain else text.replace(" ", "%20")


def _identifier(text: str) -> str:
    return f"doi:{text}" if text.startswith("10.") else _url(text)


def _language(text: str) -> str:
    plain = text.lower()
    first, *rest = (_LANGUAGES.get(plain) or text).replace("_", "-").split("-")
    return "-".join((first.lower(), *rest))


_LANGUAGES = {
    "arabic": "ar",
    "chinese": "zh",
    "dutch": "nl",
    "english": "en",
    "french": "fr",
    "german": "de",
    "hindi": "hi",
    "italian": "it",
    "japanese": "ja",
    "korean": "ko",
    "mandarin": "zh",
    "multilingual": "mul",
    "polish": "pl",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
    "turkish": "tr",
    "ukrainian": "uk",
    "unknown": "und",
    "vietnamese": "vi",
}
"""The tags of languages that are most often called by their names."""

_FORMS: Mapping[str, Callable[[str], str]] = {
    "Line": lambda text: " ".join(text.split()),
    "Path": lambda text: text,
    "Date": _date,
    "URL": _url,
    "Identifier": _identifier,
    "Language tag": _language,
    "SHA-256": lambda text: text.lower().removeprefix("sha256").lstrip(":-= "),
    "Component id": lambda text: re.sub("[^a-z0-9]+", "-", text.lower()).strip("-"),
    "License id": lambda text: re.sub("[^A-Za-z0-9.-]+", "-", text).strip("-"),
    "Extension name": lambda text: text.lower(),
    "Claim": lambda text: re.sub("[ _]+", "-", text.lower()),
}


def reformed(text: str, form: str) -> str:
    """Return what `text` may have been meant to be in the form with this title, or "".

    It is a guess: whoever asks has to see whether it fits the form.
    """
    reform = _FORMS.get(form)
    return reform(text[:LIMIT_REFORMED].strip()) if reform else ""
