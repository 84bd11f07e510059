"""What people write: files of a declared form, who says what, and what is believed; every mistake with its
line.
"""
