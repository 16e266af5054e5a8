from django.urls import path

from ..views import reports as views

urlpatterns = [
    path("programme/reports/", views.reports, name="reports"),
    path("programme/reports/<slug:code>/", views.report, name="report"),
    path("programme/reports/<slug:code>/begin/", views.begin, name="begin_report"),
    path("programme/reports/<slug:code>/tell/", views.tell, name="tell"),
    path("programme/reports/<slug:code>/introduction/", views.introduce, name="introduce"),
    path("programme/reports/<slug:code>/freeze/", views.freeze, name="freeze"),
    path("programme/reports/<slug:code>/open-again/", views.reopen, name="reopen"),
    path("programme/reports/<slug:code>/approve/", views.approve, name="approve"),
    path("programme/reports/<slug:code>/report.<slug:form>", views.download, name="report_file"),
    path("programme/reports/<slug:code>/<slug:language>/report.<slug:form>", views.download, name="report_file"),
    path("programme/reports/<slug:code>/files/", views.ask_files, name="ask_files"),
    path("programme/reports/<slug:code>/indicators/<slug:indicator>/", views.figure, name="figure"),
]
