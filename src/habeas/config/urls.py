"""Every address of a desk."""

from django.urls import include, path

urlpatterns = [path("", include("habeas.web.desk.urls"))]
handler500 = "habeas.web.desk.views.faults.server_fault"
handler400 = "habeas.web.desk.views.faults.bad_request"
