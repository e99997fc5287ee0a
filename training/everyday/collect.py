"""Gather everyday pictures from free packages, through pip, apt-get and npm as they are set up.

``packages.toml`` beside this file says which packages, whose licence, what their pictures show and
which part of the split each package belongs to: no package is trained on and tested on.
"""

import csv
import fnmatch
import hashlib
import logging
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

from training.everyday.brush import surface
from training.everyday.resources import open_resources
from training.splitting import difference_hash

log = logging.getLogger(__name__)
EVERYDAY = Path(".training/everyday")
"""Where `collect` puts its pictures unless told otherwise (ignored by git)."""
PACKAGES = Path(__file__).with_name("packages.toml")
SIDE = 224
LEAST_SIDE, MOST_SLENDER = 96, 4.0
LEAST_BYTES = 3_000
SUFFIXES = {".jpg", ".jpeg", ".jpe", ".png", ".webp", ".bmp", ".avif"}
PARTS = ("test", "validation", "train")
"""Of a picture in several packages, the copy of the first of these parts stays."""
PATIENCE = 600
"""Seconds after which a package is given up."""


@dataclass(frozen=True)
class Everyday:
    """One collected picture: a JPEG of 224×224, squeezed to a square."""

    image: str
    """Its path in the folder."""
    group: str
    package: str
    part: str
    """train | validation | test, the same for a whole package."""


@dataclass(frozen=True)
class Package:
    """A package and what to take of it."""

    registry: str
    name: str
    part: str
    licence: str
    groups: dict[str, str]
    """Pattern of a file's path → what it shows; the first that fits; no pattern: left."""
    version: str = ""
    leave: tuple[str, ...] = ()
    """Patterns of files never taken: paintings, and pictures close to them."""
    most: int = 400

    @property
    def key(self) -> str:
        """Its name among all registries, fit for a folder."""
        name = self.name.removeprefix("../").replace("/", "_").replace("@", "_")
        return f"{self.registry}-{name}"


