"""One mention of a document in full; on this machine's own site it can be confirmed or rejected."""

from __future__ import annotations

from paradero.answers.documents.documents import shown_mention
from paradero.answers.words import Words
from paradero.authored.evidence import EVIDENCE
from paradero.reports.content.blocks import Block, Code, Field, Form, Page, Paragraph, Section, Stated
from paradero.reports.content.wording import Wording
from paradero.reports.pages.case_page import whole
from paradero.reports.pages.material import Material
from paradero.reports.text.documents_text import shown_text
from paradero.web.asking import Asking

PATH = "/mention/{name}"
IS_ABOUT_ROWS = True
_TEXTS = ("subject", "by", "seen", "dated", "confirmed_by", "note")


def page(asking: Asking) -> Page:
    """The mention of that address. Raises UnknownName where nothing is mentioned there."""
    say = Wording("documents", asking.language)
    case = asking.standing.case
    shown = shown_mention(case, asking.name("name"), words=20)
    mention = shown.mention
    lines = shown_text(shown, Words(asking.language)).splitlines()
    sections = [
        Section(
            id="mention",
            name=say.plain("mention"),
            title=say("stands"),
            blocks=tuple(Paragraph(text=(Stated(text=line),)) for line in lines),
        )
    ]
    if asking.token and mention.state == "open":
        sections.append(_decide(asking, mention.mention, say))
    return whole(
        Material(asking.standing.asked(), asking.language, is_site=True),
        say,
        kicker=say("kicker_mention", id=Code(text=mention.mention)),
        title=(Stated(text=f"“{' '.join(mention.text.split())}”, {mention.file_name}"),),
        lead=say("lead_mention" if asking.token else "lead_mention_read"),
        findings=(),
        found=sections,
    )


def _decide(asking: Asking, mention: str, say: Wording) -> Section:
    hidden = (
        Field(name="mention", kind="hidden", value=mention),
        Field(name="token", kind="hidden", value=asking.token),
        Field(name="language", kind="hidden", value=asking.language),
    )
    kinds = Wording("evidence", asking.language)
    files = sorted(path.name for path in (asking.standing.case.root / "claims").glob("*.toml"))
    confirming = Form(
        to="/acts/confirm",
        writes=True,
        button=say.plain("confirm"),
        fields=(
            *hidden,
            Field(name="claims", label=say.plain("field_claims"), value=files[0] if files else "claims.toml"),
            *(Field(name=each, label=say.plain(f"field_{each}")) for each in _TEXTS),
            Field(
                name="evidence",
                label=say.plain("field_evidence"),
                kind="choice",
                value="official",
                options=tuple((each, kinds.plain(f"evidence_{each}")) for each in EVIDENCE),
            ),
        ),
    )
    rejecting = Form(
        to="/acts/reject",
        writes=True,
        button=say.plain("reject"),
        fields=(
            *hidden,
            Field(name="by", label=say.plain("field_rejected_by")),
            Field(name="why", label=say.plain("field_why")),
        ),
    )
    blocks: tuple[Block, ...] = (
        Paragraph(text=say("confirm_means")),
        confirming,
        Paragraph(text=say("reject_means")),
        rejecting,
    )
    return Section(id="decide", name=say.plain("decide"), title=say("decide"), blocks=blocks)
