from django.urls import path

from .views import answering, desk, public

app_name = "consultations"
urlpatterns = [
    path("consultations/", public.listing, name="listing"),
    path("consultations/<slug:code>/", public.consultation, name="consultation"),
    path("consultations/<slug:code>/begin/", public.begin, name="begin"),
    path("consultations/<slug:code>/results/", public.results, name="results"),
    path("consultations/<slug:code>/answers/<str:secret>/", answering.resume, name="resume"),
    path("consultations/<slug:code>/answers/<str:secret>/<int:number>/", answering.answer, name="answer"),
    path("consultations/<slug:code>/answers/<str:secret>/later/", answering.later, name="later"),
    path("consultations/<slug:code>/answers/<str:secret>/review/", answering.review, name="review"),
    path("consultations/<slug:code>/receipt/<str:token>/", answering.receipt, name="receipt"),
    path("consultations/<slug:code>/receipt/<str:token>/answers.txt", answering.own_answers, name="own_answers"),
    path("desk/consultations/", desk.listing, name="desk"),
    path("desk/consultations/<slug:code>/", desk.manage, name="manage"),
    path("desk/consultations/<slug:code>/open/", desk.open_consultation, name="open"),
    path("desk/consultations/<slug:code>/close/", desk.close, name="close"),
    path("desk/consultations/<slug:code>/compute/", desk.compute, name="compute"),
    path("desk/consultations/<slug:code>/publish/", desk.publish, name="publish"),
]
