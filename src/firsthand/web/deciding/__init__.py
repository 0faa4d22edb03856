"""The forms that decide, one module a subject. Each writes one judgement, signed and chained."""

from __future__ import annotations

from fastapi import APIRouter

from . import claims, figures, incidents, log, names, origins, people, reports

ROUTERS: tuple[APIRouter, ...] = (
    claims.routes, figures.routes, incidents.routes, names.routes, origins.routes, log.routes, people.routes, people.open_routes,
    reports.routes,
)  # fmt: skip
