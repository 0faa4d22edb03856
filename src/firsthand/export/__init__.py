"""Ways out: the ledger in forms that other programs and people read.

Takes a view of a ledger; gives files, pages and rows. Never changes a ledger, and never lets out what is withheld.
"""
