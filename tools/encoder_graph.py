"""Rebuilds the MiniLM sentence encoder as an ONNX graph from its weights: tokens in, mean-pooled unit vectors out.

In 8 bits every token has a scale of its own, so that a text's vector never depends on its company in a batch. Weights
keep 7 of the 8 bits: sums of pairs then fit the 16 bits of older processors, and all machines add up the same.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LAYERS = 6
HEADS = 12
WIDTH = 384
EPSILON = 1e-12
OPSET = 20
IR_VERSION = 9
LARGEST_WEIGHT = 63
LARGEST_TOKEN, MIDDLE = 127.0, 128  # a token's numbers are 1 to 255 around 128
Weights = Mapping[str, "np.ndarray[Any, np.dtype[np.float32]]"]


def graph(weights: Weights) -> onnx.ModelProto:
    """The model as ONNX, 32-bit: int64 `ids` and `mask` (texts, tokens) in, float32 `vectors` (texts, 384) out."""
    return _Graph(weights).model()


def small_graph(weights: Weights) -> onnx.ModelProto:
    """The same model with its matrices in 8 bits: about a quarter of the size and three times as fast."""
    return _SmallGraph(weights).model()


class _Graph:
    """Collects nodes and weights while the layers are written down; each method returns the name of its output."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def model(self) -> onnx.ModelProto:
        shape = ["texts", "tokens"]
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("ids", "mask")]
        self._pooled(self._encoded())
        outputs = [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", WIDTH])]
        body = helper.make_graph(self.nodes, "minilm", inputs, outputs, list(self.constants.values()))
        model = helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
        onnx.checker.check_model(model)
        return model

    def _encoded(self) -> str:
        hidden = self._embedded()
        bias = self._mask_bias()
        for number in range(LAYERS):
            hidden = self._layer(hidden, bias, f"encoder.layer.{number}")
        return hidden

    def _embedded(self) -> str:
        words = self.op("Gather", self.weight("embeddings.word_embeddings.weight"), "ids")
        kind = self.constant("kind", self.weights["embeddings.token_type_embeddings.weight"][0])
        length = self.op("Slice", self.op("Shape", "ids"), self.ints("one", [1]), self.ints("two", [2]))
        all_places = self.weight("embeddings.position_embeddings.weight")
        places = self.op("Slice", all_places, self.ints("nought", [0]), length, self.ints("nought", [0]))
        return self.normed(self.op("Add", self.op("Add", words, kind), places), "embeddings.LayerNorm")

    def _mask_bias(self) -> str:
        mask = self.op("Cast", "mask", to=TensorProto.FLOAT)
        wide = self.op("Unsqueeze", mask, self.ints("inner", [1, 2]))
        return self.op("Mul", self.op("Sub", self.floats("unit", 1.0), wide), self.floats("far", -10000.0))

    def _layer(self, hidden: str, bias: str, name: str) -> str:
        attended = self.linear(
            self._attention(hidden, bias, f"{name}.attention.self"), f"{name}.attention.output.dense"
        )
        hidden = self.normed(self.op("Add", attended, hidden), f"{name}.attention.output.LayerNorm")
        inner = self.op("Gelu", self.linear(hidden, f"{name}.intermediate.dense"))
        outer = self.linear(inner, f"{name}.output.dense")
        return self.normed(self.op("Add", outer, hidden), f"{name}.output.LayerNorm")

    def _attention(self, hidden: str, bias: str, name: str) -> str:
        query = self._heads(self.linear(hidden, f"{name}.query"), [0, 2, 1, 3])
        key = self._heads(self.linear(hidden, f"{name}.key"), [0, 2, 3, 1])
        value = self._heads(self.linear(hidden, f"{name}.value"), [0, 2, 1, 3])
        scale = self.floats("scale", float(np.sqrt(WIDTH // HEADS)))
        scores = self.op("Add", self.op("Div", self.op("MatMul", query, key), scale), bias)
        mixed = self.op("MatMul", self.op("Softmax", scores, axis=-1), value)
        flat = self.ints("flat", [0, 0, WIDTH])
        return self.op("Reshape", self.op("Transpose", mixed, perm=[0, 2, 1, 3]), flat)

    def _heads(self, projected: str, order: list[int]) -> str:
        split = self.ints("split", [0, 0, HEADS, WIDTH // HEADS])
        return self.op("Transpose", self.op("Reshape", projected, split), perm=order)

    def _pooled(self, hidden: str) -> None:
        mask = self.op("Cast", "mask", to=TensorProto.FLOAT)
        wide = self.op("Unsqueeze", mask, self.ints("last", [2]))
        total = self.op("ReduceSum", self.op("Mul", hidden, wide), self.ints("one", [1]), keepdims=0)
        count = self.op("ReduceSum", mask, self.ints("one", [1]), keepdims=1)
        mean = self.op("Div", total, self.op("Max", count, self.floats("tiny", 1e-9)))
        length = self.op("ReduceL2", mean, self.ints("one", [1]), keepdims=1)
        self.nodes.append(helper.make_node("Div", [mean, length], ["vectors"]))

    def linear(self, given: str, name: str) -> str:
        matrix = self.constant(f"{name}.T", np.ascontiguousarray(self.weights[f"{name}.weight"].T))
        return self.op("Add", self.op("MatMul", given, matrix), self.weight(f"{name}.bias"))

    def normed(self, given: str, name: str) -> str:
        scale, shift = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.op("LayerNormalization", given, scale, shift, axis=-1, epsilon=EPSILON)

    def op(self, kind: str, *given: str, **attributes: Any) -> str:
        output = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(given), [output], **attributes))
        return output

    def weight(self, name: str) -> str:
        return self.constant(name, self.weights[name])

    def ints(self, name: str, values: list[int]) -> str:
        return self.constant(name, np.array(values, dtype=np.int64))

    def floats(self, name: str, value: float) -> str:
        return self.constant(name, np.array(value, dtype=np.float32))

    def constant(self, name: str, values: "np.ndarray[Any, Any]") -> str:
        self.constants.setdefault(name, numpy_helper.from_array(values, name))
        return name


class _SmallGraph(_Graph):
    """Multiplies whole numbers: one scale for each token and one for each column of a matrix."""

    def linear(self, given: str, name: str) -> str:
        matrix, scales = _whole(self.weights[f"{name}.weight"].T)
        depth, width = matrix.shape
        tokens = self.op("Reshape", given, self.ints(f"rows of {depth}", [-1, depth]))
        scale = self._scale(tokens)
        middle = self.constant("middle", np.array(MIDDLE, dtype=np.uint8))
        middles = self.op("Expand", middle, self.op("Shape", scale))
        whole = self.op("QuantizeLinear", tokens, scale, middles, axis=0)
        summed = self.op("MatMulInteger", whole, self.constant(f"{name}.whole", matrix), middle)
        tall = self.op("Unsqueeze", scale, self.ints("one", [1]))
        product = self.op("Mul", self.op("Cast", summed, to=TensorProto.FLOAT), tall)
        product = self.op("Mul", product, self.constant(f"{name}.scales", scales))
        shape = self.op("Concat", self.op("Shape", "ids"), self.ints(f"width {width}", [width]), axis=0)
        return self.op("Reshape", self.op("Add", product, self.weight(f"{name}.bias")), shape)

    def _scale(self, tokens: str) -> str:
        largest = self.op("ReduceMax", self.op("Abs", tokens), self.ints("last of two", [-1]), keepdims=0)
        scale = self.op("Mul", largest, self.floats("step", 1 / LARGEST_TOKEN))
        return self.op("Max", scale, self.floats("least", 1e-8))


def _whole(matrix: "np.ndarray[Any, Any]") -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """A matrix as whole numbers up to `LARGEST_WEIGHT`, and what each column is to be multiplied with."""
    scales = np.abs(matrix).max(axis=0) / LARGEST_WEIGHT
    return np.ascontiguousarray(np.round(matrix / scales).astype(np.int8)), scales.astype(np.float32)
