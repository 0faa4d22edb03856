"""The nouns: frozen dataclasses that travel between rooms. Standard library only."""

from .annotation import (
    Annotation,
    FieldName,
    Layer,
    Name,
    PlaceMention,
    Quantity,
    Quotation,
    Sentence,
    TimeMention,
    Token,
)
from .claim import (
    OUTCOMES,
    UNSURE_BELOW,
    VICTIM_CLASSES,
    Certainty,
    Claim,
    Outcome,
    Phrase,
    ReportClaims,
    Source,
    SourceKind,
    Tally,
    Victim,
    VictimClass,
)
from .custody import Capture, CustodyEntry, Timestamp
from .entity import Actor, Place, Variant
from .figure import CONFLICT_KINDS, Conflict, Figure, IncidentGrade, Reconciliation, VoiceCount
from .ids import canonical_json, record_id
from .incident import Assignment, Grouping, Incident, IncidentRelation, ReportDate, ReportLink, Suggestion
from .judgement import Judgement, standing, taken_back
from .lineage import Alteration, Copy, Lineage, Origin, Passage, SharedPassage, UncertainPair, Unobserved
from .report import Credit, DateClue, Document, RawReport, Step
from .settings import Settings
from .spans import OffsetMap, Run, Span, joined
from .time import Interval, latest_weekday
from .withheld import Withheld, withheld

__all__ = [
    "CONFLICT_KINDS", "OUTCOMES", "UNSURE_BELOW", "VICTIM_CLASSES", "Actor", "Alteration", "Annotation", "Assignment", "Capture",
    "Certainty",
    "Claim", "Conflict", "Copy", "Credit", "CustodyEntry", "DateClue", "Document", "FieldName", "Figure", "Grouping", "Incident",
    "IncidentGrade", "IncidentRelation", "Interval", "Judgement", "Layer", "Lineage", "Name", "OffsetMap", "Origin",
    "Outcome", "Passage", "Phrase", "Place", "PlaceMention", "Quantity", "Quotation", "RawReport", "Reconciliation",
    "ReportClaims", "ReportDate", "ReportLink", "Run", "Sentence", "Settings", "SharedPassage", "Source", "SourceKind",
    "Span", "Step", "Suggestion", "Tally", "TimeMention", "Timestamp", "Token", "UncertainPair", "Unobserved", "Variant",
    "Victim", "VictimClass", "VoiceCount", "Withheld", "canonical_json", "joined", "latest_weekday", "record_id", "standing",
    "taken_back", "withheld",
]  # fmt: skip
