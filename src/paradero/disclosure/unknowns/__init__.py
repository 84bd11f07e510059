"""What the reader who knows most does not know: the counts of the parts of a population that all publications
together tell apart, and every equation that ties them to each other and to what is published.

A part is a cell of no smaller published cells. Where every unit has one value of a column, parts add up.
Where a unit may have several (a person in two facilities), the people of a place are some of all people, and
all people are in one place at least; of several such columns the nested combinations are told apart, and any
others are refused, for there more would follow than is written down here. Later states of the casefile have
unknowns of their own; with `growing` the reader takes it that nobody was ever taken out of the records.
"""
