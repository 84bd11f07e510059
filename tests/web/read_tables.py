"""Tables of pages: the texts of their cells, by caption."""

from __future__ import annotations

from reports.read_pages import Element, read_page


class Read:
    """A page of the site as it is read."""

    def __init__(self, html: str) -> None:
        self.root: Element = read_page(html)
        self.main = self.root.all("main")[0]

    @property
    def title(self) -> str:
        return self.root.all("h1")[0].text().strip()

    @property
    def lead(self) -> str:
        return self.main.of_class("lead")[0].text().strip()

    @property
    def text(self) -> str:
        return self.main.text()

    def rows(self, caption: str) -> list[list[str]]:
        """The cells of a table, its heads first, without blanks around them."""
        found = [one for one in self.main.all("table") if one.all("caption")[0].text().strip() == caption]
        assert found, [one.all("caption")[0].text() for one in self.main.all("table")]
        return [[cell.text().strip() for cell in row.all("td", "th")] for row in found[0].all("tr")]

    def of_class(self, name: str) -> list[str]:
        """The texts of elements of a class."""
        return [one.text().strip() for one in self.main.of_class(name)]
