"""The sources of a casefile as a sheet of facts, in Markdown: who says it, the primary source, where it was
seen, what was read and what was checked.
"""

from __future__ import annotations

from paradero.answers.books.cited import CitedSource, CitedSources, SeenAt
from paradero.answers.verdicts.in_words import seen_word
from paradero.answers.words import Words
from paradero.authored.evidence import EVIDENCE

_READ = {True: "seen_as_read", False: "text_not_read"}


def cited_text(answer: CitedSources, words: Words) -> str:
    """A source a paragraph, by the kind of its evidence, the strictest first."""
    lines = [
        f"# {words('cited_title')}",
        "",
        words(
            "cited_counted",
            n=answer.n_rows,
            read=answer.read,
            own=answer.own,
            copies=answer.copy_,
            open=answer.not_described,
        ),
    ]
    kinds = {row.evidence[0] for row in answer.rows}
    for kind in (each for each in EVIDENCE if each in kinds):
        lines += ["", f"## {words(f'evidence_{kind}')}"]
        for row in answer.rows:
            if row.evidence[0] == kind:
                lines += ["", *_source(row, words)]
    if answer.texts:
        lines += ["", f"## {words('cited_texts')}"]
    for text in answer.texts:
        lines += ["", f"**{text.instrument}**, {text.pin}", "", f"- {words(_READ[text.read_in_source])}"]
        lines += [f"  - {text.url}"] if text.url else []
        lines += [_page(each, words) for each in text.seen]
    if answer.not_cited:
        lines += ["", words("cited_by_nothing"), *(f"- {each}" for each in answer.not_cited)]
    return "\n".join(lines)


def _source(row: CitedSource, words: Words) -> list[str]:
    cites = words("cited_cites", n=row.cites)
    lines = [f"**{row.by}** ({': '.join(each for each in (cites, ', '.join(row.facts)) if each)})", ""]
    primary = (
        f"{row.primary}{f' <{row.url}>' if row.url else ''}" if row.primary else words("cited_no_primary")
    )
    lines.append(f"- {words('primary_source', primary=primary)}")
    lines.append(f"- {words(seen_word(row.primary, row.seen_as))}")
    lines += [_page(each, words) for each in row.seen]
    if row.checked:
        lines.append(f"- {words('cited_checked', what=words.of(row.checked, row.checked_es))}")
    return lines


def _page(seen: SeenAt, words: Words) -> str:
    how = words(f"page_{seen.kind}", of=seen.of) if seen.kind else words("page_open")
    return f"  - {seen.at} ({how})"
