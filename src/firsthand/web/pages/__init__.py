"""The pages that read, one module a page."""

from __future__ import annotations

from fastapi import APIRouter

from . import decisions, incident, incidents, names, queue, report, search, shared

ROUTERS: tuple[APIRouter, ...] = (
    incidents.routes, incident.routes, report.routes, search.routes, queue.routes, names.routes, decisions.routes, shared.routes,
)  # fmt: skip
