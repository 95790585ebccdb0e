"""Headers of files that the formats' own libraries write, and of files that nobody should."""

import json
import os
import struct
from contextlib import suppress
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save_file

from aimanifest import headers
from aimanifest.headers import Header, Malformed


def read(path: Path) -> Header:
    header = headers.read(str(path))
    assert header
    return header


class TestSafetensors:
    def test_counts_parameters_by_type(self, tmp_path: Path) -> None:
        path = tmp_path / "model.safetensors"
        tensors: dict[str, np.ndarray[Any, Any]] = {
            "a": np.zeros((3, 4), np.float32),
            "b": np.zeros((2,), np.float16),
            "c": np.zeros((), np.float32),
        }
        save_file(tensors, path, metadata={"format": "pt", "license": "mit"})
        assert read(path) == Header(
            "safetensors",
            15,
            3,
            {"F32": 13, "F16": 2},
            {"format": "pt", "license": "mit"},
        )

    @pytest.mark.parametrize(
        "source",
        [
            b"",
            b"\xff" * 8,
            struct.pack("<Q", 10) + b"{",
            struct.pack("<Q", 2) + b"[]",
            struct.pack("<Q", 14) + b'{"a":1,"a":{}}',
            struct.pack("<Q", 8) + b'{"a": 1}',
            struct.pack("<Q", 24) + b'{"a":{"dtype":"F32"}}   ',
            struct.pack("<Q", 36) + b'{"a":{"dtype":"F32","shape":[-1,2]}}',
            struct.pack("<Q", 4) + b"nope",
            struct.pack("<Q", 100_000) + b"[" * 100_000,
        ],
    )
    def test_what_is_none_is_told(self, source: bytes, tmp_path: Path) -> None:
        path = tmp_path / "model.safetensors"
        path.write_bytes(source)
        with pytest.raises(Malformed):
            headers.read(str(path))


class TestGguf:
    @pytest.mark.parametrize("endian", [gguf.GGUFEndian.LITTLE, gguf.GGUFEndian.BIG])
    def test_tells_names_and_counts(self, endian: gguf.GGUFEndian, tmp_path: Path) -> None:
        path = tmp_path / "model.gguf"
        writer = gguf.GGUFWriter(str(path), "llama", endianess=endian)
        writer.add_license("apache-2.0")
        writer.add_name("Tern 1B")
        writer.add_base_model_count(1)
        writer.add_base_model_name(0, "Gull")
        writer.add_context_length(4096)
        writer.add_token_list([f"token {index}" for index in range(100)])
        writer.add_tags(["text", "small"])
        writer.add_tensor("a", np.zeros((4, 8), np.float32))
        writer.add_tensor("b", np.zeros((16,), np.float16))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        header = read(path)
        assert (header.format, header.parameters, header.tensors) == ("gguf", 48, 2)
        assert header.types == {"F32": 32, "F16": 16}
        assert (
            header.metadata.items()
            >= {
                "general.architecture": "llama",
                "general.license": "apache-2.0",
                "general.name": "Tern 1B",
                "general.base_model.0.name": "Gull",
                "general.tags": "text, small",
                "llama.context_length": "4096",
            }.items()
        )
        assert "tokenizer.ggml.tokens" not in header.metadata

    @pytest.mark.parametrize(
        "source",
        [
            b"GGUF",
            b"GGUF" + struct.pack("<I", 99) + bytes(16),
            b"GGUF" + struct.pack("<IQQ", 3, 2**63, 0),
            b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", 2**40),
            b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + struct.pack("<I", 77),
            b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + struct.pack("<IIQ", 9, 8, 2**50),
            b"GGUF" + struct.pack("<IQQQ", 3, 1, 0, 1) + b"t" + struct.pack("<I", 1000),
        ],
    )
    def test_what_is_none_is_told(self, source: bytes, tmp_path: Path) -> None:
        path = tmp_path / "model.gguf"
        path.write_bytes(source + b"\0")
        with pytest.raises(Malformed):
            headers.read(str(path))


