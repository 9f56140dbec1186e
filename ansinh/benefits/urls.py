"""Addresses of the benefits' pages."""
from django.urls import path

from . import desks
from .pages import (
    again,
    changing,
    entitlements,
    food,
    food_decisions,
    granting,
    level_changes,
    life_events,
    preparing,
    rounds,
    trying,
)

__all__ = ["desks", "urlpatterns"]

urlpatterns = [
    path("che-do/", entitlements.entitlements_page, name="entitlements"),
    path("che-do/dot-chi/", rounds.grant_round, name="entitlement.round"),
    path("che-do/gao/", food_decisions.food_decisions_page, name="food.decisions"),
    path("che-do/gao/cap/", food.give_food, name="food.give"),
    path("che-do/gao/<int:pk>/", food_decisions.food_decision_page, name="food.decision"),
    path("che-do/gao/<int:pk>/in/", food_decisions.food_paper, name="food.paper"),
    path("che-do/gao/<int:pk>/bang-tinh/", food_decisions.food_sheet_file, name="food.sheet"),
    path("che-do/<int:pk>/", entitlements.entitlement_page, name="entitlement"),
    path("che-do/<int:pk>/<slug:verb>/", changing.change, name="entitlement.change"),
    path("che-do/cho-huong/<int:person>/", granting.grant, name="entitlement.grant"),
    path("che-do/doi-muc/<slug:number>/", level_changes.level_changes_page, name="level_changes"),
    path("su-kien/hoan-tac/<int:entry>/", life_events.undo_event, name="life_event.undo"),
    path("su-kien/<int:person>/", life_events.choose, name="life_events"),
    path("su-kien/<int:person>/viec/", life_events.follow_ups, name="life_event.follow_ups"),
    path("su-kien/<int:person>/<slug:slug>/", life_events.life_event, name="life_event"),
    path("thu-muc/", trying.drafts_page, name="law_drafts"),
    path("thu-muc/cua-tinh/", trying.level, name="law_draft.level"),
    path("thu-muc/tep-luat/", trying.file, name="law_draft.file"),
    path("thu-muc/<int:pk>/", trying.draft_page, name="law_draft"),
    path("thu-muc/<int:pk>/ap-dung/", trying.adopt, name="law_draft.adopt"),
    path("chi-tra/lap/", preparing.prepare, name="benefits.prepare_lists"),
    path("chi-tra/lap/tien-do/", preparing.progress, name="benefits.preparing"),
    path("chi-tra/vi-sao/<int:line>/hom-nay/", again.again_page, name="benefits.again"),
]
