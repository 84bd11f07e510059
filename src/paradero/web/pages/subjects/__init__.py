"""Pages on one person, facility, event, order, company, flight: the report's pages, as `paradero report
--about` writes them.
"""
