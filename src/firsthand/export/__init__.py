"""Ways out: the ledger in forms that other programs and people read."""
