"""The tables of the ledger.

Originals, reports, captures, custody, timestamps and judgements are only ever appended to; ``watched`` is what `firsthand
watch` remembers of feeds; everything else is derived and can be made anew from them.
``body`` holds a record of ``model/`` as JSON; the other columns are copies of what look-ups need.
"""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(column_0_label)s",
    }
)

# -- what came in: never changed

originals = Table(
    "originals",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Text, primary_key=True),
    Column("sha256", Text, ForeignKey("originals.sha256"), nullable=False, index=True),
    Column("source_id", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("url", Text, index=True),
    Column("added", Text, nullable=False),
    Column("body", Text, nullable=False),
)

captures = Table(
    "captures",
    metadata,
    Column("id", Text, primary_key=True),
    Column("url", Text, nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("warc", Text, ForeignKey("originals.sha256"), nullable=False),
    Column("body", Text, nullable=False),
)

custody = Table(
    "custody",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("subject", Text, nullable=False, index=True),
    Column("verb", Text, nullable=False),
    Column("body", Text, nullable=False),
)

timestamps = Table(
    "timestamps",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("service", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

judgements = Table(
    "judgements",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("subject", Text, nullable=False, index=True),
    Column("verb", Text, nullable=False),
    Column("body", Text, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

watched = Table(
    "watched",
    metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("digest", Text, nullable=False),
    Column("checked", Text, nullable=False),
)

# -- who may use a desk that has accounts; no part of what the ledger says

accounts = Table(
    "accounts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("made", Text, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", Text, primary_key=True),
    Column("account", Text, ForeignKey("accounts.name"), nullable=False, index=True),
    Column("ends", Text, nullable=False),
)

shares = Table(
    "shares",
    metadata,
    Column("token", Text, primary_key=True),
    Column("incident", Text, nullable=False, index=True),
    Column("by", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("ends", Text, nullable=False),
)

# -- what the stages made, with the key of what it was made from

stage_keys = Table(
    "stage_keys",
    metadata,
    Column("stage", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("key", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("report", Text, ForeignKey("reports.id"), primary_key=True),
    Column("title", Text),
    Column("site", Text),
    Column("published", Text),
    Column("digest", Text, nullable=False),
    Column("body", Text, nullable=False),
)

annotations = Table(
    "annotations",
    metadata,
    Column("report", Text, ForeignKey("reports.id"), primary_key=True),
    Column("digest", Text, nullable=False),
    Column("body", Text, nullable=False),
)

report_claims = Table(
    "report_claims",
    metadata,
    Column("report", Text, ForeignKey("reports.id"), primary_key=True),
    Column("digest", Text, nullable=False),
    Column("body", Text, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("id", Text, primary_key=True),
    Column("report", Text, ForeignKey("reports.id"), nullable=False, index=True),
    Column("outcome", Text),
    Column("confidence", Float),
)

# The folded words of a report, which the search of either database indexes (see migrations/versions/0002).
texts = Table(
    "texts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("report", Text, ForeignKey("reports.id"), nullable=False, unique=True),
    Column("body", Text, nullable=False),
)

copies = Table(
    "copies",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source", Text, nullable=False, index=True),
    Column("derived", Text, nullable=False, index=True),
    Column("body", Text, nullable=False),
)

origins = Table(
    "origins",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False),
)

origin_reports = Table(
    "origin_reports",
    metadata,
    Column("report", Text, primary_key=True),
    Column("origin", Text, nullable=False, index=True),
)

shared = Table(
    "shared",
    metadata,
    Column("id", Text, primary_key=True),
    Column("first", Text, nullable=False, index=True),
    Column("second", Text, nullable=False, index=True),
    Column("body", Text, nullable=False),
)

alterations = Table(
    "alterations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source", Text, nullable=False, index=True),
    Column("derived", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
)

uncertain = Table(
    "uncertain",
    metadata,
    Column("id", Text, primary_key=True),
    Column("first", Text, nullable=False, index=True),
    Column("second", Text, nullable=False, index=True),
    Column("body", Text, nullable=False),
)

# The index of the lineage, as that room writes it: which page a word is on depends on the order in which reports came.
lineage_pages = Table(
    "lineage_pages",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("date_start", Text, index=True),
    Column("date_end", Text),
    Column("country", Text, index=True),
    Column("lat", Float),
    Column("lon", Float),
    Column("body", Text, nullable=False),
)

incident_reports = Table(
    "incident_reports",
    metadata,
    Column("incident", Text, primary_key=True),
    Column("report", Text, primary_key=True, index=True),
    Column("main", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
)

assignments = Table(
    "assignments",
    metadata,
    Column("claim", Text, primary_key=True),
    Column("incident", Text, nullable=False, index=True),
    Column("body", Text, nullable=False),
)

suggestions = Table(
    "suggestions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("score", Float, nullable=False),
    Column("body", Text, nullable=False),
)

actors = Table(
    "actors",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False),
)

places = Table(
    "places",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("country", Text),
    Column("body", Text, nullable=False),
)

victims = Table(
    "victims",
    metadata,
    Column("id", Text, primary_key=True),
    Column("incident", Text, index=True),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False),
)

report_dates = Table(
    "report_dates",
    metadata,
    Column("report", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

# What it takes to add reports to the grouping, as the room of incidents writes it.
group_pages = Table(
    "group_pages",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

figures = Table(
    "figures",
    metadata,
    Column("id", Text, primary_key=True),
    Column("incident", Text, nullable=False, index=True),
    Column("outcome", Text, nullable=False),
    Column("victims", Text, nullable=False),
    Column("place", Text),
    Column("best", Integer),
    Column("body", Text, nullable=False),
)

conflicts = Table(
    "conflicts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("incident", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
)

grades = Table(
    "grades",
    metadata,
    Column("incident", Text, primary_key=True),
    Column("grade", Text, nullable=False),
    Column("body", Text, nullable=False),
)

# What the figures, conflicts and grade of an incident were made from: see ``inputs``.
figure_keys = Table(
    "figure_keys",
    metadata,
    Column("incident", Text, primary_key=True),
    Column("key", Text, nullable=False),
    Column("asked", Text, nullable=False),
)

# An incident's figures are asked for by outcome: the table of incidents and its filters.
Index("ix_figures_outcome_incident", figures.c.outcome, figures.c.incident)

READINGS = (documents, annotations, report_claims, claims, texts)
LINEAGE = (copies, origins, origin_reports, shared, alterations, uncertain)
GROUPING = (incidents, incident_reports, assignments, suggestions, actors, places, victims, report_dates)
RECONCILIATION = (figures, conflicts, grades)
# ``texts`` is left out, its numbers tell only in which order the reports were read; and ``figure_keys``, which hold when people
# decided.
DERIVED = (documents, annotations, report_claims, claims, *LINEAGE, *GROUPING, *RECONCILIATION, stage_keys)
