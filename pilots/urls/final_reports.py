from django.urls import path

from ..views import final_reports as views

urlpatterns = [
    path("learning/final-reports/", views.listing, name="final_reports"),
    path("learning/final-reports/<int:pk>/", views.report, name="final_report"),
    path("learning/final-reports/<int:pk>/files/<slug:form>/", views.file, name="final_report_file"),
    path("desk/learning/final-reports/begin/<int:number>/", views.begin, name="begin_final_report"),
    path("desk/learning/final-reports/<int:pk>/parts/", views.write, name="add_report_part"),
    path("desk/learning/final-reports/<int:pk>/parts/<int:section>/", views.write, name="change_report_part"),
    path("desk/learning/final-reports/<int:pk>/parts/<int:section>/remove/", views.remove, name="remove_report_part"),
    path("desk/learning/final-reports/<int:pk>/assemble/", views.assemble, name="assemble_report"),
    path("desk/learning/final-reports/<int:pk>/make/", views.make, name="make_report_files"),
    path("desk/learning/final-reports/<int:pk>/final/", views.finalise, name="finalise_report"),
]
