"""What each page of the desk shows, as typed records read from the ledger. No markup here, and nothing is decided."""
