from django.urls import path

from ..views import review_desk as desk, reviews

urlpatterns = [
    path("pilots/reviews/", reviews.listing, name="reviews"),
    path("pilots/reviews/<int:pk>/", reviews.review, name="review"),
    path("pilots/reviews/<int:pk>/report/<slug:language>/", reviews.report, name="review_report"),
    path("desk/pilots/reviews/", desk.desk, name="reviews_desk"),
    path("desk/pilots/reviews/new/", desk.begin, name="begin_review"),
    path("desk/pilots/reviews/<int:pk>/", desk.edit, name="edit_review"),
    path("desk/pilots/reviews/<int:pk>/send/", desk.send, name="send_review"),
    path("desk/pilots/reviews/<int:pk>/peers/", desk.peers, name="review_peers"),
    path("desk/pilots/reviews/<int:pk>/plan/", desk.plan, name="plan_review"),
    path("desk/pilots/reviews/<int:pk>/summary/", desk.summarise, name="summarise_review"),
    path("desk/pilots/reviews/<int:pk>/findings/", desk.find, name="find_in_review"),
    path("desk/pilots/reviews/<int:pk>/recommendations/", desk.recommend, name="recommend_in_review"),
    path("desk/pilots/reviews/<int:pk>/publish/", desk.publish, name="publish_review"),
    path("desk/pilots/reviews/<int:pk>/call-off/", desk.call_off, name="call_off_review"),
    path("desk/pilots/reviews/<int:pk>/delete/", desk.delete, name="delete_review"),
    path("desk/pilots/findings/<int:pk>/remove/", desk.remove_finding, name="remove_finding"),
    path("desk/pilots/recommendations/<int:pk>/remove/", desk.remove_recommendation, name="remove_recommendation"),
    path("desk/pilots/recommendations/<int:pk>/", desk.progress, name="recommendation"),
    path("desk/pilots/follow-ups/<int:pk>/", desk.follow_up, name="follow_up"),
]
