"""Time as courts count it: days off by calendar, ways of counting as data, and terms with every end that a
court may hold them to have.
"""
