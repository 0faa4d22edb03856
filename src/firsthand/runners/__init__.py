"""Where the stages run: on this machine, in as many processes as it has cores.

Takes a ledger; brings what is derived in it up to date, in the order that ``pipeline`` gives. Never decides what a stage does,
never keeps anything but in the ledger.
"""