class TestOnnx:
    def test_tells_names_and_counts(self, tmp_path: Path) -> None:
        path = tmp_path / "model.onnx"
        ones = np.ones((2, 3), np.float32)
        weights = [
            numpy_helper.from_array(ones, "w"),
            helper.make_tensor("v", TensorProto.INT64, [4], [1, 2, 3, 4]),
        ]
        x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 2])
        y = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 3])
        node = helper.make_node("MatMul", ["x", "w"], ["y"])
        graph = helper.make_graph([node], "tern", [x], [y], weights)
        model = helper.make_model(graph, producer_name="example")
        helper.set_model_props(model, {"license": "MIT"})
        onnx.save(model, path)
        header = read(path)
        assert (header.format, header.parameters, header.tensors) == ("onnx", 10, 2)
        assert header.types == {"FLOAT": 6, "INT64": 4}
        assert header.metadata["producer_name"] == "example"
        assert header.metadata["license"] == "MIT"

    def test_counts_what_stands_in_nodes(self, tmp_path: Path) -> None:
        """Some converters write each weight as a node of its own."""
        path = tmp_path / "model.onnx"
        ones = numpy_helper.from_array(np.ones((2, 3), np.float32))
        nodes = [
            helper.make_node("Constant", [], ["w"], value=ones),
            helper.make_node("MatMul", ["x", "w"], ["y"]),
            helper.make_node("Relu", ["y"], ["z"], name="last"),
        ]
        x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 2])
        z = helper.make_tensor_value_info("z", TensorProto.FLOAT, [1, 3])
        onnx.save(helper.make_model(helper.make_graph(nodes, "tern", [x], [z])), path)
        header = read(path)
        assert (header.parameters, header.tensors, header.types) == (6, 1, {"FLOAT": 6})

    @pytest.mark.parametrize("source", [b"\x08", b"\x08\x08", b"\x08\x01\x3a\x7f", b"\x08\xff" * 9])
    def test_what_is_none_is_told(self, source: bytes, tmp_path: Path) -> None:
        path = tmp_path / "model.onnx"
        path.write_bytes(source)
        with pytest.raises(Malformed):
            headers.read(str(path))


def test_another_file_has_no_header(tmp_path: Path) -> None:
    for name in ("README.md", "model.bin", "model.onnx"):
        path = tmp_path / name
        path.write_text("Nothing to see.", encoding="utf-8")
        assert headers.read(str(path)) is None


def test_a_file_that_was_cut_short_is_told(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    save_file({"a": np.zeros((100,), np.float32)}, path)
    os.truncate(path, path.stat().st_size - 1)
    with pytest.raises(Malformed, match="ends before its tensors do"):
        headers.read(str(path))


def strings(count: int) -> bytes:
    """Begin a GGUF file with a list of so many texts, in a file that could hold them."""
    head = struct.pack("<IQQQ", 3, 0, 1, 1) + b"k" + struct.pack("<IIQ", 9, 8, count)
    return b"GGUF" + head


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.gguf", strings(4_000_000)),
        ("a.onnx", b"\x08\x07" + b"\x72\x04\x0a\x00\x12\x00" * 2_000_000),
    ],
)
def test_a_header_without_end_is_given_up(name: str, source: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(source)
        file.truncate(max(len(source), 10**9) if name == "a.gguf" else len(source))
    with pytest.raises(Malformed, match="of use"):
        headers.read(str(path))


def test_a_tensor_of_absurd_size_is_no_number_to_reckon_with(tmp_path: Path) -> None:
    """Its digits alone could not be printed."""
    path = tmp_path / "a.safetensors"
    shape = ",".join(["9" * 18] * 1000)
    header = f'{{"a":{{"dtype":"F32","shape":[{shape}]}}}}'.encode()
    path.write_bytes(struct.pack("<Q", len(header)) + header)
    with pytest.raises(Malformed, match="larger than any"):
        headers.read(str(path))


def test_a_header_is_read_without_what_follows(tmp_path: Path) -> None:
    """The tensors may be terabytes: a file with a hole in their place is as good."""
    path = tmp_path / "model.safetensors"
    header = json.dumps({"a": {"dtype": "F32", "shape": [10**9], "data_offsets": [0, 4 * 10**9]}})
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(header)) + header.encode())
        file.truncate(8 + len(header) + 4 * 10**9)
    assert read(path).parameters == 10**9


@given(st.binary(max_size=200), st.sampled_from([b"GGUF\3\0\0\0", b"\x08\x07", b"\x10" + bytes(7)]))
def test_any_bytes_are_survived(
    tmp_path_factory: pytest.TempPathFactory, rest: bytes, start: bytes
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    for name in ("a.gguf", "a.onnx", "a.safetensors"):
        path = folder / name
        path.write_bytes(start + rest)
        with suppress(Malformed):
            headers.read(str(path))
