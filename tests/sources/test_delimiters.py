"""What parts the columns of a text: a delimiter in the headings too, or blanks around cells that hold one."""

import pytest

from paradero.sources.containers.texts.delimited import as_table, read_text

# how the same three records are written; each with what must be said to part its columns
WRITTEN = {
    "comma in a cell of every row": (
        """
Unique ID   Facility         Book In
p1          MESA, NORTH      2025-03-01
p2          LORDSBURG, EAST  2025-03-02
p3          RATÓN, ANNEX     2025-03-03
""",
        "columns in line",
    ),
    "the same under a line of dashes and a title": (
        """
Population, by person
Unique ID   Facility         Book In
----------  ---------------  ----------
p1          MESA, NORTH      2025-03-01
p2          LORDSBURG, EAST  2025-03-02
p3          RATÓN, ANNEX     2025-03-03
""",
        "columns in line",
    ),
    "as many commas in a row as there are columns": (
        """
Unique ID   Facility             Book In
p1          MESA, NM, NORTH      2025-03-01
p2          LORDSBURG, NM, EAST  2025-03-02
p3          RATÓN, NM, ANNEX     2025-03-03
""",
        "columns in line",
    ),
    "commas padded into line": (
        """
Unique ID,  Facility,   Book In
p1       ,  MESA    ,   2025-03-01
p2       ,  LORDSBURG,  2025-03-02
p3       ,  RATÓN   ,   2025-03-03
""",
        "comma",
    ),
    "commas padded into line, a title of three words above": (
        """
Book-ins    of      persons
Unique ID  ,Facility   ,Book In
p1         ,MESA       ,2025-03-01
p2         ,LORDSBURG  ,2025-03-02
p3         ,RATÓN      ,2025-03-03
""",
        "comma",
    ),
    "bars with a rule, as psql prints": (
        """
 Unique ID | Facility  | Book In
-----------+-----------+------------
 p1        | MESA      | 2025-03-01
 p2        | LORDSBURG | 2025-03-02
 p3        | RATÓN     | 2025-03-03
""",
        "bar",
    ),
    "semicolons around decimal commas": (
        """
Unique ID;Bond;Book In
p1;2500,50;2025-03-01
p2;1000,00;2025-03-02
p3;12,75;2025-03-03
""",
        "semicolon",
    ),
    "tabs that happen to stand in line": (
        """
Unique ID\tFacility\tBook In
p1\tMESA, A\t2025-03-01
p2\tLORDS, B\t2025-03-02
p3\tRATÓN, C\t2025-03-03
""",
        "tab",
    ),
}


@pytest.mark.parametrize(("text", "parted_by"), WRITTEN.values(), ids=WRITTEN.keys())
def test_columns_are_parted_by_what_parts_the_headings(text, parted_by, tmp_path):
    *above, one, two, three = text.strip("\n").split("\n")
    lines = [*above, *[one, two, three] * 4]  # enough rows for the delimiter to be in most lines
    (tmp_path / "f.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    read = read_text(tmp_path / "f.txt", "f.txt")
    table = as_table(read, "f.txt").table
    cells = [[(cell or "").strip() for cell in row.values()] for row in table.to_pylist()]
    assert read.delimiter_words == parted_by
    assert [row[0] for row in cells][-3:] == ["p1", "p2", "p3"]
    assert [row[2] for row in cells][-3:] == ["2025-03-01", "2025-03-02", "2025-03-03"]
