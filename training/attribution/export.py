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
    onnx.save(Graph(network, options.bits).model(), options.out / "encoder.onnx")
    if options.fp32:
        onnx.save(Graph(network, 0).model(), options.out / "encoder-fp32.onnx")
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
    """The encoder as an ONNX graph; `bits` 0 leaves its weights as they are."""

    def __init__(self, network: Network, bits: int) -> None:
        self.network, self.bits = network, bits
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def model(self) -> onnx.ModelProto:
        """The whole graph: `pieces` and `shapes` (rows, pieces) to `states` (rows, pieces, WIDTH)."""
        mask, x = self._embed()
        for i, layer in enumerate(self.network.encoder.layers):
            last = i == len(self.network.encoder.layers) - 1
            x = self._layer(f"layer{i}", layer, x, mask, "states" if last else f"layer{i}.out")
        ids = [helper.make_tensor_value_info(n, TensorProto.INT64, ["rows", "pieces"]) for n in ("pieces", "shapes")]
        states = helper.make_tensor_value_info("states", TensorProto.FLOAT, ["rows", "pieces", WIDTH])
        graph = helper.make_graph(self.nodes, "attribution", ids, [states], self.weights)
        return helper.make_model(graph, opset_imports=OPSET, ir_version=9, producer_name="habeas")

    def _add(self, kind: str, inputs: list[str], output: str, *, contrib: bool = False, **attributes: object) -> str:
        domain = "com.microsoft" if contrib else ""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def _put(self, name: str, value: NDArray[np.generic] | torch.Tensor) -> str:
        array = value.detach().numpy() if isinstance(value, torch.Tensor) else value
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def _embed(self) -> tuple[str, str]:
        encoder = self.network.encoder
        table = encoder.pieces.weight.detach().numpy()
        if self.bits:
            rows, scales = quantised(table, 8, 1)
            self._add("Gather", [self._put("piece_rows", rows), "pieces"], "piece.int8")
            self._add("Cast", ["piece.int8"], "piece.float", to=TensorProto.FLOAT)
            self._add("Gather", [self._put("piece_scales", scales), "pieces"], "piece.scale")
            self._add("Mul", ["piece.float", "piece.scale"], "piece")
        else:
            self._add("Gather", [self._put("piece_rows", table), "pieces"], "piece")
        self._add("Gather", [self._put("shape_rows", encoder.shapes.weight), "shapes"], "shape")
        self._add("Shape", ["pieces"], "length", start=1, end=2)
        zero = self._put("zero", np.array([0]))
        self._put("one", np.array([1]))
        self._add(
            "Slice", [self._put("position_rows", encoder.positions.weight[:LONGEST]), zero, "length", zero], "position"
        )
        self._add("Add", ["piece", "shape"], "embedded.1")
        self._add("Add", ["embedded.1", "position"], "embedded.2")
        self._norm("embedded", encoder.norm, "embedded.2")
        self._add("Equal", ["pieces", zero], "absent")
        self._add("Cast", ["absent"], "absent.float", to=TensorProto.FLOAT)
        self._add("Mul", ["absent.float", self._put("forbidden", np.array([FORBIDDEN], np.float32))], "mask.2d")
        self._add("Unsqueeze", ["mask.2d", self._put("axes", np.array([1, 2]))], "mask.4d")
        self._add("Concat", ["one", "one", "length", "one"], "spread", axis=0)
        return self._add("Expand", ["mask.4d", "spread"], "mask"), "embedded"

    def _norm(self, output: str, norm: torch.nn.LayerNorm, x: str) -> str:
        names = [self._put(f"{output}.gamma", norm.weight), self._put(f"{output}.beta", norm.bias)]
        return self._add("LayerNormalization", [x, *names], output, axis=-1, epsilon=1e-12)

    def _layer(self, name: str, layer: torch.nn.Module, x: str, mask: str, output: str) -> str:
        self._dense(f"{name}.qkv", layer.qkv, x)
        parts = [f"{name}.{part}" for part in "qkv"]
        self.nodes.append(helper.make_node("Split", [f"{name}.qkv"], parts, name=f"{name}.split", axis=-1))
        self._add("MultiHeadAttention", [*parts, "", "", mask], f"{name}.seen", contrib=True, num_heads=HEADS)
        self._dense(f"{name}.attended", layer.out, f"{name}.seen")
        middle = self._add_norm(f"{name}.middle", layer.norm1, x, f"{name}.attended")
        self._dense(f"{name}.up", layer.up, middle)
        self._add("FastGelu", [f"{name}.up"], f"{name}.inner", contrib=True)
        self._dense(f"{name}.down", layer.down, f"{name}.inner")
        return self._add_norm(output, layer.norm2, middle, f"{name}.down")

    def _add_norm(self, output: str, norm: torch.nn.LayerNorm, x: str, y: str) -> str:
        """Two operators: the fused SkipLayerNormalization was measured to be five times slower on the processor."""
        self._add("Add", [x, y], f"{output}.sum")
        return self._norm(output, norm, f"{output}.sum")

    def _dense(self, output: str, dense: torch.nn.Linear, x: str) -> str:
        weight, bias = dense.weight.detach().numpy().T, self._put(f"{output}.bias", dense.bias)
        if not self.bits:
            self._add("MatMul", [x, self._put(f"{output}.weight", weight)], f"{output}.product")
            return self._add("Add", [f"{output}.product", bias], output)
        values, scale = quantised(weight, self.bits, 0)
        names = [self._put(f"{output}.weight", values), self._put(f"{output}.scale", scale[0])]
        zero = self._put(f"{output}.zero", np.zeros(scale.shape[1], np.int8))
        return self._add("DynamicQuantizeMatMul", [x, *names, zero, bias], output, contrib=True)


if __name__ == "__main__":
    main()
