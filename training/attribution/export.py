"""Checkpoint to weights: `python -m training.attribution.export --checkpoint FILE... --out DIR`.

The encoder's graph is written by hand, of ONNX Runtime's fused operators, since neither torch's exporter nor the
optimiser of ONNX Runtime finds them here. Eight-bit weights are symmetric with a scale for each output channel, in
seven bits unless asked otherwise: without VNNI the processor adds two products in sixteen bits, which eight would
overflow.
Piece embeddings are eight-bit with a scale for each row; the heads are half floats in `heads.npz`.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from .network import FORBIDDEN, HEADS, WIDTH, Network, load_trained, pretrained_folder

OPSET = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
LONGEST = 192
"""Positions kept: no window may have more pieces."""
MIDDLE = 4
"""Layers after which the states are given out too: the model of events goes on from there."""


def main() -> None:
    """Writes `encoder.onnx`, `heads.npz` and `vocab.txt`; with --fp32 also `encoder-fp32.onnx`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True, nargs="+", help="of several of a run, the mean")
    folder = pretrained_folder()
    parser.add_argument(
        "--vocabulary", type=Path, default=folder and folder / "vocab.txt", help="vocab.txt of the encoder"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fp32", action="store_true", help="write the full-precision encoder too, to compare")
    parser.add_argument("--bits", type=int, default=7, choices=(7, 8))
    parser.add_argument("--raw", action="store_true", help="the last weights, not their running average")
    options = parser.parse_args()
    network = load_trained(*options.checkpoint, averaged=not options.raw).eval()
    options.out.mkdir(parents=True, exist_ok=True)
    onnx.save(EncoderGraph(network, options.bits).model(), options.out / "encoder.onnx")
    if options.fp32:
        onnx.save(EncoderGraph(network, 0).model(), options.out / "encoder-fp32.onnx")
    np.savez(options.out / "heads.npz", **heads(network))
    shutil.copyfile(options.vocabulary, options.out / "vocab.txt")
    for path in sorted(options.out.iterdir()):
        print(f"{path.name} {path.stat().st_size / 1e6:.2f} MB")


def heads(network: Network) -> dict[str, NDArray[np.float16]]:
    """The heads' arrays, as `habeas.extraction.attribution.decode.Heads.of` reads them."""
    tagger = network.tagger
    out = {
        "emit": tagger.emit.weight.T,
        "emit_bias": tagger.emit.bias,
        "start": tagger.start + tagger.begin,
        "steps": tagger.steps + tagger.step,
    }
    for role, linker in network.linkers.items():
        for part in ("query", "turn", "key"):
            out[f"{role}.{part}"] = getattr(linker, part).weight.T
            out[f"{role}.{part}_bias"] = getattr(linker, part).bias
        for part in ("null", "null_bias", "gap", "step"):
            out[f"{role}.{part}"] = getattr(linker, part)
    return {name: value.detach().numpy().astype(np.float16) for name, value in out.items()}


def quantised(weight: NDArray[np.float32], bits: int, axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Symmetric eight-bit values and the scale of each slice that is left when `axis` is reduced."""
    top = 2 ** (bits - 1) - 1
    scale = np.maximum(np.abs(weight).max(axis, keepdims=True), 1e-8) / top
    return np.round(weight / scale).astype(np.int8), scale.astype(np.float32)


class Graph:
    """A graph that is put together node by node; `bits` 0 leaves weights as they are."""

    def __init__(self, bits: int) -> None:
        self.bits = bits
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def add(self, kind: str, inputs: list[str], output: str, *, contrib: bool = False, **attributes: object) -> str:
        """The name of what a new node gives."""
        domain = "com.microsoft" if contrib else ""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def put(self, name: str, value: NDArray[np.generic] | torch.Tensor) -> str:
        """The name of a new weight."""
        array = value.detach().numpy() if isinstance(value, torch.Tensor) else value
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def mask(self) -> str:
        """What is added to the attention scores, so that nothing looks at what is no piece."""
        self.put("one", np.array([1]))
        self.add("Shape", ["pieces"], "length", start=1, end=2)
        self.add("Equal", ["pieces", self.put("zero", np.array([0]))], "absent")
        self.add("Cast", ["absent"], "absent.float", to=TensorProto.FLOAT)
        self.add("Mul", ["absent.float", self.put("forbidden", np.array([FORBIDDEN], np.float32))], "mask.2d")
        self.add("Unsqueeze", ["mask.2d", self.put("axes", np.array([1, 2]))], "mask.4d")
        self.add("Concat", ["one", "one", "length", "one"], "spread", axis=0)
        return self.add("Expand", ["mask.4d", "spread"], "mask")

    def norm(self, output: str, norm: torch.nn.LayerNorm, x: str) -> str:
        """The name of `x`, normalised."""
        names = [self.put(f"{output}.gamma", norm.weight), self.put(f"{output}.beta", norm.bias)]
        return self.add("LayerNormalization", [x, *names], output, axis=-1, epsilon=1e-12)

    def layer(self, name: str, layer: torch.nn.Module, x: str, mask: str, output: str) -> str:
        """The name of what a layer makes of `x`."""
        self.dense(f"{name}.qkv", layer.qkv, x)
        parts = [f"{name}.{part}" for part in "qkv"]
        self.nodes.append(helper.make_node("Split", [f"{name}.qkv"], parts, name=f"{name}.split", axis=-1))
        self.add("MultiHeadAttention", [*parts, "", "", mask], f"{name}.seen", contrib=True, num_heads=HEADS)
        self.dense(f"{name}.attended", layer.out, f"{name}.seen")
        middle = self._add_norm(f"{name}.middle", layer.norm1, x, f"{name}.attended")
        self.dense(f"{name}.up", layer.up, middle)
        self.add("FastGelu", [f"{name}.up"], f"{name}.inner", contrib=True)
        self.dense(f"{name}.down", layer.down, f"{name}.inner")
        return self._add_norm(output, layer.norm2, middle, f"{name}.down")

    def _add_norm(self, output: str, norm: torch.nn.LayerNorm, x: str, y: str) -> str:
        """Two operators: the fused SkipLayerNormalization was measured to be five times slower on the processor."""
        self.add("Add", [x, y], f"{output}.sum")
        return self.norm(output, norm, f"{output}.sum")

    def dense(self, output: str, dense: torch.nn.Linear, x: str) -> str:
        """The name of `x` times a matrix, plus its bias."""
        weight, bias = dense.weight.detach().numpy().T, self.put(f"{output}.bias", dense.bias)
        if not self.bits:
            self.add("MatMul", [x, self.put(f"{output}.weight", weight)], f"{output}.product")
            return self.add("Add", [f"{output}.product", bias], output)
        values, scale = quantised(weight, self.bits, 0)
        names = [self.put(f"{output}.weight", values), self.put(f"{output}.scale", scale[0])]
        zero = self.put(f"{output}.zero", np.zeros(scale.shape[1], np.int8))
        return self.add("DynamicQuantizeMatMul", [x, *names, zero, bias], output, contrib=True)


class EncoderGraph(Graph):
    """The encoder."""

    def __init__(self, network: Network, bits: int) -> None:
        super().__init__(bits)
        self.network = network

    def model(self) -> onnx.ModelProto:
        """`pieces` and `shapes` (rows, pieces) to `states`, and `middle` half-way, (rows, pieces, WIDTH) both."""
        mask, x = self.mask(), self._embed()
        names = {MIDDLE - 1: "middle", len(self.network.encoder.layers) - 1: "states"}
        for i, layer in enumerate(self.network.encoder.layers):
            x = self.layer(f"layer{i}", layer, x, mask, names.get(i, f"layer{i}.out"))
        ids = [helper.make_tensor_value_info(n, TensorProto.INT64, ["rows", "pieces"]) for n in ("pieces", "shapes")]
        outputs = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, ["rows", "pieces", WIDTH])
            for name in ("states", "middle")
        ]
        graph = helper.make_graph(self.nodes, "attribution", ids, outputs, self.weights)
        return helper.make_model(graph, opset_imports=OPSET, ir_version=9, producer_name="habeas")

    def _embed(self) -> str:
        encoder = self.network.encoder
        table = encoder.pieces.weight.detach().numpy()
        if self.bits:
            rows, scales = quantised(table, 8, 1)
            self.add("Gather", [self.put("piece_rows", rows), "pieces"], "piece.int8")
            self.add("Cast", ["piece.int8"], "piece.float", to=TensorProto.FLOAT)
            self.add("Gather", [self.put("piece_scales", scales), "pieces"], "piece.scale")
            self.add("Mul", ["piece.float", "piece.scale"], "piece")
        else:
            self.add("Gather", [self.put("piece_rows", table), "pieces"], "piece")
        self.add("Gather", [self.put("shape_rows", encoder.shapes.weight), "shapes"], "shape")
        positions = self.put("position_rows", encoder.positions.weight[:LONGEST])
        self.add("Slice", [positions, "zero", "length", "zero"], "position")
        self.add("Add", ["piece", "shape"], "embedded.1")
        self.add("Add", ["embedded.1", "position"], "embedded.2")
        return self.norm("embedded", encoder.norm, "embedded.2")


if __name__ == "__main__":
    main()
