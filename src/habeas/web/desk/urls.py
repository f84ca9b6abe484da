"""Every address of the desk."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from habeas.web.desk.views import (
    access,
    adding,
    audit,
    cases,
    conflicts,
    documents,
    feeds,
    judging,
    matches,
    mending,
    search,
    sources,
    statements,
    today,
    undoing,
)

urlpatterns = [
    path("", today.page, name="home"),
    path("seen", today.seen, name="seen"),
    path("sign-in", access.SignIn.as_view(), name="sign-in"),
    path("sign-in/link/<str:secret>", access.sign_in_link, name="sign-in-link"),
    path("sign-out", LogoutView.as_view(), name="sign-out"),
    path("language", access.switch_language, name="language"),
    path("cases", cases.listing, name="cases"),
    path("cases/<int:pk>", cases.page, name="case"),
    path("cases/<int:pk>/conflicts", conflicts.settle, name="settle"),
    path("undo", undoing.undo, name="undo"),
    path("documents", documents.listing, name="documents"),
    path("documents/<int:pk>", documents.page, name="document"),
    path("documents/<int:pk>/claims/add", mending.add, name="add-claim"),
    path("documents/<int:pk>/claims/<int:key>", judging.judge, {"what": "claim"}, name="judge"),
    path("documents/<int:pk>/claims/<int:key>/mend", mending.claim, name="mend"),
    path("documents/<int:pk>/statements/<int:key>", judging.judge, {"what": "statement"}, name="judge-statement"),
    path("documents/<int:pk>/statements/<int:key>/mend", mending.statement, name="mend-statement"),
    path("reports/add", adding.page, name="add-report"),
    path("sources", sources.listing, name="sources"),
    path("audit", audit.page, name="audit"),
    path("matches", matches.listing, name="matches"),
    path("matches/<int:pk>", matches.judge, name="judge-match"),
    path("statements", statements.listing, name="statements"),
    path("calendar/<str:secret>.ics", feeds.calendar, name="calendar"),
    path("alerts/<str:secret>.atom", feeds.atom, name="alerts-feed"),
    path("search", search.page, name="search"),
]
