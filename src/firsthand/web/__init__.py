"""The desk: a person reads, compares, decides. Binds to loopback, loads nothing from elsewhere, works without scripts."""
