"""The addresses of the plan."""

from django.urls import path

from habeas.web.desk.views import plan, plan_cases, plan_gaps, plan_partners, plan_pledges

urlpatterns = [
    path("plan", plan.listing, name="plans"),
    path("plan/<int:pk>", plan.page, name="plan"),
    path("plan/<int:pk>/version", plan.version, name="plan-version"),
    path("plan/<int:pk>/adopt", plan.adopt, name="plan-adopt"),
    path("plan/<int:pk>/partners", plan_partners.page, name="plan-partners"),
    path("plan/<int:pk>/partners/add", plan_partners.add, name="plan-partner-add"),
    path("plan/<int:pk>/partners/<int:key>/seat", plan_partners.seat, name="plan-seat"),
    path("plan/<int:pk>/seats/<int:key>/end", plan_partners.unseat, name="plan-unseat"),
    path("plan/<int:pk>/cases/add", plan_cases.add, name="plan-case-add"),
    path("plan/<int:pk>/cases/<int:key>", plan_cases.page, name="plan-case"),
    path("plan/<int:pk>/cases/<int:key>/share", plan_cases.share, name="plan-share"),
    path("plan/<int:pk>/cases/<int:key>/unshare", plan_cases.unshare, name="plan-unshare"),
    path("plan/<int:pk>/notes", plan_cases.note, name="plan-note"),
    path("plan/<int:pk>/pledges", plan_pledges.listing, name="plan-pledges"),
    path("plan/<int:pk>/pledges/add", plan_pledges.add, name="plan-pledge-add"),
    path("plan/<int:pk>/pledges/<int:key>", plan_pledges.page, name="plan-pledge"),
    path("plan/<int:pk>/pledges/<int:key>/move", plan_pledges.move, name="plan-pledge-move"),
    path("plan/<int:pk>/gaps", plan_gaps.page, name="plan-gaps"),
]
