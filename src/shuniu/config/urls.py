"""Every address of the product."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("shuniu.config.api")),
    path("open311/v2/", include("shuniu.zone.desk.api.open311")),
    path("", include("shuniu.zone.portal.urls")),
    path("", include("shuniu.zone.kernel.urls")),
    path("", include("shuniu.zone.accounts.urls")),
    path("", include("shuniu.zone.registry.urls")),
    path("", include("shuniu.zone.notices.urls")),
    path("", include("shuniu.zone.hangs.urls")),
    path("", include("shuniu.zone.desk.urls")),
    path("", include("shuniu.zone.freight.urls")),
    path("", include("shuniu.zone.hall.urls")),
    path("", include("shuniu.zone.briefings.urls")),
]

handler400 = "shuniu.zone.kernel.views.bad_request"
handler403 = "shuniu.zone.kernel.views.forbidden"
handler404 = "shuniu.zone.kernel.views.not_found"
handler500 = "shuniu.zone.kernel.views.broken"
