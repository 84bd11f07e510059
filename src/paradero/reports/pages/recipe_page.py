"""The first page of a bundle: what lies in it, and how to check it without paradero and with it."""

from __future__ import annotations

from paradero.reports.content.blocks import Code, Page, Points, Section, Stated
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material


def recipe_page(material: Material, of: Page) -> Page:
    """The recipe for the bundle of a page."""
    say = material.wording("bundle")
    files = ("report", "informe", "rows", "originals", "log", "figures", "ro_crate_metadata")
    lists = (
        ("what", tuple(say(f"file_{name}") for name in files)),
        (
            "without",
            (
                say(
                    "sums",
                    linux=Code(text="sha256sum -c SHA256SUMS.txt"),
                    mac=Code(text="shasum -a 256 -c SHA256SUMS.txt"),
                ),
                say("windows", command=Code(text="certutil -hashfile FILE SHA256")),
                say("hash"),
                say("cells"),
            ),
        ),
        (
            "with",
            (
                say("verify", command=Code(text="paradero verify")),
                say("again", command=Code(text="paradero bundle")),
            ),
        ),
        ("not", (say("not_all"), say("not_names"), say("not_who"))),
    )
    found = [
        Section(id=name, name=say.plain(name), title=say(name), blocks=(Points(items=items),))
        for name, items in lists
    ]
    return whole(
        material,
        say,
        kicker=say("kicker"),
        title=say(
            "title",
            title=(Stated(text="".join(each if isinstance(each, str) else each.text for each in of.title)),),
        ),
        lead=say("lead"),
        findings=(),
        found=found,
    )
