"""What people bring: folders, zip and tar, archives within archives. None is lost in silence, and none is
written where the archive says.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from casefile.made import said

from paradero.casefile import folder as casefiles
from paradero.casefile.folder import SETTINGS
from paradero.casefile.originals import sources_of
from paradero.sources.containers.archives import Brought, Left, brought

STAYS = (
    "Stay Book In Date Time,Book In Date Time,Detention Facility,Detention Facility Code,Book Out Date Time,"
    "Anonymized Identifier\n2025-03-01 08:15:00,2025-03-01 08:15:00,EXAMPLE,EXAMPLE,2025-03-02 20:40:00,{}\n"
)


def taken(*paths: Path) -> dict[str, str]:
    """The content of each file by the name it is spoken of; of what is not taken, why."""
    found = {}
    for each in brought(list(paths), casefile=SETTINGS):
        found[each.name] = each.why if isinstance(each, Left) else each.path.read_text()
    return found


def zipped(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def tarred(path: Path, files: dict[str, str | bytes], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            raw = content.encode() if isinstance(content, str) else content
            member = tarfile.TarInfo(name)
            member.size = len(raw)
            archive.addfile(member, io.BytesIO(raw))
    return path


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_an_archive_is_its_files(pack: Callable[..., Path], tmp_path: Path) -> None:
    path = pack(tmp_path / "all", {"a.csv": "1", "2024/a.csv": "2", "2025/deep/b.csv": "3"})
    assert taken(path) == {"all/a.csv": "1", "all/2024/a.csv": "2", "all/2025/deep/b.csv": "3"}


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_however_packed(mode: str, tmp_path: Path) -> None:
    assert taken(tarred(tmp_path / "t", {"a.csv": "1"}, mode)) == {"t/a.csv": "1"}


def test_archives_within_archives_and_a_folder_of_them(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"x.csv": "in"}).read_bytes()
    middle = tarred(tmp_path / "middle.tgz", {"inner.zip": inner, "y.csv": "mid"}).read_bytes()
    (tmp_path / "inner.zip").unlink()
    (tmp_path / "middle.tgz").unlink()
    downloads = tmp_path / "downloads"
    (downloads / "more").mkdir(parents=True)
    zipped(downloads / "outer.zip", {"middle.tgz": middle, "z.csv": "out"})
    (downloads / "more" / "w.csv").write_text("by itself")
    assert taken(downloads) == {
        "downloads/more/w.csv": "by itself",
        "downloads/outer.zip/middle.tgz/inner.zip/x.csv": "in",
        "downloads/outer.zip/middle.tgz/y.csv": "mid",
        "downloads/outer.zip/z.csv": "out",
    }
    origins = [each.origin for each in brought([downloads], casefile=SETTINGS) if isinstance(each, Brought)]
    assert origins == [
        None,
        "x.csv in inner.zip in middle.tgz in outer.zip",
        "y.csv in middle.tgz in outer.zip",
        "z.csv in outer.zip",
    ]


def test_archives_without_end_are_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "0.zip", {"x.csv": "in"})
    for number in range(1, 5):
        path = zipped(tmp_path / f"{number}.zip", {path.name: path.read_bytes()})
    ((name, why),) = taken(path).items()
    assert name == "4.zip/3.zip/2.zip/1.zip"
    assert "within 3 others" in why


@pytest.mark.parametrize(
    "name", ["../../escaped.csv", "/escaped.csv", "a/../../escaped.csv", "..\\..\\escaped.csv"]
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_an_archive_does_not_choose_where_it_is_written(
    pack: Callable[..., Path], name: str, tmp_path: Path
) -> None:
    (tmp_path / "deep" / "down").mkdir(parents=True)
    path = pack(tmp_path / "deep" / "down" / "f", {name: "out"})
    before = set(tmp_path.rglob("*"))
    places = [each.path for each in brought([path], casefile=SETTINGS) if isinstance(each, Brought)]
    assert ["paradero-unpacked-" in str(place) for place in places] == [True]
    assert set(tmp_path.rglob("*")) == before
    assert not Path("/escaped.csv").exists()


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    path = tmp_path / "all.tar"
    with tarfile.open(path, "w") as archive:
        link = tarfile.TarInfo("link.csv")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        pipe = tarfile.TarInfo("pipe.csv")
        pipe.type = tarfile.FIFOTYPE
        archive.addfile(pipe)
    found = list(brought([path], casefile=SETTINGS))
    assert [(each.name, each.is_odd) for each in found if isinstance(each, Left)] == [
        ("all.tar/link.csv", True),
        ("all.tar/pipe.csv", True),
    ]
    macs = zipped(tmp_path / "mac.zip", {"__MACOSX/._a.csv": "x", ".DS_Store": "y", "a.csv": "1"})
    left = [each for each in brought([macs], casefile=SETTINGS) if isinstance(each, Left)]
    assert [(each.name, each.is_odd) for each in left] == [
        ("mac.zip/__MACOSX/._a.csv", False),
        ("mac.zip/.DS_Store", False),
    ]


def test_a_locked_member_is_told_and_the_others_taken(tmp_path: Path) -> None:
    path = zipped(tmp_path / "f.zip", {"a.csv": "secret", "b.csv": "open"})
    raw = bytearray(path.read_bytes())
    raw[6] |= 1  # encrypted, in the member's own header and in the list
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    found = taken(path)
    assert "password" in found["f.zip/a.csv"]
    assert found["f.zip/b.csv"] == "open"


def test_a_damaged_member_is_told_and_the_others_taken(tmp_path: Path) -> None:
    path = tmp_path / "f.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.csv", "first file")
        archive.writestr("b.csv", "second file")
    path.write_bytes(path.read_bytes().replace(b"first file", b"FIRST file"))
    found = taken(path)
    assert "CRC" in found["f.zip/a.csv"]
    assert found["f.zip/b.csv"] == "second file"


def test_an_archive_that_is_cut_says_so(tmp_path: Path) -> None:
    whole = tarred(
        tmp_path / "t.tgz", {"a.csv": "x" * 10, "b.csv": "".join(map(str, range(90_000)))}
    ).read_bytes()
    cut = tmp_path / "cut.tgz"
    cut.write_bytes(whole[: len(whole) // 2])
    found = taken(cut)
    assert found["cut.tgz/a.csv"] == "x" * 10
    assert "damaged or cut" in found["cut.tgz"]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_an_archive_meant_to_fill_the_disk_does_not(pack: Callable[..., Path], tmp_path: Path) -> None:
    path = pack(tmp_path / "bomb", {"a.csv": b"\0" * 70_000_000})
    ((_, why),) = taken(path).items()
    assert "unpacks to more than" in why


@pytest.mark.parametrize(
    ("head", "word"),
    [(b"7z\xbc\xaf\x27\x1c\0\4", "7-Zip"), (b"Rar!\x1a\x07\x01\0", "RAR"), (b"BZh91AY&", "bzip2")],
)
def test_other_archives_are_named(head: bytes, word: str, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(head + b"x" * 100)
    assert word in taken(tmp_path / "f")["f"]


def test_a_casefile_is_not_taken_into_itself(tmp_path: Path) -> None:
    case = casefiles.create(tmp_path / "downloads" / "case")
    (tmp_path / "downloads" / "a.csv").write_text("1")
    (case.sources / "original.csv").write_text("2")
    found = taken(tmp_path / "downloads")
    assert found == {"downloads/a.csv": "1", "downloads/case": "a casefile"}
    assert "of a casefile itself" in taken(case.root)[str(case.root.resolve())]
    assert "of a casefile itself" in taken(case.sources)[str(case.sources.resolve())]


def test_a_folder_without_files_says_so(tmp_path: Path) -> None:
    (tmp_path / "none" / "at all").mkdir(parents=True)
    assert "holds no file" in taken(tmp_path / "none")["none"]


def test_a_folder_of_downloads_from_the_command(tmp_path: Path) -> None:
    case = casefiles.create(tmp_path / "case")
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    zipped(
        downloads / "all.zip",
        {"2024/stays.csv": STAYS.format("a1"), "2025/stays.csv": STAYS.format("b2"), "odd.csv": "a,b\n1,2\n"},
    )
    (downloads / ".DS_Store").write_bytes(b"\0")
    heard = said(case.root, "add", str(downloads), "--json")
    told = heard.json
    assert heard.code == 1
    assert [row["file"] for row in told["added"]] == [
        "downloads/all.zip/2024/stays.csv",
        "downloads/all.zip/2025/stays.csv",
    ]
    assert [row["file"] for row in told["failed"]] == ["downloads/all.zip/odd.csv"]
    assert [row["file"] for row in told["left_out"]] == ["downloads/.DS_Store"]
    kept = sources_of(case)
    assert {(each.file_name, each.origin) for each in kept} == {
        ("stays.csv", "2024/stays.csv in all.zip"),
        ("stays.csv", "2025/stays.csv in all.zip"),
    }
    again = said(case.root, "add", str(downloads))
    assert "4 files: 0 added, 2 there" in again.out
    assert "1 refused: downloads/all.zip/odd.csv" in again.out
    assert "1 left out: downloads/.DS_Store" in again.out