def read_packages(path: Path = PACKAGES) -> list[Package]:
    """Return the packages of a TOML file."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return [Package(**{**p, "leave": tuple(p.get("leave", ()))}) for p in content["package"]]


def collect(folder: Path, packages: list[Package] | None = None) -> list[Everyday]:
    """Fill ``folder`` with pictures and their table, ``pictures.csv``; return its rows.

    A package that is already unpacked there is not fetched again; one that cannot be had is left
    out with a warning.
    """
    found: list[Everyday] = []
    for package in packages if packages is not None else read_packages():
        unpacked = folder / "packages" / package.key
        try:
            if not unpacked.is_dir():
                fetch(package, unpacked)
        except (OSError, subprocess.SubprocessError, shutil.ReadError) as error:
            log.warning("%s is left out: %s", package.key, error)
            continue
        taken = list(_take(package, unpacked, folder))
        log.info("%-45s %5d", package.key, len(taken))
        found += taken
    found = _once(found, folder)
    _write(folder, found)
    return found


def _once(found: list[Everyday], folder: Path) -> list[Everyday]:
    """Drop what another package ships too, so that nothing tested on was trained on."""
    kept: dict[int, Everyday] = {}
    for row in sorted(found, key=lambda row: PARTS.index(row.part)):
        with Image.open(folder / row.image) as image:
            kept.setdefault(difference_hash(np.asarray(image)), row)
    return list(kept.values())


def read_everyday(folder: Path) -> list[Everyday]:
    """Return what `collect` put into ``folder``; nothing where it was not run."""
    table = folder / "pictures.csv"
    if not table.is_file():
        return []
    with table.open(encoding="utf-8", newline="") as file:
        return [Everyday(**row) for row in csv.DictReader(file)]


def _write(folder: Path, found: list[Everyday]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "pictures.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(field.name for field in fields(Everyday))
        table.writerows(astuple(row) for row in found)


def fetch(package: Package, unpacked: Path) -> None:
    """Download a package with its registry's own client and unpack it into ``unpacked``.

    Raises what the client or the archive raises; then nothing is left behind.
    """
    unpacked.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=unpacked.parent) as place:
        downloads, content = Path(place, "downloads"), Path(place, "content")
        downloads.mkdir()
        content.mkdir()
        REGISTRIES[package.registry](package, downloads)
        for archive in sorted(downloads.iterdir()):
            _unpack(archive, content)
        open_resources(content)
        shutil.move(content, unpacked)


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=PATIENCE)  # noqa: S603


def _pip(package: Package, folder: Path) -> None:
    name = f"{package.name}=={package.version}" if package.version else package.name
    _run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", name], folder)


def _apt(package: Package, folder: Path) -> None:
    _run(["apt-get", "download", "-qq", package.name], folder)


def _npm(package: Package, folder: Path) -> None:
    _run(["npm", "pack", "--silent", f"{package.name}@{package.version or 'latest'}"], folder)


def _copy(package: Package, folder: Path) -> None:
    shutil.make_archive(str(folder / "pictures"), "zip", package.name)


REGISTRIES: dict[str, Callable[[Package, Path], None]] = {
    "pypi": _pip,
    "deb": _apt,
    "npm": _npm,
    "folder": _copy,
}
"""``folder``: pictures that lie on this machine already."""


def _unpack(archive: Path, content: Path) -> None:
    if archive.suffix == ".deb":
        _run(["dpkg-deb", "--extract", str(archive.absolute()), "."], content)
    elif archive.suffix in {".whl", ".zip"}:
        shutil.unpack_archive(archive, content, "zip")
    else:
        shutil.unpack_archive(archive, content, "gztar", filter="data")


def _take(package: Package, unpacked: Path, folder: Path) -> Iterator[Everyday]:
    """Squeeze a package's pictures into the folder; the same ones on every machine."""
    files = [p for p in unpacked.rglob("*") if p.suffix.lower() in SUFFIXES and not p.is_symlink()]
    names = {p.relative_to(unpacked).as_posix(): p for p in files}
    order = sorted(names, key=lambda name: hashlib.sha256(name.encode()).digest())
    target = folder / "pictures" / package.key
    target.mkdir(parents=True, exist_ok=True)
    seen: set[str] = set()
    for name in tqdm(order, desc=package.key, unit="file", leave=False):
        group = _group(package, name)
        if not group or names[name].stat().st_size < LEAST_BYTES or len(seen) == package.most:
            continue
        data = names[name].read_bytes()
        digest = hashlib.sha256(data).hexdigest()[:16]
        path = target / f"{digest}.jpg"
        if digest in seen or not (path.is_file() or _squeeze(names[name], path)):
            continue
        seen.add(digest)
        yield Everyday(path.relative_to(folder).as_posix(), group, package.key, package.part)


def _group(package: Package, name: str) -> str:
    if any(fnmatch.fnmatch(name, pattern) for pattern in package.leave):
        return ""
    fitting = (group for pattern, group in package.groups.items() if fnmatch.fnmatch(name, pattern))
    return next(fitting, "")


def _squeeze(source: Path, target: Path) -> bool:
    """Write a 224×224 JPEG; say whether it is a picture and large enough.

    What is transparent is laid on a table or a floor, which depends on the file's name.
    """
    try:
        with Image.open(source) as image:
            shorter, longer = sorted(image.size)
            if shorter < LEAST_SIDE or longer > MOST_SLENDER * shorter:
                return False
            image.draft("RGB", (2 * SIDE, 2 * SIDE))
            image.thumbnail((4 * SIDE, 4 * SIDE))
            over = image.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    seed = int.from_bytes(hashlib.sha256(source.name.encode()).digest()[:4], "big")
    behind = surface(np.random.default_rng(seed), over.height, over.width)
    ground = Image.fromarray(behind).convert("RGBA")
    ground.alpha_composite(over)
    square = ground.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    square.save(target, quality=93)
    return True
