"""How an open fact is asked for: the form that fits it, who keeps the record, what is answered to an
exemption.
"""
