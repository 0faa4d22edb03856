"""The cue lexicon: which words carry a statement, and where its content stands.

A rule is a class of words that behave alike (after Levin's and VerbNet's classes of communication, judgement and mental
attitude), not a list of "speech verbs": outside the lexicon any verb can be a cue beside a quotation or with a that-clause.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from firsthand.model import Certainty
from firsthand.resources import table


@dataclass(frozen=True, slots=True)
class CueRule:
    """``frames``: that (a clause), quote, object, inf (a to-infinitive), as, raise (subject and infinitive), addressee (the
    object is who is told), or a preposition that leads the content."""

    name: str
    frames: frozenset[str]
    certainty: Certainty


# How a verb outside the lexicon counts: only with a clause behind it.
CLAUSE_ONLY = CueRule("open", frozenset({"that"}), "asserted")


@cache
def cue_rules(part_of_speech: str) -> dict[str, CueRule]:
    """By lemma. A lemma in several classes has the frames of all and the certainty of the first."""
    out: dict[str, CueRule] = {}
    for row in table("claims/cues.tsv"):
        if row["pos"] != part_of_speech:
            continue
        frames = frozenset(row["frames"].split())
        for word in row["words"].split():
            known = out.get(word)
            if known is None:
                out[word] = CueRule(row["class"], frames, row["certainty"])  # type: ignore[arg-type]
            else:
                out[word] = CueRule(known.name, known.frames | frames, known.certainty)
    return out


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word for row in table("claims/cues.tsv") if row["pos"] == name for word in row["words"].split())


def inert_verbs() -> frozenset[str]:
    """Verbs that take a clause without anyone saying it: "make sure that", "help the wounded leave"."""
    return _words("inert")


def opaque_passives() -> frozenset[str]:
    """Verbs whose passive attributes to no one in particular: "is expected to", "was reported missing"."""
    return _words("passive")


def toll_verbs() -> frozenset[str]:
    """Verbs that state a figure: "put the toll at 16"."""
    return _words("toll-verb")


@cache
def toll_cues() -> frozenset[str]:
    """Verbs that state or change a figure."""
    return _words("toll-verb") | _words("toll-raiser")


def toll_raisers() -> frozenset[str]:
    """Verbs by which one who counts, but also an event, changes a figure: "raised the toll to 16"."""
    return _words("toll-raiser")


def counting_verbs() -> frozenset[str]:
    """Verbs by which one who counts gives a number: "the monitor recorded nine deaths"."""
    return _words("counting")


def figure_nouns() -> frozenset[str]:
    """Nouns that name a count: "toll", "figure"."""
    return _words("figure")


def claimables() -> frozenset[str]:
    """What one claims by saying so, unlike lives: "claimed responsibility"."""
    return _words("claimable")


def accounts() -> frozenset[str]:
    """Nouns for what somebody makes of it, which "by" or "in" sets beside a statement: "by the army's count"."""
    return _words("account")


def withholders() -> frozenset[str]:
    """Words before an infinitive or gerund that keep a figure back: "unable to give", "declined to give", "without giving"."""
    return _words("withholder")


def hearsay_adverbs() -> frozenset[str]:
    """Adverbs by which the text passes on what it does not vouch for."""
    return _words("hearsay")


def doubted() -> frozenset[str]:
    """Adjectives of a source that nobody has confirmed."""
    return _words("doubted")


def answers() -> frozenset[str]:
    """Nouns for what somebody says to a matter, which a copula or a colon sets beside it: "the army's answer was that …"."""
    return _words("answer")


def candour() -> frozenset[str]:
    """How somebody is or speaks who then says it, behind a colon: "the mayor was blunt: …"."""
    return _words("candour")


@cache
def additions() -> tuple[str, ...]:
    """Openings by which a count is added to what the source says: "in addition to", "besides"."""
    return tuple(sorted(word.replace("_", " ") for word in _words("addition")))


def continuations() -> frozenset[str]:
    """Adverbs that open a sentence as an addition to the statement before it."""
    return _words("continuation")


def verifying() -> frozenset[str]:
    """Verbs of checking; "could not be verified" leaves its subject open."""
    return _words("verify")


def light_verbs() -> frozenset[str]:
    """Verbs that only carry a noun of speech or judgement: "made the claim", "voiced concern"."""
    return _words("light")


def occasions() -> frozenset[str]:
    """What one responds to by going there or shooting back, not by saying something: "a call", "the shelling"."""
    return _words("occasion")


def naming_verbs() -> frozenset[str]:
    """Verbs that say something only where they give their object a name or a judgement: "called the raid a crime"."""
    return _words("naming")
