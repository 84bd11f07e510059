"""What the site can change, on this machine alone: a module an act, with `PATH`, the `FIELDS` of its form,
and `act`, which does it and gives the page to go to.
"""
