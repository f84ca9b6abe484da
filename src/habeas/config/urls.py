"""Every address of a desk."""

from django.urls import include, path

urlpatterns = [path("", include("habeas.web.desk.urls"))]
handler400 = "habeas.web.desk.views.faults.bad_request"
