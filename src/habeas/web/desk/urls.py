"""Every address of the desk."""

from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.generic import RedirectView

from habeas.web.desk.views import access, cases, documents, feeds, judging, search, statements

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="cases"), name="home"),
    path("sign-in", access.SignIn.as_view(), name="sign-in"),
    path("sign-in/link/<str:secret>", access.sign_in_link, name="sign-in-link"),
    path("sign-out", LogoutView.as_view(), name="sign-out"),
    path("language", access.switch_language, name="language"),
    path("cases", cases.listing, name="cases"),
    path("cases/<int:pk>", cases.page, name="case"),
    path("documents", documents.listing, name="documents"),
    path("documents/<int:pk>", documents.page, name="document"),
    path("documents/<int:pk>/claims/<int:claim>", judging.judge, name="judge"),
    path("statements", statements.listing, name="statements"),
    path("calendar/<str:secret>.ics", feeds.calendar, name="calendar"),
    path("alerts/<str:secret>.atom", feeds.atom, name="alerts-feed"),
    path("search", search.page, name="search"),
]
